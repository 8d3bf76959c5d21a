/**
 * The merge tree (published-cells.md, rule 1): who is joined to whom when a group is too small to be shown alone. Built
 * once a year from sizes and names, never from values, and frozen; what appears later is grafted on (see graft.ts).
 */
import { groupBy } from './group-by.ts';

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

/** Without what it has not at its end. */
export function trimmed(leaf: Leaf): Leaf {
  const last = leaf.findLastIndex((part) => part !== null && part !== undefined);
  return leaf.slice(0, last + 1) as unknown as Leaf;
}

/** A text that stands for one leaf alone, whether what it has not is null or left out. */
export const leafKey = (leaf: Leaf): string => JSON.stringify(trimmed(leaf));

export function leavesOf(node: TreeNode, into: Leaf[] = []): Leaf[] {
  if ('leaf' in node) into.push(node.leaf);
  else for (const child of node.children) leavesOf(child, into);
  return into;
}

/** The directions of some leaves, each once, in order of their names. */
export const directionsOf = (leaves: readonly Leaf[]): string[] => [...new Set(leaves.map(([name]) => name))].sort();

/** A service and a site inside a direction, or neither. */
export type Inside = readonly [service: string | null, site: string | null];

export interface Ground {
  directions: readonly string[];
  /** Name of the direction that one lies in, by the directory. */
  parentOf(direction: string): string | undefined;
  /** Empty for a family that does not go below directions. */
  parcours: readonly string[];
  /** The services and sites of a direction, each pair once; at least one. */
  placesIn(direction: string): readonly Inside[];
  /** Distinct people of the places that some leaves stand for, by the directory, whether they contributed or not. */
  headcount(leaves: readonly Leaf[]): number;
  /** The distinct contributors of a leaf, by internal id. */
  contributors(leaf: Leaf): ReadonlySet<string>;
}

/** A node that is to be joined to others. */
export interface Group {
  node: TreeNode;
  people: ReadonlySet<string>;
  /** By the directory. Places share nobody, so they add up. */
  headcount: number;
  /** Key of its first leaf. */
  name: string;
}

export function groupOf(node: TreeNode, ground: Ground): Group {
  const leaves = leavesOf(node);
  const [name = ''] = leaves.map(leafKey).sort();
  return { node, people: union(leaves.map(ground.contributors)), headcount: ground.headcount(leaves), name };
}

export function union(sets: readonly ReadonlySet<string>[]): Set<string> {
  const all = new Set<string>();
  for (const set of sets) for (const one of set) all.add(one);
  return all;
}

const joined = (a: Group, b: Group): Group => ({
  node: { children: [a.node, b.node] },
  people: union([a.people, b.people]),
  headcount: a.headcount + b.headcount,
  name: [a.name, b.name].sort()[0] ?? '',
});

/** By what groups are compared: above directions all who are there, below them those who are enrolled. */
export type Size = (group: Group) => number;
export const byHeadcount: Size = ({ headcount }) => headcount;
export const byEnrolled: Size = ({ people }) => people.size;

/** Smallest first (distinct people, then name). */
export const bySize =
  (size: Size) =>
  (a: Group, b: Group): number =>
    size(a) - size(b) || (a.name < b.name ? -1 : 1);

/** Joins the two smallest until one remains. There is at least one. */
function joinAll(groups: readonly Group[], size: Size): Group {
  const left = [...groups];
  for (;;) {
    left.sort(bySize(size));
    const [first, second] = left;
    if (!first) throw new TypeError('A tree needs a leaf.');
    if (!second) return first;
    left.splice(0, 2, joined(first, second));
  }
}

/**
 * Every direction crossed with every parcours, and that with every service and site: that nobody of a direction is
 * enrolled somewhere is a figure about it.
 */
export const leavesIn = (direction: string, { parcours, placesIn }: Ground): Leaf[] =>
  parcours.length === 0
    ? [[direction]]
    : parcours.flatMap((name) => placesIn(direction).map((inside) => trimmed([direction, name, ...inside])));

/** The node of leaves that have their first `depth` parts in common: the next part innermost, and so on. */
export function joinLeaves(leaves: readonly Leaf[], depth: number, ground: Ground): Group {
  const [only] = leaves;
  if (only && leaves.length === 1) return groupOf({ leaf: only }, ground);
  const parts = [...groupBy(leaves, (leaf) => JSON.stringify(leaf[depth] ?? null)).values()];
  return joinAll(
    parts.map((part) => joinLeaves(part, depth + 1, ground)),
    byEnrolled,
  );
}

/** The tree of a year: inside each direction first, then the directions under what they lie in. There must be at least one. */
export function buildTree(ground: Ground): TreeNode {
  const below = groupBy(unitsOf(ground), (name) => ground.parentOf(name) ?? '');
  const own = new Set(ground.directions);
  const groupsIn = (parent: string): Group[] => (below.get(parent) ?? []).map(unitGroup);
  const unitGroup = (name: string): Group => {
    const mine = own.has(name) ? [joinLeaves(leavesIn(name, ground), 1, ground)] : [];
    return joinAll([...mine, ...groupsIn(name)], byHeadcount);
  };
  return joinAll(groupsIn(''), byHeadcount).node;
}

/** The directions, and those above them, where nobody may stand. */
function unitsOf({ directions, parentOf }: Ground): string[] {
  const units = new Set<string>();
  const add = (name: string | undefined): void => {
    if (name === undefined || units.has(name)) return;
    units.add(name);
    add(parentOf(name));
  };
  directions.forEach(add);
  return [...units].sort();
}
