/** The tree as the store has it, read again only when it has changed. */
import { type CollectionChange, put, type Store } from '../store/store.ts';
import type { Place } from './membership.ts';
import { REVISION, TREE_ID } from './revision.ts';
import { Tree } from './tree.ts';
import { UNITS, type Unit, unitsOf } from './unit.ts';

/** A tree with what a commit must expect that changes it. */
export interface ReadTree {
  tree: Tree;
  expect: number | 'absent';
}

export class Trees {
  readonly #store: Store;
  readonly #directionsOfPeople: () => Promise<string[]>;
  #last: ReadTree | undefined;

  /** `directionsOfPeople`: what people belong to in a store of before there were units. */
  constructor(store: Store, directionsOfPeople: () => Promise<string[]>) {
    this.#store = store;
    this.#directionsOfPeople = directionsOfPeople;
  }

  /** The tree as it is now: one small read where nothing has changed. */
  async read(): Promise<ReadTree> {
    const expect = (await this.#store.collection(REVISION).get(TREE_ID))?.version ?? 'absent';
    if (this.#last?.expect === expect && expect !== 'absent') return this.#last;
    // Read after the version: what is newer in it is read once more next time.
    this.#last = { tree: new Tree(await this.#units(expect)), expect };
    return this.#last;
  }

  async #units(expect: number | 'absent'): Promise<Unit[]> {
    if (expect !== 'absent') return (await this.#store.collection(UNITS).find()).map(({ value }) => value);
    const directions = await this.#directionsOfPeople();
    return directions.flatMap((direction) => unitsOf({ direction }));
  }
}

/** What makes the units of some places that the tree has not got. Empty where it has them all. */
export function newUnits({ tree, expect }: ReadTree, places: Iterable<Place>): CollectionChange[] {
  const units = new Map<string, Unit>();
  for (const place of places) for (const unit of unitsOf(place)) if (!tree.has(unit.id)) units.set(unit.id, unit);
  if (units.size === 0) return [];
  return treeChanges({ tree, expect }, [...units.values()]);
}

/** Puts units. The tree must still be the one that was read: of two who change it at once one begins again. */
export function treeChanges({ tree, expect }: ReadTree, units: readonly Unit[]): CollectionChange[] {
  const unstored = expect === 'absent' ? tree.directions().flatMap((direction) => unitsOf({ direction })) : [];
  const wanted = new Map([...unstored, ...units].map((unit) => [unit.id, unit]));
  return [
    ...[...wanted.values()].map((unit) => put(UNITS, unit.id, unit)),
    put(REVISION, TREE_ID, { changed: Date.now() }, { expect }),
  ];
}
