/** What was compared, and what was found to differ. */

/** One difference. `read` is what the reports have, `recounted` what the store says; null where there is nothing. */
export interface Difference {
  /** A table of the read model, or a metric. */
  what: string;
  period: string | null;
  /** Internal id of the person; null for what is about nobody. */
  person: string | null;
  /** Where it is: the row, the value. */
  where: string;
  read: string | number | null;
  recounted: string | number | null;
}

export interface Compared {
  what: string;
  /** Rows, or people. */
  compared: number;
  differences: number;
}

/** Of each thing so many differences are told. */
const MOST = 20;

/** Figures of a person that are equal but for the order of additions. */
const TOLERANCE = 1e-9;

export function isSame(read: unknown, recounted: unknown): boolean {
  if (typeof read !== 'number' || typeof recounted !== 'number') return read === recounted;
  return Math.abs(read - recounted) <= TOLERANCE * Math.max(1, Math.abs(recounted));
}

export class Findings {
  readonly #things = new Map<string, Compared>();
  readonly #told: Difference[] = [];

  /** Says that so many more of a thing were compared. */
  compared(what: string, count: number): void {
    this.#thing(what).compared += count;
  }

  differ(difference: Difference): void {
    const thing = this.#thing(difference.what);
    thing.differences += 1;
    if (thing.differences <= MOST) this.#told.push(difference);
  }

  get things(): Compared[] {
    return [...this.#things.values()];
  }

  /** The first of each thing. */
  get told(): readonly Difference[] {
    return this.#told;
  }

  get total(): number {
    return this.things.reduce((sum, { differences }) => sum + differences, 0);
  }

  #thing(what: string): Compared {
    const thing = this.#things.get(what) ?? { what, compared: 0, differences: 0 };
    this.#things.set(what, thing);
    return thing;
  }
}
