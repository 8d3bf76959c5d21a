/** The merge tree of a family and year: made at its first publication, afterwards only grown. */
import { type CollectionChange, put, type Store } from '../../lrs/index.ts';
import type { Family } from '../metrics/metric.ts';
import { TREES } from './records.ts';
import { buildTree, extendTree, type Ground, type TreeNode } from './tree.ts';

/** The tree to use now, and what must be committed with whatever is published by it. */
export async function frozenTree(
  store: Store,
  family: Family,
  year: number,
  ground: Ground,
): Promise<{ tree: TreeNode; changes: CollectionChange[] }> {
  const id = `${family.name}:${year}`;
  const record = (root: TreeNode) => ({ family: family.name, year, root });
  const known = await store.collection(TREES).get(id);
  if (!known) {
    const tree = buildTree(ground);
    return { tree, changes: [put(TREES, id, record(tree), { expect: 'absent' })] };
  }
  const tree = extendTree(known.value.root, ground);
  const changed = tree !== known.value.root;
  return { tree, changes: changed ? [put(TREES, id, record(tree), { expect: known.version })] : [] };
}
