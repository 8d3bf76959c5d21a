/** What has appeared since a tree was frozen, put beside the smallest of its like. The rest keeps its shape. */
import { groupBy } from './group-by.ts';
import {
  buildTree,
  byEnrolled,
  byHeadcount,
  bySize,
  type Ground,
  groupOf,
  joinLeaves,
  type Leaf,
  leafKey,
  leavesIn,
  leavesOf,
  type Size,
  type TreeNode,
} from './tree.ts';

/**
 * The frozen tree with a new site beside the smallest of its service, a new service beside the smallest of the direction and
 * parcours, a new parcours beside the smallest of its direction, a new direction beside the smallest one under the same
 * parent, or of all. The tree itself is given back when nothing is new.
 */
export function extendTree(tree: TreeNode, ground: Ground): TreeNode {
  const leaves = leavesOf(tree);
  const known = new Set(leaves.map(leafKey));
  const present = new Set(leaves.map(([direction]) => direction));
  let extended = tree;
  for (const direction of [...present].sort()) {
    const missing = leavesIn(direction, ground).filter((leaf) => !known.has(leafKey(leaf)));
    if (missing.length > 0) extended = graftInside(extended, missing, 1, ground);
  }
  for (const direction of ground.directions.filter((name) => !present.has(name)).sort()) {
    const scion = buildTree({ ...ground, directions: [direction] });
    extended = graft(extended, scion, besideDirection(extended, direction, ground));
  }
  return extended;
}

/** Grafts leaves whose first `depth` parts are common to them, and are there already. */
function graftInside(tree: TreeNode, missing: readonly Leaf[], depth: number, ground: Ground): TreeNode {
  let extended = tree;
  for (const part of groupBy(missing, (leaf) => prefixOf(leaf, depth + 1)).values()) {
    const [first] = part;
    if (!first) continue;
    const beside = partsOf(extended, first, depth);
    const same = beside.some((node) => leavesOf(node).some((leaf) => samePrefix(leaf, first, depth + 1)));
    if (same) extended = graftInside(extended, part, depth + 1, ground);
    else extended = graft(extended, joinLeaves(part, depth + 1, ground).node, smallest(beside, byEnrolled, ground));
  }
  return extended;
}

const prefixOf = (leaf: Leaf, depth: number): string =>
  JSON.stringify(Array.from({ length: depth }, (_, place) => leaf[place] ?? null));

const samePrefix = (a: Leaf, b: Leaf, depth: number): boolean => prefixOf(a, depth) === prefixOf(b, depth);

/** The largest nodes inside what has the first `depth` parts of a leaf whose leaves have one more in common. */
function partsOf(tree: TreeNode, like: Leaf, depth: number): TreeNode[] {
  const leaves = leavesOf(tree);
  const own = leaves.filter((leaf) => samePrefix(leaf, like, depth));
  if (own.length === 0) return [];
  const [first] = own;
  if (!first) return [];
  const alike = (each: readonly Leaf[]) => each.every((leaf) => samePrefix(leaf, each[0] ?? first, depth + 1));
  if ('leaf' in tree || (own.length === leaves.length && alike(leaves))) return [tree];
  return tree.children.flatMap((child) => partsOf(child, like, depth));
}

/** The node of a direction under the same parent, or of the parent itself; else of any. */
function besideDirection(tree: TreeNode, direction: string, ground: Ground): TreeNode {
  const parent = ground.parentOf(direction);
  const nodes = directionNodes(tree);
  const siblings = nodes.filter(({ name }) => parent !== undefined && [ground.parentOf(name), name].includes(parent));
  const candidates = siblings.length > 0 ? siblings : nodes;
  return smallest(
    candidates.map(({ node }) => node),
    byHeadcount,
    ground,
  );
}

/** The largest nodes that lie in one direction: one a direction. */
function directionNodes(node: TreeNode): { name: string; node: TreeNode }[] {
  const [name = '', ...others] = new Set(leavesOf(node).map(([direction]) => direction));
  if ('leaf' in node || others.length === 0) return [{ name, node }];
  return node.children.flatMap(directionNodes);
}

function graft(node: TreeNode, scion: TreeNode, beside: TreeNode): TreeNode {
  if (node === beside) return { children: [node, scion] };
  if ('leaf' in node) return node;
  const [left, right] = node.children;
  const [first, second] = [graft(left, scion, beside), graft(right, scion, beside)];
  return first === left && second === right ? node : { children: [first, second] };
}

function smallest(nodes: readonly TreeNode[], size: Size, ground: Ground): TreeNode {
  const [first] = nodes.map((node) => groupOf(node, ground)).sort(bySize(size));
  if (!first) throw new TypeError('A tree has leaves.');
  return first.node;
}
