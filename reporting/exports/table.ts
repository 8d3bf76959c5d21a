/** The one shape that every file is written from: what a report gives, typed and described, in one language. Pure. */
import type { Language } from '../../web/index.ts';

/**
 * percent: a fraction, 0.42 for 42 %, on every way out. date: 'YYYY-MM-DD'. instant: ISO 8601 with a zone, such as
 * '2021-12-31T23:00:00Z'. integer: within ±2^53.
 */
export type ColumnType = 'text' | 'number' | 'integer' | 'percent' | 'date' | 'instant';

export interface ExportColumn {
  /** For programs, the same in every language; no two of a table differ in case alone. */
  name: string;
  /** For people. */
  heading: string;
  type: ColumnType;
  unit?: string;
  description: string;
  /** What people read where programs are given a code. */
  spell?(code: string): string;
}

/** One value a column; null is « no figure », whichever of the empties it is. */
export type ExportRow = readonly (string | number | null)[];

export interface Labelled {
  label: string;
  value: string;
}

export interface ExportTable {
  /** Of the sheet and the file, e.g. 'completion'. */
  name: string;
  title: string;
  columns: readonly ExportColumn[];
  /** May be made as they are asked for: CSV and Parquet never hold them all. */
  rows: Iterable<ExportRow> | AsyncIterable<ExportRow>;
  /** Freshness (« données au … »), period, θ, k, formula, source… */
  notes: readonly Labelled[];
}

export interface Export {
  title: string;
  lang: Language;
  /** One at least. */
  tables: readonly ExportTable[];
  definitions: readonly Labelled[];
}

/** The table as people read it: words where a column has codes. */
export const spelled = (table: ExportTable): ExportTable =>
  table.columns.some(({ spell }) => spell) ? { ...table, rows: spelledRows(table) } : table;

async function* spelledRows({ columns, rows }: ExportTable): AsyncGenerator<ExportRow> {
  for await (const row of rows)
    yield row.map((value, i) => (typeof value === 'string' ? (columns[i]?.spell?.(value) ?? value) : value));
}

/** What a column is called for people: with its unit. */
export const headingOf = ({ heading, unit }: ExportColumn): string => (unit ? `${heading} (${unit})` : heading);

/** A value as its column says it is: what a file format writes without asking again. */
export type TypedCell =
  | { kind: 'empty' }
  | { kind: 'text'; text: string }
  | { kind: 'number'; number: number }
  | { kind: 'integer'; number: number }
  | { kind: 'percent'; number: number }
  /** Milliseconds since 1970 of its midnight, as if it were UTC. */
  | { kind: 'date'; text: string; ms: number }
  | { kind: 'instant'; text: string; ms: number };

const EMPTY: TypedCell = { kind: 'empty' };
const DAY = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** Throws TypeError where a value is not of its column's type: a wrong figure must never leave as another one. */
function typed(column: ExportColumn, value: string | number | null | undefined): TypedCell {
  const { type, name } = column;
  const wrong = (): TypeError => new TypeError(`${name}: ${String(value).slice(0, 40)} is no ${type}.`);
  if (value === null) return EMPTY;
  if (type === 'number' || type === 'integer' || type === 'percent') {
    const fits = type === 'integer' ? Number.isSafeInteger(value) : Number.isFinite(value);
    if (typeof value !== 'number' || !fits) throw wrong();
    // -0 is a number nobody expects to read.
    return { kind: type, number: value === 0 ? 0 : value };
  }
  if (typeof value !== 'string') throw wrong();
  // Half a surrogate pair cannot be written in UTF-8.
  if (type === 'text') return { kind: 'text', text: Buffer.from(value).toString() };
  const ms = (type === 'date' ? DAY : INSTANT).test(value) ? Date.parse(value) : Number.NaN;
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(ms) || (type === 'date' && new Date(ms).toISOString().slice(0, 10) !== value)) throw wrong();
  return { kind: type, text: type === 'date' ? value : new Date(ms).toISOString(), ms };
}

/** The rows of a table as typed cells. Throws TypeError where one does not fit the columns, or two columns have one name. */
export async function* typedRows({ name, columns, rows }: ExportTable): AsyncGenerator<TypedCell[]> {
  if (new Set(columns.map((column) => column.name.toLowerCase())).size < columns.length)
    throw new TypeError(`${name}: two columns have one name.`);
  for await (const row of rows) {
    if (row.length !== columns.length)
      throw new TypeError(`${name}: ${row.length} cells in ${columns.length} columns.`);
    yield columns.map((column, i) => typed(column, row[i]));
  }
}

/** Lists of so many, so that what is done for each row alone is done for many at once. */
export async function* batches<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
