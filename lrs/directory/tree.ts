/** The tree of directions, services and sites as it is at one moment. Pure. */
import type { Place } from './membership.ts';
import { directionId, type Unit, unitIdOf } from './unit.ts';

/** By the alphabet, and « Service 2 » before « Service 10 ». */
const order = new Intl.Collator('fr', { numeric: true });
const byName = (a: Unit, b: Unit): number => order.compare(a.name, b.name);

export class Tree {
  readonly #units: ReadonlyMap<string, Unit>;
  readonly #children = new Map<string | undefined, Unit[]>();
  readonly #below = new Map<string, readonly string[]>();

  constructor(units: readonly Unit[]) {
    this.#units = new Map(units.map((unit) => [unit.id, unit]));
    for (const unit of units.toSorted(byName)) {
      const beside = this.#children.get(unit.parent);
      if (beside) beside.push(unit);
      else this.#children.set(unit.parent, [unit]);
    }
  }

  has(id: string): boolean {
    return this.#units.has(id);
  }

  unit(id: string): Unit | undefined {
    return this.#units.get(id);
  }

  /** The direction of exactly that name; undefined where there is none: a name is never guessed. */
  direction(name: string): Unit | undefined {
    return this.#units.get(directionId(name));
  }

  /** The unit that a place is. */
  at(place: Place): Unit | undefined {
    return this.#units.get(unitIdOf(place));
  }

  /** Names of all directions, in order. */
  directions(): string[] {
    return [...this.#units.values()]
      .filter(({ kind }) => kind === 'direction')
      .toSorted(byName)
      .map(({ name }) => name);
  }

  /** Units just below one, by name; without one: those that nothing is above. */
  children(id?: string): readonly Unit[] {
    return this.#children.get(id) ?? [];
  }

  /** From the top down to the unit itself. */
  path(id: string): Unit[] {
    const unit = this.#units.get(id);
    if (!unit) return [];
    return unit.parent === undefined ? [unit] : [...this.path(unit.parent), unit];
  }

  /** Names of these directions and of all that are below them. One that is in no tree stands for itself. */
  below(names: readonly string[]): string[] {
    return [...new Set(names.flatMap((name) => this.#belowOne(name)))];
  }

  #belowOne(name: string): readonly string[] {
    const known = this.#below.get(name);
    if (known) return known;
    const under = this.children(directionId(name)).filter(({ kind }) => kind === 'direction');
    const found = [name, ...under.flatMap((unit) => this.#belowOne(unit.name))];
    this.#below.set(name, found);
    return found;
  }
}
