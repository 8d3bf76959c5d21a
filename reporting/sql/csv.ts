/** The answer of a query as CSV, for programs. */
import { type ExportRow, type ExportTable, writeCsv } from '../exports/index.ts';
import type { SqlAnswer } from './run.ts';

/** Gives the file in pieces. Lists and the like are in it as JSON. */
export const csvOf = (answer: SqlAnswer): AsyncGenerator<Uint8Array> =>
  writeCsv(tableOf(answer), { lang: 'en', dialect: 'program' });

function tableOf({ columns, rows }: SqlAnswer): ExportTable {
  const values = rows.map((row): unknown[] => JSON.parse(row));
  const names = distinct(columns.map(({ name }) => name));
  // What does not fit into a number, NaN for one, comes as text, and its whole column so.
  const types = columns.map((_, index) =>
    values.every((row) => row[index] === null || typeof row[index] === 'number') ? 'number' : 'text',
  );
  return {
    name: 'sql',
    title: 'SQL',
    columns: names.map((name, index) => ({ name, heading: name, type: types[index] ?? 'text', description: '' })),
    rows: values.map((row): ExportRow => row.map((value, index) => cellOf(value, types[index] === 'number'))),
    notes: [],
  };
}

function cellOf(value: unknown, number: boolean): string | number | null {
  if (value === null) return null;
  if (number) return Number(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** DuckDB lets two columns have one name. */
function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${name}_${n}`;
    taken.add(free.toLowerCase());
    return free;
  });
}
