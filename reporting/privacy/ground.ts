/** What the tree and the atoms of a period are made from, read from one view of the read model. */
import type { Contribution, Metric } from '../metrics/metric.ts';
import type { Period } from '../periods/period.ts';
import type { Query } from '../projection/database.ts';
import { type Ground, type Leaf, leafKey } from './tree.ts';

/** The contributions of a period by leaf, and the headcounts of its last day. */
export interface Field extends Ground {
  contributions: readonly Contribution[];
  contributors(leaf: Leaf): ReadonlySet<string>;
}

const HEADCOUNTS = `
  SELECT direction, count(DISTINCT person)::INTEGER AS people
  FROM memberships WHERE starts < $end AND ends >= $end
  GROUP BY direction
`;

/** Distinct people of each direction at the end of a period. */
export async function headcountsAt(query: Query, period: Period): Promise<Map<string, number>> {
  const rows = await query(HEADCOUNTS, { end: period.end });
  return new Map(rows.map((row) => [String(row.direction), Number(row.people)]));
}

/** Lays the contributions of a metric out over the directions. */
export function fieldOf(
  contributions: readonly Contribution[],
  headcounts: ReadonlyMap<string, number>,
  metric: Metric,
): Field {
  const people = peopleByLeaf(contributions);
  const contributors = (leaf: Leaf): ReadonlySet<string> => people.get(leafKey(leaf)) ?? new Set();
  const parcours = contributions.flatMap(({ leaf: [, name] }) => name ?? []);
  return {
    contributions,
    contributors,
    // Whoever left before the last day still stands in the direction they left.
    directions: [...new Set([...headcounts.keys(), ...contributions.map(({ leaf: [direction] }) => direction)])].sort(),
    parcours: metric.family.byParcours ? [...new Set(parcours)].sort() : [],
    headcount: (directions) => directions.reduce((total, name) => total + (headcounts.get(name) ?? 0), 0),
    enrolled: (leaves) => new Set(leaves.flatMap((leaf) => [...contributors(leaf)])).size,
  };
}

function peopleByLeaf(contributions: readonly Contribution[]): Map<string, Set<string>> {
  const byLeaf = new Map<string, Set<string>>();
  for (const { person, leaf } of contributions) {
    const key = leafKey(leaf);
    const people = byLeaf.get(key) ?? new Set();
    byLeaf.set(key, people.add(person));
  }
  return byLeaf;
}
