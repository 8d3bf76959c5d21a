/** The answer of a query as a table to export: typed by what DuckDB says of its columns, and exact. */
import type { ColumnType, ExportColumn, ExportRow, ExportTable, Labelled } from '../exports/index.ts';
import type { SqlColumn } from './job.ts';
import type { SqlAnswer } from './run.ts';

/** Lists and the like are JSON in it. */
export function tableOf({ columns, rows }: Pick<SqlAnswer, 'columns' | 'rows'>, notes: Labelled[] = []): ExportTable {
  const values = rows.map((row): unknown[] => JSON.parse(row));
  const names = distinct(columns.map(({ name }) => name));
  const types = columns.map((column, index) => typeOf(column, values, index));
  const exported = columns.map(({ type }, index): ExportColumn => {
    const name = names[index] ?? '';
    return { name, heading: name, type: types[index] ?? 'text', description: type };
  });
  return {
    name: 'sql',
    title: 'SQL',
    columns: exported,
    rows: values.map((row): ExportRow => row.map((value, index) => cellOf(value, types[index] ?? 'text'))),
    notes,
  };
}

const INTEGER = /^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/;
const NUMBER = /^(FLOAT|DOUBLE|DECIMAL\(.+\))$/;

export const isNumeric = (type: string): boolean => INTEGER.test(type) || NUMBER.test(type);

/** What a whole column can be without a value of it becoming another one; text, which is exact, where it cannot. */
function typeOf({ type }: SqlColumn, values: readonly unknown[][], index: number): ColumnType {
  const all = (fits: (value: unknown) => boolean): boolean =>
    values.every((row) => row[index] === null || fits(row[index]));
  if (INTEGER.test(type)) return all(Number.isSafeInteger) ? 'integer' : 'text';
  if (NUMBER.test(type)) return all((value) => numberOf(value) !== undefined) ? 'number' : 'text';
  if (type === 'DATE') return all((value) => DAY.test(String(value))) ? 'date' : 'text';
  if (INSTANT_TYPES.includes(type)) return all((value) => INSTANT.test(String(value))) ? 'instant' : 'text';
  return 'text';
}

/** Those without a zone are UTC in what is published. */
const INSTANT_TYPES: readonly string[] = ['TIMESTAMP', 'TIMESTAMP_S', 'TIMESTAMP_MS'];
const DAY = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,3})?$/;

/** The number that a value is, if it is just that: NaN and a decimal of too many digits come as text. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^-?\d+(\.\d+)?$/.test(value)) return undefined;
  const digits = value.replace(/\D/g, '').replace(/^0+/, '').length;
  return digits <= 15 ? Number(value) : undefined;
}

function cellOf(value: unknown, type: ColumnType): string | number | null {
  if (value === null) return null;
  if (type === 'integer' || type === 'number') return Number(value);
  if (type === 'instant') return `${String(value).replace(' ', 'T')}Z`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** DuckDB lets two columns have one name. */
export function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>();
  // Where to look on, of each name: from the beginning a thousand equal ones would be looked for half a million times.
  const next = new Map<string, number>();
  return names.map((name) => {
    const same = name.toLowerCase();
    let free = name;
    let n = next.get(same) ?? 2;
    for (; taken.has(free.toLowerCase()); n++) free = `${name}_${n}`;
    next.set(same, n);
    taken.add(free.toLowerCase());
    return free;
  });
}
