/** Atoms with their sums, kept small and many to a document: a transaction of ten thousand documents is too much for MongoDB. */
import { type CollectionChange, put, type Versioned } from '../../lrs/index.ts';
import { LeafNames } from './encode.ts';
import { ATOMS, type AtomsRecord, type Name } from './records.ts';
import type { Sums } from './sums.ts';
import type { Leaf } from './tree.ts';

/** Atoms a document: with the tallies of nine horizons some kilobytes each. */
const PART = 500;

/** A version of an atom as it is kept. Every version stays: what was once given out can be subtracted for ever. */
export interface KeptAtom {
  /** Its place in the order of the tree. */
  number: number;
  version: number;
  leaves: readonly Leaf[];
  /** By name of a horizon. */
  sums: Readonly<Record<string, Sums>>;
}

type AtomRow = [number: number, version: number, leaves: string[], sums: KeptAtom['sums']];
type Rows = [names: string[], atoms: AtomRow[]];

/** Puts atoms, after `parts` documents that there are. */
export function putAtoms({ metric, period }: Name, atoms: readonly KeptAtom[], parts: number): CollectionChange[] {
  const changes: CollectionChange[] = [];
  for (let from = 0; from < atoms.length; from += PART) {
    const part = parts + changes.length;
    const record: AtomsRecord = { metric, period, part, rows: rowsOf(atoms.slice(from, from + PART)) };
    changes.push(put(ATOMS, `${metric}:${period}:${part}`, record, { expect: 'absent' }));
  }
  return changes;
}

function rowsOf(atoms: readonly KeptAtom[]): string {
  const names = new LeafNames();
  const rows = atoms.map(({ number, version, leaves, sums }): AtomRow => {
    return [number, version, leaves.map((leaf) => names.encode(leaf)), sums];
  });
  return JSON.stringify([names.list, rows] satisfies Rows);
}

/** The atoms of a document, in order of their numbers and versions within a commit. */
export function atomsIn({ rows }: Pick<AtomsRecord, 'rows'>): KeptAtom[] {
  const [list, atoms] = JSON.parse(rows) as Rows;
  const names = new LeafNames(list);
  return atoms.map(([number, version, leaves, sums]) => {
    return { number, version, leaves: leaves.map((leaf) => names.decode(leaf)), sums };
  });
}

/** Keeps the sums of one horizon more, where there are any. */
export const putSums = (
  parts: readonly Versioned<AtomsRecord>[],
  through: string,
  sumsOf: (atom: KeptAtom) => Sums | undefined,
): CollectionChange[] =>
  parts.map(({ id, version: expect, value }) => {
    const atoms = atomsIn(value).map((atom) => {
      const sums = sumsOf(atom);
      return sums ? { ...atom, sums: { ...atom.sums, [through]: sums } } : atom;
    });
    return put(ATOMS, id, { ...value, rows: rowsOf(atoms) }, { expect });
  });
