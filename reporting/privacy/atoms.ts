/** Atoms (published-cells.md, rules 2 and 3): the smallest groups that anything is said about, for one period. */
import { directionsOf, type Leaf, leavesOf, type TreeNode } from './tree.ts';

export interface AtomRule {
  /** The fewest people that a figure may be about. */
  minimum: number;
  /** The distinct contributors of a leaf, by internal id. */
  contributors(leaf: Leaf): ReadonlySet<string>;
  /** Distinct people of directions on the period's last day, whether they contributed or not. */
  headcount(directions: readonly string[]): number;
  /** Sets of directions in which somebody sees names (a correspondent's); each takes what they know away from a sum. */
  perimeters: readonly ReadonlySet<string>[];
}

/** A node of the tree with the people in it. */
interface Group {
  leaves: Leaf[];
  people: ReadonlySet<string>;
  children: readonly Group[];
}

function union(sets: Iterable<ReadonlySet<string>>): Set<string> {
  const all = new Set<string>();
  for (const set of sets) for (const one of set) all.add(one);
  return all;
}

function groupOf(node: TreeNode, rule: AtomRule): Group {
  if ('leaf' in node) return { leaves: [node.leaf], people: rule.contributors(node.leaf), children: [] };
  const children = node.children.map((child) => groupOf(child, rule));
  return { leaves: leavesOf(node), people: union(children.map((child) => child.people)), children };
}

/** Enough contributors; or none at all, where that says something about enough people. */
function isLargeEnough(people: number, leaves: readonly Leaf[], rule: AtomRule): boolean {
  return people === 0 ? rule.headcount(directionsOf(leaves)) >= rule.minimum : people >= rule.minimum;
}

/** Rule 3: whoever subtracts the names they see from the atom's figure is left with enough others, or with nothing of it. */
function standsPerimeters({ leaves }: Group, rule: AtomRule): boolean {
  return rule.perimeters.every((perimeter) => {
    const inside = leaves.filter(([direction]) => perimeter.has(direction));
    const outside = leaves.filter(([direction]) => !perimeter.has(direction));
    if (inside.length === 0 || outside.length === 0) return true;
    const named = union(inside.map(rule.contributors));
    const unnamed = [...union(outside.map(rule.contributors))].filter((person) => !named.has(person));
    return isLargeEnough(unnamed.length, outside, rule);
  });
}

function split(group: Group, rule: AtomRule): Group[] {
  const every = group.children.every((child) => isLargeEnough(child.people.size, child.leaves, rule));
  if (group.children.length === 0 || !every) return [group];
  const parts = group.children.flatMap((child) => split(child, rule));
  return parts.every((part) => standsPerimeters(part, rule)) ? parts : [group];
}

/** The atoms of a tree, each as its leaves: disjoint, and all leaves together. None when the whole is too small. */
export function atomsOf(tree: TreeNode, rule: AtomRule): Leaf[][] {
  const root = groupOf(tree, rule);
  if (!isLargeEnough(root.people.size, root.leaves, rule)) return [];
  const atoms = split(root, rule);
  return atoms.every((atom) => standsPerimeters(atom, rule)) ? atoms.map((atom) => atom.leaves) : [];
}
