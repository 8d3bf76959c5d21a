/** What the tree and the atoms of a period are made from, read from one view of the read model. */
import type { Metric } from '../metrics/metric.ts';
import type { Period } from '../periods/period.ts';
import type { Query } from '../projection/database.ts';
import { groupBy } from './group-by.ts';
import type { Member } from './members.ts';
import { type Ground, type Inside, type Leaf, leafKey } from './tree.ts';

/** How many people belong to a direction's service and site, or to none of them. */
export interface Headcount {
  direction: string;
  inside: Inside;
  people: number;
}

/** Those who contribute in a period by leaf, and the headcounts of its last day. */
export interface Field extends Ground {
  members: readonly Member[];
  /** Those of a leaf. */
  at(leaf: Leaf): readonly Member[];
  /** How many people there are. */
  everybody: number;
}

const HEADCOUNTS = `
  SELECT direction, service, site, count(DISTINCT person)::INTEGER AS people
  FROM memberships WHERE starts < $end AND ends >= $end
  GROUP BY ALL
`;

const nameOrNone = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Distinct people of each place at the end of a period. */
export async function headcountsAt(query: Query, period: Pick<Period, 'end'>): Promise<Headcount[]> {
  const rows = await query(HEADCOUNTS, { end: period.end });
  return rows.map(({ direction, service, site, people }) => ({
    direction: String(direction),
    inside: [nameOrNone(service), nameOrNone(site)],
    people: Number(people),
  }));
}

/** The headcounts with those people added whom an imported headcount of their direction counts and the directory does not know. */
export function withImported(known: readonly Headcount[], imported: ReadonlyMap<string, number>): Headcount[] {
  const inDirectory = new Map<string, number>();
  for (const { direction, people } of known) inDirectory.set(direction, (inDirectory.get(direction) ?? 0) + people);
  const missing = [...imported].map(([direction, people]): Headcount => {
    return { direction, inside: [null, null], people: Math.max(0, people - (inDirectory.get(direction) ?? 0)) };
  });
  return [...known, ...missing.filter(({ people }) => people > 0)];
}

/** Lays those who contribute to a metric out over the directions. */
export function fieldOf(
  members: readonly Member[],
  headcounts: readonly Headcount[],
  { family }: Pick<Metric, 'family'>,
  parentOf: Ground['parentOf'],
): Field {
  const byLeaf = groupBy(members, ({ leaf }) => leafKey(leaf));
  const people = new Map([...byLeaf].map(([key, own]) => [key, new Set(own.map(({ person }) => person))]));
  const nobody: ReadonlySet<string> = new Set();
  // Whoever left before the last day still stands in the direction they left.
  const stands = members.map(({ leaf: [direction, , service, site] }) => ({
    direction,
    inside: insideOf(service, site),
  }));
  const places = groupBy([...headcounts, ...stands], ({ direction }) => direction);
  const inside = new Map([...places].map(([direction, own]) => [direction, distinct(own.map((each) => each.inside))]));
  const parcours = members.flatMap(({ leaf: [, name] }) => name ?? []);
  return {
    members,
    everybody: headcounts.reduce((total, { people }) => total + people, 0),
    at: (leaf) => byLeaf.get(leafKey(leaf)) ?? [],
    contributors: (leaf) => people.get(leafKey(leaf)) ?? nobody,
    directions: [...places.keys()].sort(),
    parentOf,
    parcours: family.byParcours ? [...new Set(parcours)].sort() : [],
    placesIn: (direction) => inside.get(direction) ?? [[null, null]],
    headcount: headcountOf(headcounts, family.byParcours),
  };
}

const insideOf = (service: Leaf[2], site: Leaf[3]): Inside => [service ?? null, site ?? null];

const distinct = (places: readonly Inside[]): Inside[] =>
  [...new Set(places.map((place) => JSON.stringify(place)))].sort().map((text) => JSON.parse(text) as Inside);

/** People by place; where leaves are whole directions, by direction. */
export function headcountOf(headcounts: readonly Headcount[], byPlace: boolean): Ground['headcount'] {
  const keyOf = (direction: string, inside: Inside) => leafKey(byPlace ? [direction, null, ...inside] : [direction]);
  const counts = new Map<string, number>();
  for (const { direction, inside, people } of headcounts) {
    const key = keyOf(direction, inside);
    counts.set(key, (counts.get(key) ?? 0) + people);
  }
  return (leaves) => {
    const keys = new Set(leaves.map(([direction, , service, site]) => keyOf(direction, insideOf(service, site))));
    return [...keys].reduce((total, key) => total + (counts.get(key) ?? 0), 0);
  };
}
