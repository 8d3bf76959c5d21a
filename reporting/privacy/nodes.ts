/**
 * Groups of 4k people (rule 6). Quartiles are of nodes of the tree alone, and cannot be added. Histograms can: they are
 * given of blocks, into which the tree is divided as into atoms, with the fourfold number, so that none is found by
 * subtraction.
 */
import type { Metric } from '../metrics/metric.ts';
import { type Atom, contributionsAt, type Member, peopleOf } from './members.ts';
import { allQuartilesOf } from './quartiles.ts';
import type { NodeRecord, Row } from './records.ts';
import { type Leaf, leavesOf, type TreeNode } from './tree.ts';

/** A node of the tree at or above its atoms, by the places of those it holds. */
export interface RowTree extends Row {
  children: readonly RowTree[];
}

/** The tree down to its atoms, which are in its order. */
export function rowsOf(tree: TreeNode, atoms: readonly (readonly Leaf[])[]): RowTree {
  let next = 0;
  const walk = (node: TreeNode): RowTree => {
    // Going down to the left, the first node of an atom's size is that atom.
    if ('leaf' in node || atoms[next]?.length === leavesOf(node).length)
      return { from: next, end: ++next, children: [] };
    const from = next;
    return { from, children: node.children.map(walk), end: next };
  };
  return walk(tree);
}

const membersIn = (atoms: readonly Atom[], { from, end }: Row): Member[] =>
  atoms.slice(from, end).flatMap(({ members }) => members);

/** Quartiles, at a horizon, of every node with at least so many people. */
export function nodesOf(
  rows: RowTree,
  atoms: readonly Atom[],
  metric: Metric,
  minimum: number,
  horizon: number,
): NodeRecord[] {
  if (!metric.figures.some(({ kind }) => kind === 'quartiles')) return [];
  const members = membersIn(atoms, rows);
  if (peopleOf(members).size < minimum) return [];
  const { from, end, children } = rows;
  const own = { from, end, quartiles: allQuartilesOf(contributionsAt(members, horizon), metric) };
  return [own, ...children.flatMap((child) => nodesOf(child, atoms, metric, minimum, horizon))];
}

/** None where there are fewer people than that in all. */
export function blocksOf(rows: RowTree, atoms: readonly Atom[], minimum: number): Row[] {
  const people = (row: Row): number => peopleOf(membersIn(atoms, row)).size;
  const split = ({ from, end, children }: RowTree): Row[] => {
    const counts = children.map(people);
    const every = counts.length > 0 && counts.every((count) => count === 0 || count >= minimum);
    return every ? children.flatMap(split) : [{ from, end }];
  };
  return people(rows) < minimum ? [] : split(rows);
}
