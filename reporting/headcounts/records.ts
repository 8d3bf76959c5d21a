/** Headcounts (effectifs) of directions as the store keeps them: how many people there were, by whoever counts them. */
import type { CollectionSpec, Store, Versioned } from '../../lrs/index.ts';

export interface Headcount {
  /** Name of a direction. */
  direction: string;
  /** Civil day it was counted on, YYYY-MM-DD. */
  day: string;
  people: number;
  /** Who brought it in: 'console', or an id. */
  by: string;
}

/** One a direction and day: a later one about the same day takes its place. */
export const HEADCOUNTS: CollectionSpec<Headcount> = {
  name: 'reporting.headcounts',
  indexes: {},
};

export const headcountId = ({ direction, day }: Pick<Headcount, 'direction' | 'day'>): string => `${day}:${direction}`;

const PAGE = 1000;

/** All of them, by day and direction. */
export async function readHeadcounts(store: Store): Promise<Headcount[]> {
  const headcounts = store.collection(HEADCOUNTS);
  const found: Versioned<Headcount>[] = [];
  for (;;) {
    const last = found.at(-1);
    const page = await headcounts.find({ ...(last && { from: `${last.id}\0` }), limit: PAGE });
    found.push(...page);
    if (page.length < PAGE) return found.map(({ value }) => value);
  }
}
