/** A figure with its uncertainty, from what is published alone. Pure. */
import type { AnswerCell } from '../answer.ts';
import { ROUNDING } from '../privacy/index.ts';

export interface Estimate {
  value: number;
  /** Bounds of its 95 % interval; of a count of all people there is none. */
  low: number;
  high: number;
}

/** `minimum`: the fewest people an atom of the cell has. Gives nothing where the cell does not give what it needs. */
export type Estimator = (cell: AnswerCell, minimum: number) => Estimate | undefined;

/** The 0.975 quantile of the normal distribution. */
const Z = 1.959963984540054;

const numberIn = (cell: AnswerCell, name: string): number | undefined => {
  const value = cell[name];
  return typeof value === 'number' ? value : undefined;
};

/** A mean and its margin (Student). */
export const meanOf =
  (name: string): Estimator =>
  (cell) => {
    const [value, margin] = [numberIn(cell, name), numberIn(cell, `${name}Margin`)];
    if (value === undefined || margin === undefined) return undefined;
    return { value, low: value - margin, high: value + margin };
  };

/**
 * A mean of shares: no bound of its interval is one that a share cannot have. Where all are 0 or 1 the margin is half of
 * Wilson's interval (meanOfSharesMargin), which then lies on one side.
 */
export const meanShareOf =
  (name: string): Estimator =>
  (cell, minimum) => {
    const mean = meanOf(name)(cell, minimum);
    if (!mean) return undefined;
    const { value, low, high } = mean;
    if (value === 0 || value === 1)
      return { value, low: Math.max(0, 2 * low - value), high: Math.min(1, 2 * high - value) };
    return { value, low: Math.max(0, low), high: Math.min(1, high) };
  };

/** The difference of two means of the same people; as if they were independent, which is too wide where they go together. */
export const differenceOf =
  (name: string, less: string): Estimator =>
  (cell) => {
    const [one, other] = [name, less].map((each) => meanOf(each)(cell, 1));
    if (!one || !other) return undefined;
    const value = one.value - other.value;
    const margin = Math.hypot(one.high - one.value, other.high - other.value);
    return { value, low: value - margin, high: value + margin };
  };

/**
 * A median: ± 1.96 · 1.25 · IQR ÷ (1.35 · √n), from the quartiles that are published (McGill, Tukey, Larsen 1978,
 * "Variations of box plots").
 */
export const medianOf =
  (name: string, people: string): Estimator =>
  (cell) => {
    const [q1, value, q3, n] = [`${name}Q1`, `${name}Median`, `${name}Q3`, people].map((each) => numberIn(cell, each));
    if (q1 === undefined || value === undefined || q3 === undefined || !n) return undefined;
    const margin = (Z * 1.25 * (q3 - q1)) / (1.35 * Math.sqrt(n));
    return { value, low: value - margin, high: value + margin };
  };

/** Some over all, with Wilson's interval (1927). */
export const shareOf =
  (of: string, over: readonly string[]): Estimator =>
  (cell) => {
    const count = numberIn(cell, of);
    const parts = over.map((name) => numberIn(cell, name) ?? 0);
    const n = parts.reduce((sum, part) => sum + part, 0);
    if (count === undefined || n === 0) return undefined;
    return wilson(Math.min(1, count / n), n);
  };

/**
 * Some of some and others, both drawn to multiples of ROUNDING in each atom (draw.ts). A draw is right on average and has a
 * variance of at most 2 an atom, independent of the other's; that of the share which follows from it, at most
 * 2 · atoms · (p² + (1 − p)²) ÷ n², goes to the bounds beside Wilson's.
 */
export const roundedShareOf =
  (some: string, others: string): Estimator =>
  (cell, minimum) => {
    const [one, other] = [numberIn(cell, some), numberIn(cell, others)];
    if (one === undefined || other === undefined || one + other === 0) return undefined;
    const n = one + other;
    const { value, low, high } = wilson(one / n, n);
    const drawn = (Z / n) * Math.sqrt(DRAW_VARIANCE * mostAtoms(cell, minimum) * (value ** 2 + (1 - value) ** 2));
    const [below, above] = [value - low, high - value].map((half) => Math.hypot(half, drawn));
    return { value, low: Math.max(0, value - (below ?? 0)), high: Math.min(1, value + (above ?? 0)) };
  };

/** Of a count with a rest of 1 or 2: rest · (ROUNDING − rest). */
const DRAW_VARIANCE = ROUNDING - 1;

/**
 * The most atoms that a cell can have, which it does not tell: each has at least the minimum of people, shown as a multiple of
 * ROUNDING and perhaps as the one below, and one combination of places at least.
 */
function mostAtoms(cell: AnswerCell, minimum: number): number {
  const places = [cell.directions, cell.parcours, cell.services, cell.sites];
  // One more of what a leaf may be without.
  const leaves = places.reduce((product, { length }, at) => product * (at === 0 ? Math.max(1, length) : length + 1), 1);
  const fewest = Math.max(1, minimum - (minimum % ROUNDING));
  return Math.max(1, Math.min(leaves, Math.floor((numberIn(cell, 'n') ?? Number.POSITIVE_INFINITY) / fewest)));
}

function wilson(value: number, n: number): Estimate {
  const centre = (value + (Z * Z) / (2 * n)) / (1 + (Z * Z) / n);
  const half = (Z / (1 + (Z * Z) / n)) * Math.sqrt((value * (1 - value)) / n + (Z * Z) / (4 * n * n));
  return { value, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
