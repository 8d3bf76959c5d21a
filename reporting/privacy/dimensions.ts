/** What leaves can be asked by. */
import type { Leaf } from './tree.ts';

/** The places of a leaf that can be asked for. */
export const DIMENSIONS = ['direction', 'parcours', 'service', 'site'] as const;

export type Dimension = (typeof DIMENSIONS)[number];

const PLACES: Readonly<Record<Dimension, number>> = { direction: 0, parcours: 1, service: 2, site: 3 };

/** What stands for a leaf in a dimension; undefined where it has nothing there. */
export const valueIn = (leaf: Leaf, dimension: Dimension): string | undefined => leaf[PLACES[dimension]] ?? undefined;

/** By dimension, what some leaves have there; undefined is nothing. */
export type Sets = Readonly<Record<Dimension, ReadonlySet<string | undefined>>>;

const known = new WeakMap<readonly Leaf[], Sets>();

/** Worked out once for the same array: rows by module all hold the same. */
export function setsOf(leaves: readonly Leaf[]): Sets {
  const before = known.get(leaves);
  if (before) return before;
  const none = () => new Set<string | undefined>();
  const sets = { direction: none(), parcours: none(), service: none(), site: none() };
  for (const leaf of leaves) for (const dimension of DIMENSIONS) sets[dimension].add(valueIn(leaf, dimension));
  known.set(leaves, sets);
  return sets;
}
