/** Atoms (published-cells.md, rules 2 and 3): the smallest groups that anything is said about, for one period. */
import { directionsOf, type Ground, type Leaf, leavesOf, type TreeNode, union } from './tree.ts';

export interface AtomRule extends Pick<Ground, 'contributors' | 'headcount'> {
  /** The fewest people that a figure may be about. */
  minimum: number;
  /** Sets of directions in which somebody sees names (a correspondent's); each takes what they know away from a sum. */
  perimeters: readonly ReadonlySet<string>[];
}

/** A node of the tree with the people in it. */
interface Group {
  leaves: Leaf[];
  people: ReadonlySet<string>;
  children: readonly Group[];
}

function groupOf(node: TreeNode, rule: AtomRule): Group {
  if ('leaf' in node) return { leaves: [node.leaf], people: rule.contributors(node.leaf), children: [] };
  const children = node.children.map((child) => groupOf(child, rule));
  return { leaves: leavesOf(node), people: union(children.map((child) => child.people)), children };
}

/** Enough contributors; or none at all, where that says something about enough people. */
function isLargeEnough(people: number, leaves: readonly Leaf[], rule: AtomRule): boolean {
  return people === 0 ? rule.headcount(leaves) >= rule.minimum : people >= rule.minimum;
}

/** Rule 3: whoever subtracts the names they see from the atom's figure is left with enough others, or with nothing of it. */
export function standsPerimeters(leaves: readonly Leaf[], rule: AtomRule): boolean {
  // Nobody's perimeter cuts through a direction.
  if (rule.perimeters.length === 0 || directionsOf(leaves).length === 1) return true;
  return rule.perimeters.every((perimeter) => {
    const inside = leaves.filter(([direction]) => perimeter.has(direction));
    if (inside.length === 0 || inside.length === leaves.length) return true;
    const outside = leaves.filter(([direction]) => !perimeter.has(direction));
    const others = union(outside.map(rule.contributors));
    if (others.size === 0) return isLargeEnough(0, outside, rule);
    return unnamedIn(others, union(inside.map(rule.contributors))) >= rule.minimum;
  });
}

/** Of people outside a perimeter those whom its correspondent does not know by name from inside it as well. */
export const unnamedIn = (outside: ReadonlySet<string>, inside: ReadonlySet<string>): number =>
  [...outside].filter((person) => !inside.has(person)).length;

/** That nobody of a direction is in a parcours is said once, and not of each service. */
const isSettled = ({ people, leaves }: Group): boolean =>
  people.size === 0 && new Set(leaves.map(([direction, parcours]) => JSON.stringify([direction, parcours]))).size === 1;

function split(group: Group, rule: AtomRule): Group[] {
  const every = group.children.every((child) => isLargeEnough(child.people.size, child.leaves, rule));
  if (group.children.length === 0 || !every || isSettled(group)) return [group];
  const parts = group.children.flatMap((child) => split(child, rule));
  return parts.every(({ leaves }) => standsPerimeters(leaves, rule)) ? parts : [group];
}

/** The atoms of a tree, each as its leaves: disjoint, and all leaves together. None when the whole is too small. */
export function atomsOf(tree: TreeNode, rule: AtomRule): Leaf[][] {
  const root = groupOf(tree, rule);
  if (!isLargeEnough(root.people.size, root.leaves, rule)) return [];
  const atoms = split(root, rule).map(({ leaves }) => leaves);
  return atoms.every((leaves) => standsPerimeters(leaves, rule)) ? atoms : [];
}
