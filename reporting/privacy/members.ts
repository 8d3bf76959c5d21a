/** Who stands behind the atoms, kept small and in parts: one document may not hold a ministry of 33,000. */
import { type CollectionChange, put, type Store } from '../../lrs/index.ts';
import type { Contribution } from '../metrics/metric.ts';
import { ATOMS, type AtomRecord, MEMBERS, type MembersRecord } from './records.ts';
import { type Leaf, leafKey } from './tree.ts';

/** People a document: some hundred bytes each. */
const PART = 5000;

/** Internal id, which leaf of the atom they stand in, the values, the keys of tallies. */
type MemberRow = [person: string, leaf: number, values: readonly number[], keys?: Contribution['keys']];

export interface Atom {
  leaves: readonly Leaf[];
  members: readonly Contribution[];
}

/** Distinct people among some contributions. */
export const peopleOf = (contributions: readonly Contribution[]): Set<string> =>
  new Set(contributions.map(({ person }) => person));

export type AtomId = Pick<AtomRecord, 'metric' | 'period' | 'number' | 'version'>;

export const atomId = ({ metric, period, number, version }: AtomId): string =>
  `${metric}:${period}:${number}:${version}`;

/** Puts the members of an atom. */
export function putMembers({ metric, period, number, version }: AtomId, { leaves, members }: Atom): CollectionChange[] {
  const places = new Map(leaves.map((leaf, place) => [leafKey(leaf), place]));
  const rows = members.map(({ person, leaf, values, keys }): MemberRow => {
    const place = places.get(leafKey(leaf)) ?? 0;
    return keys ? [person, place, values, keys] : [person, place, values];
  });
  const id = { metric, period, number, version };
  return partsOf(rows).map((part, index) => {
    const record: MembersRecord = { ...id, part: index, rows: JSON.stringify(part) };
    return put(MEMBERS, `${atomId(id)}:${index}`, record, { expect: 'absent' });
  });
}

function partsOf<T>(rows: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < rows.length; from += PART) parts.push(rows.slice(from, from + PART));
  return parts;
}

const rowsOf = ({ rows }: MembersRecord): MemberRow[] => JSON.parse(rows) as MemberRow[];

const membersIn = (record: MembersRecord, leaves: readonly Leaf[]): Contribution[] =>
  rowsOf(record).flatMap(([person, place, values, keys]) => {
    const leaf = leaves[place];
    return leaf ? [{ person, leaf, values, ...(keys && { keys }) }] : [];
  });

/** Members of a version of an atom. */
export async function membersOf(store: Store, atom: AtomRecord): Promise<Contribution[]> {
  const { metric, period, number, version, leaves } = atom;
  const equals = [metric, period, number, version];
  const parts = await store.collection(MEMBERS).find({ index: 'publication', equals });
  return parts.flatMap(({ value }) => membersIn(value, leaves));
}

/** Members of every version of every atom. */
export async function allMembersOf(store: Store, metric: string, period: string): Promise<Contribution[]> {
  const find = { index: 'publication', equals: [metric, period] };
  const atoms = await store.collection(ATOMS).find(find);
  const leaves = new Map(atoms.map(({ value }) => [atomId(value), value.leaves]));
  const parts = await store.collection(MEMBERS).find(find);
  return parts.flatMap(({ value }) => membersIn(value, leaves.get(atomId(value)) ?? []));
}
