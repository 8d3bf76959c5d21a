/** Atoms, and apart from them their sums at each horizon, many to a document: a transaction of ten thousand documents is too much for MongoDB. */
import { type CollectionChange, put } from '../../lrs/index.ts';
import { LeafNames } from './encode.ts';
import { ATOMS, type AtomsRecord, type Name, SUMS, type SumsRecord } from './records.ts';
import type { Sums } from './sums.ts';
import { decodeSums, type EncodedSums, encodeSums, Names } from './sums-text.ts';
import type { Leaf } from './tree.ts';

/** Characters of a document, with all names written out: of three bytes each they fit into the 16 MB of one of MongoDB. */
const LONGEST = 4 * 2 ** 20;

/** Which atom it is. Every version stays: what was once given out can be subtracted for ever. */
export interface AtomName {
  /** Its place in the order of the tree. */
  number: number;
  version: number;
}

/** A version of an atom as it is kept. */
export interface KeptLeaves extends AtomName {
  leaves: readonly Leaf[];
}

/** Its sums at a horizon. */
export interface KeptSums extends AtomName {
  sums: Sums;
}

/** A version with all of its sums. */
export interface KeptAtom extends KeptLeaves {
  /** By name of a horizon. */
  sums: Readonly<Record<string, Sums>>;
}

/** What is after `parts` documents that there are already: 0 of what is published for the first time. */
export interface After {
  leaves: number;
  /** By name of a horizon. */
  sums: Readonly<Record<string, number>>;
}

/** Puts versions of atoms, with their sums up to each horizon. */
export function putAtoms(name: Name, atoms: readonly KeptAtom[], { leaves, sums }: After): CollectionChange[] {
  const horizons = new Set(atoms.flatMap((atom) => Object.keys(atom.sums)));
  return [
    ...putLeaves(name, atoms, leaves),
    ...[...horizons].flatMap((through) => {
      const own = atoms.flatMap(({ sums: all, ...atom }) => (all[through] ? [{ ...atom, sums: all[through] }] : []));
      return putSums(name, through, own, sums[through] ?? 0);
    }),
  ];
}

function putLeaves({ metric, period }: Name, atoms: readonly KeptLeaves[], parts: number): CollectionChange[] {
  const texts = groupsOf(atoms, ({ leaves }) => leaves).map((group) => {
    const names = new LeafNames();
    const rows = group.map(({ number, version, leaves }): LeavesRow => {
      return [number, version, leaves.map((leaf) => names.encode(leaf))];
    });
    return JSON.stringify([names.list, rows] satisfies LeavesRows);
  });
  return texts.map((rows, place) => {
    const part = parts + place;
    return put(ATOMS, `${metric}:${period}:${part}`, { metric, period, part, rows }, { expect: 'absent' });
  });
}

/** Puts the sums up to a horizon, after `parts` documents that there are of it. */
export function putSums(
  { metric, period }: Name,
  through: string,
  atoms: readonly KeptSums[],
  parts: number,
): CollectionChange[] {
  return groupsOf(atoms, ({ sums }) => sums).map((group, place) => {
    const names = new Names();
    const encoded = group.map(({ number, version, sums }): SumsRow => [number, version, encodeSums(sums, names)]);
    const rows = JSON.stringify([names.list, encoded] satisfies SumsRows);
    const part = parts + place;
    const record: SumsRecord = { metric, period, through, part, rows };
    return put(SUMS, `${metric}:${period}:${through}:${part}`, record, { expect: 'absent' });
  });
}

type LeavesRow = [number: number, version: number, leaves: string[]];
type LeavesRows = [names: string[], atoms: LeavesRow[]];
type SumsRow = [number: number, version: number, sums: EncodedSums];
type SumsRows = [names: string[], atoms: SumsRow[]];

/** As many to a group as fit into a document. */
function groupsOf<T>(atoms: readonly T[], textOf: (atom: T) => unknown): T[][] {
  const groups: T[][] = [];
  let group: T[] = [];
  let length = 0;
  for (const atom of atoms) {
    const { length: own } = JSON.stringify(textOf(atom));
    if (group.length > 0 && length + own > LONGEST) {
      groups.push(group);
      group = [];
      length = 0;
    }
    group.push(atom);
    length += own;
  }
  if (group.length > 0) groups.push(group);
  return groups;
}

type Part<T extends { rows: string }> = { value: Pick<T, 'rows'> };

/** In order of their versions: the last one of a number counts. */
const byVersion = <T extends AtomName>(atoms: readonly T[]): T[] => atoms.toSorted((a, b) => a.version - b.version);

export const leavesIn = (parts: readonly Part<AtomsRecord>[]): KeptLeaves[] =>
  byVersion(
    parts.flatMap(({ value }) => {
      const [list, atoms] = JSON.parse(value.rows) as LeavesRows;
      const names = new LeafNames(list);
      return atoms.map(([number, version, leaves]) => {
        return { number, version, leaves: leaves.map((leaf) => names.decode(leaf)) };
      });
    }),
  );

export const sumsIn = (parts: readonly Part<SumsRecord>[]): KeptSums[] =>
  byVersion(
    parts.flatMap(({ value }) => {
      const [list, atoms] = JSON.parse(value.rows) as SumsRows;
      return atoms.map(([number, version, sums]) => ({ number, version, sums: decodeSums(sums, list) }));
    }),
  );
