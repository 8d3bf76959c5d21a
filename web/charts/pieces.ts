/** Five equal steps of round width that hold all values, and the names of those that hold any place between them. */
import { type ChartBase, writer } from './chart.ts';

const STEPS = 5;
const ROUND = [1, 2, 2.5, 3, 4, 5, 6, 8, 10];

export interface Pieces {
  /** « 0 – 20 % » and so on, from the lowest to the highest. */
  names: string[];
  /** Which step a value lies on, from 1. */
  of(value: number): number;
}

/** What a heat map is drawn of. */
interface Valued extends ChartBase {
  values: readonly (readonly (number | null)[])[];
}

export function piecesOf(chart: Valued): Pieces {
  const numbers = chart.values.flat().filter((value) => value !== null);
  if (numbers.length === 0) return { names: [], of: () => 1 };
  const [lowest, highest] = [Math.min(0, ...numbers), Math.max(...numbers)];
  return numbers.every(Number.isInteger) && !chart.percent
    ? ofWhole(chart, lowest, highest)
    : ofAny(chart, lowest, highest);
}

function ofAny(chart: Valued, lowest: number, highest: number): Pieces {
  const width = roundUp((highest - lowest) / STEPS || 1);
  const from = Math.floor(lowest / width) * width;
  const write = writer({ ...chart, digits: digitsOf(width * (chart.percent ? 100 : 1)) });
  const bound = (step: number) => write(from + step * width);
  return {
    names: Array.from({ length: STEPS }, (_, step) => `${bound(step)} – ${bound(step + 1)}`),
    of: (value) => stepOf((value - from) / width),
  };
}

/** « 0 – 7 », « 8 – 15 »: no number stands in two; none above all values. */
function ofWhole(chart: Valued, lowest: number, highest: number): Pieces {
  const width = Math.ceil(roundUp(Math.max(1, (highest - lowest + 1) / STEPS)));
  const from = Math.floor(lowest / width) * width;
  const write = writer({ ...chart, digits: 0 });
  const names = Array.from({ length: STEPS }, (_, step) => from + step * width)
    .filter((first) => first <= highest)
    .map((first) => (width === 1 ? write(first) : `${write(first)} – ${write(first + width - 1)}`));
  return { names, of: (value) => stepOf((value - from) / width) };
}

const stepOf = (widths: number): number => Math.min(STEPS, Math.max(1, Math.floor(widths + 1e-9) + 1));

/** Decimals that a bound needs: its width has at most two figures. */
const digitsOf = (width: number): number => Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(width) + 1e-9)));

/** The next number that reads well: 0.17 → 0.2, 34 → 40. */
function roundUp(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  const factor = ROUND.find((each) => each >= width / power - 1e-9) ?? 10;
  return factor * power;
}
