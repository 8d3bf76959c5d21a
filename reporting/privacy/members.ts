/** Who stands behind the atoms, kept small and many to a document: one may not hold a ministry of 33,000. */
import { type CollectionChange, put, type Store, type Versioned } from '../../lrs/index.ts';
import type { Contribution } from '../metrics/metric.ts';
import type { Query } from '../projection/database.ts';
import { type After, type AtomName, type KeptAtom, type KeptLeaves, leavesIn, sumsIn } from './atom-parts.ts';
import { groupBy } from './group-by.ts';
import { ATOMS, MEMBERS, type MembersRecord, type Name, SUMS } from './records.ts';
import type { Sums } from './sums.ts';
import { readTotals, type Totals } from './totals.ts';
import { type Leaf, leafKey } from './tree.ts';

/** Characters of the rows of a document: far from the 16 MB of one of MongoDB, and read in some milliseconds. */
const LONGEST = 2 ** 20;

/** What counts for a unit at one horizon. */
export type Stage = Pick<Contribution, 'values' | 'keys'>;

/** A unit that was counted, with a stage for each horizon. */
export interface Member {
  person: string;
  leaf: Leaf;
  stages: readonly Stage[];
}

export interface Atom {
  leaves: readonly Leaf[];
  members: readonly Member[];
}

/** A version of an atom. */
export interface Version extends Atom {
  number: number;
  version: number;
}

/** Distinct people among some members. */
export const peopleOf = (members: readonly Pick<Member, 'person'>[]): Set<string> =>
  new Set(members.map(({ person }) => person));

/** Everyone who ever stood in some atoms. */
export const everybodyIn = (versions: readonly (readonly Version[])[]): Set<string> =>
  peopleOf(versions.flat().flatMap(({ members }) => members));

/** The id that each of these people has now who was merged into somebody else since; asked of those who are not `known`. */
export async function idsNow(
  people: Iterable<string>,
  known: ReadonlySet<string>,
  leadsTo: (person: string) => Promise<string | undefined>,
): Promise<(person: string) => string> {
  const ids = new Map<string, string>();
  for (const person of people) if (!known.has(person)) ids.set(person, (await leadsTo(person)) ?? person);
  return (person) => ids.get(person) ?? person;
}

/** Whom the read model knows: of others, those who were counted were merged or erased since. */
export const peopleKnown = async (query: Query): Promise<Set<string>> =>
  new Set((await query('SELECT DISTINCT person FROM agents')).map(({ person }) => String(person)));

/** The versions with each member under the id that they have now: who was merged is nobody who has gone, and nobody new. */
export function underTheirIds(
  versions: readonly (readonly Version[])[],
  idOf: (person: string) => string,
): Version[][] {
  const renamed = (member: Member): Member => ({ ...member, person: idOf(member.person) });
  return versions.map((own) => own.map((version) => ({ ...version, members: version.members.map(renamed) })));
}

/** What counts at a horizon. */
export const contributionsAt = (members: readonly Member[], horizon: number): Contribution[] =>
  members.map(({ person, leaf, stages }) => ({ person, leaf, ...(stages[horizon] ?? { values: [] }) }));

/** Internal id, the atom, its version, the leaf in it, the first stage, and later ones where they are others than before. */
type MemberRow = [
  person: string,
  atom: number,
  version: number,
  leaf: number,
  first: Encoded,
  later?: [number, Encoded][],
];
type Encoded = [values: readonly number[], keys?: Contribution['keys']];

const encode = ({ values, keys }: Stage): Encoded => (keys ? [values, keys] : [values]);
const decode = ([values, keys]: Encoded): Stage => ({ values, ...(keys && { keys }) });

function rowOf({ person, stages }: Member, atom: number, version: number, leaf: number): MemberRow {
  const [first = { values: [] }, ...rest] = stages;
  const later = rest.flatMap((stage, place): [number, Encoded][] =>
    stage === stages[place] ? [] : [[place + 1, encode(stage)]],
  );
  return [person, atom, version, leaf, encode(first), ...(later.length > 0 ? [later] : [])] as MemberRow;
}

function memberOf(
  [person, , , place, first, later = []]: MemberRow,
  leaves: readonly Leaf[],
  horizons: number,
): Member {
  const stages = [decode(first)];
  const changes = new Map(later);
  for (let horizon = 1; horizon < horizons; horizon++) {
    const change = changes.get(horizon);
    stages.push(change ? decode(change) : (stages[horizon - 1] ?? { values: [] }));
  }
  return { person, leaf: leaves[place] ?? [''], stages };
}

/** Rows as texts of documents. At each horizon they grow, by the modules that were done since. */
function textsOf(rows: readonly MemberRow[]): string[] {
  const texts: string[] = [];
  let part: string[] = [];
  let length = 0;
  for (const row of rows) {
    const text = JSON.stringify(row);
    if (part.length > 0 && length + text.length > LONGEST) {
      texts.push(`[${part.join()}]`);
      part = [];
      length = 0;
    }
    part.push(text);
    length += text.length + 1;
  }
  if (part.length > 0) texts.push(`[${part.join()}]`);
  return texts;
}

function newPart({ metric, period }: Name, part: number, rows: string): CollectionChange {
  return put(MEMBERS, `${metric}:${period}:${part}`, { metric, period, part, rows }, { expect: 'absent' });
}

