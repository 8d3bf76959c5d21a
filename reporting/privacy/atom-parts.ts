/** Atoms with their sums, kept small and many to a document: a transaction of ten thousand documents is too much for MongoDB. */
import { type CollectionChange, put, type Versioned } from '../../lrs/index.ts';
import { LeafNames } from './encode.ts';
import { ATOMS, type AtomsRecord, type Name } from './records.ts';
import type { Sums } from './sums.ts';
import type { Leaf } from './tree.ts';

/** Characters of the atoms of a document, with all names written out: of three bytes each they fit into the 16 MB of one of MongoDB. */
const LONGEST = 4 * 2 ** 20;

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

/** Atoms as many to a group as fit into a document. At each horizon they grow, by a tally with a line for each module. */
function groupsOf(atoms: readonly KeptAtom[]): KeptAtom[][] {
  const groups: KeptAtom[][] = [];
  let group: KeptAtom[] = [];
  let length = 0;
  for (const atom of atoms) {
    const { length: own } = JSON.stringify(atom);
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

function newPart({ metric, period }: Name, part: number, atoms: readonly KeptAtom[]): CollectionChange {
  const record: AtomsRecord = { metric, period, part, rows: rowsOf(atoms) };
  return put(ATOMS, `${metric}:${period}:${part}`, record, { expect: 'absent' });
}

/** Puts atoms, after `parts` documents that there are. */
export const putAtoms = (name: Name, atoms: readonly KeptAtom[], parts: number): CollectionChange[] =>
  groupsOf(atoms).map((group, place) => newPart(name, parts + place, group));

function rowsOf(atoms: readonly KeptAtom[]): string {
  const names = new LeafNames();
  const rows = atoms.map(({ number, version, leaves, sums }): AtomRow => {
    return [number, version, leaves.map((leaf) => names.encode(leaf)), sums];
  });
  return JSON.stringify([names.list, rows] satisfies Rows);
}

function atomsAt({ rows }: Pick<AtomsRecord, 'rows'>): KeptAtom[] {
  const [list, atoms] = JSON.parse(rows) as Rows;
  const names = new LeafNames(list);
  return atoms.map(([number, version, leaves, sums]) => {
    return { number, version, leaves: leaves.map((leaf) => names.decode(leaf)), sums };
  });
}

/** The atoms of a publication's documents, in order of their versions. */
export const atomsIn = (parts: readonly { value: Pick<AtomsRecord, 'rows'> }[]): KeptAtom[] =>
  parts.flatMap(({ value }) => atomsAt(value)).toSorted((a, b) => a.version - b.version);

/**
 * Keeps the sums of one horizon more, where there are any. What does not fit into its document any more goes into further
 * ones, so that the documents' order says nothing of the versions'.
 */
export function putSums(
  parts: readonly Versioned<AtomsRecord>[],
  through: string,
  sumsOf: (atom: KeptAtom) => Sums | undefined,
): CollectionChange[] {
  let count = parts.length;
  return parts.flatMap(({ id, version: expect, value }) => {
    const atoms = atomsAt(value).map((atom) => {
      const sums = sumsOf(atom);
      return sums ? { ...atom, sums: { ...atom.sums, [through]: sums } } : atom;
    });
    const [first = [], ...more] = groupsOf(atoms);
    return [
      put(ATOMS, id, { ...value, rows: rowsOf(first) }, { expect }),
      ...more.map((group) => newPart(value, count++, group)),
    ];
  });
}
