/** All atoms of a publication together, kept apart: most questions are about the whole ministry, and few pages need its parts. */
import { type CollectionChange, put, type Store } from '../../lrs/index.ts';
import { DIMENSIONS, valueIn } from './dimensions.ts';
import { LeafNames } from './encode.ts';
import { publicationId } from './heads.ts';
import { type Name, TOTALS } from './records.ts';
import { type Sums, together } from './sums.ts';
import { decodeSums, type EncodedSums, encodeSums, Names } from './sums-text.ts';
import type { Leaf } from './tree.ts';

/** What a publication holds as a whole. */
export interface Totals {
  /** Some of its leaves: in each dimension they have everything that all have. */
  leaves: readonly Leaf[];
  /** By name of a horizon. */
  sums: Readonly<Record<string, Sums>>;
}

type Rows = [leafNames: string[], leaves: string[], names: string[], sums: [through: string, sums: EncodedSums][]];

/** Those of atoms in the order of the tree. */
export function totalsOf(
  atoms: readonly { leaves: readonly Leaf[]; sums: Readonly<Record<string, Sums>> }[],
  horizons: readonly { through: string }[],
): Totals {
  const sums = horizons.map(({ through }) => [through, together(atoms.flatMap((atom) => atom.sums[through] ?? []))]);
  return { leaves: tellingLeaves(atoms.flatMap(({ leaves }) => leaves)), sums: Object.fromEntries(sums) };
}

/** As few as come first that bring something new in a dimension. */
function tellingLeaves(leaves: readonly Leaf[]): Leaf[] {
  const seen = DIMENSIONS.map((dimension) => ({ dimension, values: new Set<string | undefined>() }));
  return leaves.filter((leaf) => {
    const before = seen.reduce((size, { values }) => size + values.size, 0);
    for (const { dimension, values } of seen) values.add(valueIn(leaf, dimension));
    return seen.reduce((size, { values }) => size + values.size, 0) > before;
  });
}

/** To be committed with the publication. */
export function putTotals(name: Name, { leaves, sums }: Totals): CollectionChange {
  const [leafNames, names] = [new LeafNames(), new Names()];
  const rows: Rows = [
    leafNames.list,
    leaves.map((leaf) => leafNames.encode(leaf)),
    names.list,
    Object.entries(sums).map(([through, own]) => [through, encodeSums(own, names)]),
  ];
  const { metric, period } = name;
  return put(TOTALS, publicationId(name), { metric, period, rows: JSON.stringify(rows) });
}

export async function readTotals(store: Store, name: Name): Promise<Totals | undefined> {
  const found = await store.collection(TOTALS).get(publicationId(name));
  if (!found) return undefined;
  const [leafNames, leaves, names, sums] = JSON.parse(found.value.rows) as Rows;
  const all = new LeafNames(leafNames);
  return {
    leaves: leaves.map((leaf) => all.decode(leaf)),
    sums: Object.fromEntries(sums.map(([through, own]) => [through, decodeSums(own, names)])),
  };
}
