/** What of an answer can be drawn: a column that names its rows, and columns of numbers after it. Pure. */
import { isNumeric } from '../answer-table.ts';
import type { SqlColumn } from '../job.ts';

export const DRAWN = ['bars', 'lines', 'none'] as const;
export type Drawn = (typeof DRAWN)[number];

export interface Shape {
  /** Name of the column that names the rows. */
  label: string;
  labels: string[];
  series: { name: string; values: (number | null)[] }[];
}

/** More cannot be told apart. */
const MOST = { rows: 60, series: 6 };

const NAMES = /^(VARCHAR|DATE|TIMESTAMP.*|BOOLEAN|ENUM\(.*)$/;

/** undefined where it cannot be drawn. Names are those of the table (each once). */
export function shapeOf(
  columns: readonly SqlColumn[],
  names: readonly string[],
  rows: readonly (readonly unknown[])[],
): Shape | undefined {
  if (rows.length < 2 || rows.length > MOST.rows) return undefined;
  const label = columns.findIndex(({ type }) => NAMES.test(type));
  if (label < 0) return undefined;
  const numeric = [...columns.keys()].filter((index) => index > label && isNumeric(columns[index]?.type ?? ''));
  const series = numeric.slice(0, MOST.series).map((index) => ({
    name: names[index] ?? '',
    values: rows.map((row) => finite(row[index])),
  }));
  const drawn = series.filter(({ values }) => values.some((value) => value !== null));
  if (drawn.length === 0) return undefined;
  return {
    label: names[label] ?? '',
    labels: rows.map((row) => (row[label] === null ? '–' : String(row[label]))),
    series: drawn,
  };
}

/** A decimal, and what is too large for JSON, comes as text; NaN cannot be drawn. */
function finite(value: unknown): number | null {
  const number = value === null ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : null;
}
