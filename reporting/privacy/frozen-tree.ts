/** The merge tree of a family and year: made at its first publication, afterwards only grown. */
import { randomBytes } from 'node:crypto';
import { type CollectionChange, put, type Store } from '../../lrs/index.ts';
import type { Family } from '../metrics/metric.ts';
import { decodeTree, encodeTree } from './encode.ts';
import { extendTree } from './graft.ts';
import { TREES } from './records.ts';
import { buildTree, type Ground, type TreeNode } from './tree.ts';

export interface FrozenTree {
  tree: TreeNode;
  /** Decides how counts are rounded (see draw.ts). */
  secret: string;
  /** What must be committed with whatever is published by it. */
  changes: CollectionChange[];
}

/** The tree to use now. */
export async function frozenTree(store: Store, family: Family, year: number, ground: Ground): Promise<FrozenTree> {
  const id = `${family.name}:${year}`;
  const known = await store.collection(TREES).get(id);
  const secret = known?.value.secret ?? randomBytes(32).toString('hex');
  const record = (root: TreeNode) => ({ family: family.name, year, secret, root: encodeTree(root) });
  if (!known) {
    const tree = buildTree(ground);
    return { tree, secret, changes: [put(TREES, id, record(tree), { expect: 'absent' })] };
  }
  const frozen = decodeTree(known.value.root);
  const tree = extendTree(frozen, ground);
  const changed = tree !== frozen;
  return { tree, secret, changes: changed ? [put(TREES, id, record(tree), { expect: known.version })] : [] };
}
