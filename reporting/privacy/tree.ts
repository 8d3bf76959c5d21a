/**
 * The merge tree (published-cells.md, rule 1): who is joined to whom when a group is too small to be shown alone. Built
 * once a year from sizes and names, never from values, and frozen; what appears later is grafted on.
 */

/**
 * Where a contribution stands: the direction, and inside it the parcours, the service and the site (completion). Null where
 * the person belonged to none.
 */
export type Leaf = readonly [
  direction: string,
  parcours?: string | null,
  service?: string | null,
  site?: string | null,
];

export type TreeNode = { leaf: Leaf } | { children: readonly [TreeNode, TreeNode] };

/** How many distinct people stand in these leaves. */
export type SizeOf = (leaves: readonly Leaf[]) => number;

/** A text that stands for one leaf alone, whether what it has not is null or left out. */
export function leafKey(leaf: Leaf): string {
  const last = leaf.findLastIndex((part) => part !== null && part !== undefined);
  return JSON.stringify(leaf.slice(0, last + 1));
}

export const leavesOf = (node: TreeNode): Leaf[] => ('leaf' in node ? [node.leaf] : node.children.flatMap(leavesOf));

/** The directions of some leaves, each once, in order of their names. */
export const directionsOf = (leaves: readonly Leaf[]): string[] => [...new Set(leaves.map(([name]) => name))].sort();

interface Group {
  node: TreeNode;
  size: number;
  name: string;
}

function groupOf(node: TreeNode, sizeOf: SizeOf): Group {
  const leaves = leavesOf(node);
  return { node, size: sizeOf(leaves), name: leaves.map(leafKey).sort().join() };
}

const smallestFirst = (a: Group, b: Group): number => a.size - b.size || (a.name < b.name ? -1 : 1);

/** Joins the two smallest (distinct people, then name) until one remains. `nodes` holds at least one. */
function joinAll(nodes: readonly TreeNode[], sizeOf: SizeOf): TreeNode {
  const groups = nodes.map((node) => groupOf(node, sizeOf));
  for (;;) {
    groups.sort(smallestFirst);
    const [first, second] = groups;
    if (!first) throw new TypeError('A tree needs a leaf.');
    if (!second) return first.node;
    groups.splice(0, 2, groupOf({ children: [first.node, second.node] }, sizeOf));
  }
}

export interface Ground {
  directions: readonly string[];
  /** Empty for a family that does not go below directions. */
  parcours: readonly string[];
  /** Distinct people of directions, by the directory. */
  headcount(directions: readonly string[]): number;
  /** Distinct people enrolled in leaves of one direction. */
  enrolled: SizeOf;
}

/** Every direction crossed with every parcours: that nobody of a direction is enrolled somewhere is a figure about it. */
const leavesIn = (direction: string, { parcours }: Ground): Leaf[] =>
  parcours.length === 0 ? [[direction]] : parcours.map((name) => [direction, name]);

const byHeadcount =
  (ground: Ground): SizeOf =>
  (leaves) =>
    ground.headcount(directionsOf(leaves));

/** The tree of a year: inside each direction first, then the directions. There must be at least one direction. */
export function buildTree(ground: Ground): TreeNode {
  const directions = ground.directions.map((direction) => {
    const leaves = leavesIn(direction, ground).map((leaf) => ({ leaf }));
    return joinAll(leaves, ground.enrolled);
  });
  return joinAll(directions, byHeadcount(ground));
}

/**
 * The frozen tree with what has appeared since: a new parcours beside the smallest one of its direction, a new direction
 * beside the smallest direction. The rest keeps its shape; the tree itself is given back when nothing is new.
 */
export function extendTree(tree: TreeNode, ground: Ground): TreeNode {
  const known = new Set(leavesOf(tree).map(leafKey));
  const present = new Set(directionsOf(leavesOf(tree)));
  let extended = tree;
  for (const direction of [...present].sort()) {
    const missing = leavesIn(direction, ground).filter((leaf) => !known.has(leafKey(leaf)));
    for (const leaf of missing) extended = graft(extended, { leaf }, smallestLeaf(extended, direction, ground));
  }
  for (const direction of ground.directions.filter((name) => !present.has(name)).sort()) {
    const scion = buildTree({ ...ground, directions: [direction] });
    extended = graft(extended, scion, smallestDirection(extended, ground));
  }
  return extended;
}

const graft = (node: TreeNode, scion: TreeNode, beside: TreeNode): TreeNode => {
  if (node === beside) return { children: [node, scion] };
  if ('leaf' in node) return node;
  const [left, right] = node.children;
  return { children: [graft(left, scion, beside), graft(right, scion, beside)] };
};

const inOneDirection = (node: TreeNode): boolean => directionsOf(leavesOf(node)).length === 1;

/** The largest nodes that lie in one direction: one a direction. */
const directionNodes = (node: TreeNode): TreeNode[] =>
  'leaf' in node || inOneDirection(node) ? [node] : node.children.flatMap(directionNodes);

const leafNodes = (node: TreeNode): TreeNode[] => ('leaf' in node ? [node] : node.children.flatMap(leafNodes));

function smallest(nodes: readonly TreeNode[], sizeOf: SizeOf): TreeNode {
  const [first] = nodes.map((node) => groupOf(node, sizeOf)).sort(smallestFirst);
  if (!first) throw new TypeError('A tree has leaves.');
  return first.node;
}

const smallestDirection = (tree: TreeNode, ground: Ground): TreeNode =>
  smallest(directionNodes(tree), byHeadcount(ground));

const smallestLeaf = (tree: TreeNode, direction: string, ground: Ground): TreeNode =>
  smallest(
    leafNodes(tree).filter((node) => leavesOf(node).some(([name]) => name === direction)),
    ground.enrolled,
  );
