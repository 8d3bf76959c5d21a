/**
 * Figures of whole atoms (rules 4 and 6): the one place where values of people become numbers that leave.
 *
 * Rule 6's rounding of behaviour counts and its printed grid for quartiles belong into `figuresOf`, once there are
 * metrics of counts and shares: there every figure passes, atom by atom.
 */
import type { Contribution, Metric } from '../metrics/metric.ts';
import type { Cell } from './records.ts';
import { directionsOf, type Leaf } from './tree.ts';

export interface Atom {
  leaves: readonly Leaf[];
  members: readonly Contribution[];
}

/** Quartiles are given from this many times the least number of people on. */
const QUARTILE_FACTOR = 4;

/** Distinct people among some contributions. */
export const peopleOf = (contributions: readonly Contribution[]): Set<string> =>
  new Set(contributions.map(({ person }) => person));

export const quartileMinimum = (minimum: number): number => QUARTILE_FACTOR * minimum;

function figuresOf(members: readonly Contribution[], metric: Metric, minimum: number): Omit<Cell, 'directions'> {
  const people = peopleOf(members).size;
  const given = metric.figures.map((spec) => ({ spec, isGiven: !spec.quartile || people >= quartileMinimum(minimum) }));
  const figures = given.map(({ spec, isGiven }) => [spec.name, isGiven ? spec.of(members) : null]);
  const withheld = people === 0 ? [] : given.filter(({ isGiven }) => !isGiven).map(({ spec }) => spec.name);
  return { figures: Object.fromEntries(figures), withheld };
}

/** The cell of these atoms together. */
export function cellOf(atoms: readonly Atom[], metric: Metric, minimum: number): Cell {
  const directions = directionsOf(atoms.flatMap(({ leaves }) => leaves));
  return {
    directions,
    ...figuresOf(
      atoms.flatMap(({ members }) => members),
      metric,
      minimum,
    ),
  };
}

/**
 * One cell a direction: the union of its atoms. Directions that share an atom share the cell; every direction of the
 * tree is in exactly one.
 */
export function cellsByDirection(atoms: readonly Atom[], metric: Metric, minimum: number): Cell[] {
  const groups = new Map<string, Atom[]>();
  for (const atom of atoms) {
    // An atom is a node of the tree: part of one direction, or several whole ones.
    const key = JSON.stringify(directionsOf(atom.leaves));
    groups.set(key, [...(groups.get(key) ?? []), atom]);
  }
  return [...groups.values()].map((group) => cellOf(group, metric, minimum));
}