/** Puts the members of some versions, after `parts` documents that there are. */
export function putMembers(name: Name, versions: readonly Version[], parts: number): CollectionChange[] {
  const rows = versions.flatMap(({ number, version, leaves, members }) => {
    const places = new Map(leaves.map((leaf, place) => [leafKey(leaf), place]));
    return members.map((member) => rowOf(member, number, version, places.get(leafKey(member.leaf)) ?? 0));
  });
  return textsOf(rows).map((text, place) => newPart(name, parts + place, text));
}

/** Who stands behind a publication. */
export interface KeptMembers {
  /** Every version of each atom, oldest first. */
  versions: Version[][];
  /** The documents that the members are kept in. */
  parts: Versioned<MembersRecord>[];
}

/** All that is kept of a publication. */
export interface Kept extends KeptMembers {
  /** Every version, oldest first. */
  atoms: KeptAtom[];
  /** The documents that there are. */
  after: After;
  totals: Totals | undefined;
}

const ofPublication = ({ metric, period }: Name) => ({ index: 'publication', equals: [metric, period] });

export async function readMembers(store: Store, name: Name, horizons: number): Promise<KeptMembers> {
  const atomParts = await store.collection(ATOMS).find(ofPublication(name));
  return membersIn(leavesIn(atomParts), await store.collection(MEMBERS).find(ofPublication(name)), horizons);
}

export async function readKept(store: Store, name: Name, horizons: number): Promise<Kept> {
  const atomParts = await store.collection(ATOMS).find(ofPublication(name));
  const sumsParts = await store.collection(SUMS).find(ofPublication(name));
  const atoms = new Map(leavesIn(atomParts).map((own) => [keyOf(own), { ...own, sums: {} as Record<string, Sums> }]));
  const byHorizon = groupBy(sumsParts, ({ value }) => value.through);
  const count: Record<string, number> = {};
  for (const [through, parts] of byHorizon) {
    count[through] = parts.length;
    for (const { sums, ...name } of sumsIn(parts)) {
      const atom = atoms.get(keyOf(name));
      if (atom) atom.sums[through] = sums;
    }
  }
  const all = [...atoms.values()];
  const members = membersIn(all, await store.collection(MEMBERS).find(ofPublication(name)), horizons);
  const after = { leaves: atomParts.length, sums: count };
  return { ...members, atoms: all, after, totals: await readTotals(store, name) };
}

const keyOf = ({ number, version }: AtomName): string => `${number}:${version}`;

function membersIn(atoms: readonly KeptLeaves[], parts: Versioned<MembersRecord>[], horizons: number): KeptMembers {
  const byKey = new Map<string, Version & { members: Member[] }>();
  const versions: Version[][] = [];
  for (const { number, version, leaves } of atoms) {
    const kept = { number, version, leaves, members: [] };
    byKey.set(keyOf(kept), kept);
    versions[number] = [...(versions[number] ?? []), kept];
  }
  for (const row of parts.flatMap(({ value }) => rowsOf(value))) {
    const kept = byKey.get(keyOf({ number: row[1], version: row[2] }));
    kept?.members.push(memberOf(row, kept.leaves, horizons));
  }
  return { versions, parts };
}

/** Everybody who ever stood behind a publication, with where. */
export async function readUnits(store: Store, name: Name): Promise<Pick<Member, 'person' | 'leaf'>[]> {
  const leaves = new Map(
    leavesIn(await store.collection(ATOMS).find(ofPublication(name))).map((own) => [keyOf(own), own.leaves]),
  );
  const parts = await store.collection(MEMBERS).find(ofPublication(name));
  return parts.flatMap(({ value }) =>
    rowsOf(value).map(([person, number, version, place]) => {
      return { person, leaf: leaves.get(keyOf({ number, version }))?.[place] ?? [''] };
    }),
  );
}

const rowsOf = ({ rows }: MembersRecord): MemberRow[] => JSON.parse(rows) as MemberRow[];

/**
 * Keeps one horizon more: `stageOf` gives the stage of a member then, or the one before where nothing is new. What does not
 * fit into its document any more goes into further ones.
 */
export function putStages(
  { parts, versions }: KeptMembers,
  horizon: number,
  stageOf: (member: Member) => Stage,
): CollectionChange[] {
  const next = (row: MemberRow): MemberRow => {
    const leaves = versions[row[1]]?.find(({ version }) => version === row[2])?.leaves ?? [];
    const member = memberOf(row, leaves, horizon);
    const stage = stageOf(member);
    if (stage === member.stages.at(-1)) return row;
    return rowOf({ ...member, stages: [...member.stages, stage] }, row[1], row[2], row[3]);
  };
  let count = parts.length;
  return parts.flatMap(({ id, version: expect, value }) => {
    const before = rowsOf(value);
    const rows = before.map(next);
    if (rows.every((row, place) => row === before[place])) return [];
    const [first = '[]', ...more] = textsOf(rows);
    return [
      put(MEMBERS, id, { ...value, rows: first }, { expect }),
      ...more.map((text) => newPart(value, count++, text)),
    ];
  });
}

/** The document with the ids of some people replaced; undefined where none of them is in it. */
export function withoutPeople(record: MembersRecord, tokenOf: (person: string) => string | undefined) {
  let changed = false;
  const rows = rowsOf(record).map((row): MemberRow => {
    const token = tokenOf(row[0]);
    if (token === undefined) return row;
    changed = true;
    const [, ...rest] = row;
    return [token, ...rest];
  });
  return changed ? { ...record, rows: JSON.stringify(rows) } : undefined;
}

/** Whom a document holds. */
export const peopleIn = (record: MembersRecord): string[] => rowsOf(record).map(([person]) => person);
