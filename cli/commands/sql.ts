/** `livret sql QUERY`, `livret extract FILE` */
import type { Json } from '../../web/index.ts';
import { call } from '../call.ts';
import { complain, count, print, printJson, printTable } from '../console.ts';
import { bytesTo, writeFileOut, writeOut } from '../file-out.ts';

interface SqlCommandOptions {
  over: string;
  json?: boolean;
  csv?: boolean;
}

interface Answer {
  columns: { name: string; type: string }[];
  rows: Json[][];
  truncated: boolean;
  milliseconds: number;
}

/** Prints a table; what says how it went goes to standard error. */
export async function askSql(sql: string, { over, json, csv }: SqlCommandOptions): Promise<void> {
  const answer = (await call('sql.run', { sql, over, csv }, { emit: bytesTo(writeOut) })) as unknown as Answer;
  if (json) printJson(answer);
  else if (!csv) {
    const headings = answer.columns.map(({ name }) => name);
    printTable(
      headings,
      answer.rows.map((row) => row.map(show)),
    );
  }
  if (answer.truncated) complain('There are more rows than are given.');
}

const show = (value: Json): string => {
  if (value === null) return '-';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

export async function writeExtract(
  path: string,
  { over, force = false }: { over: string; force?: boolean },
): Promise<void> {
  const written = await writeFileOut(path, force, (emit) => call('sql.extract', { over }, { emit }));
  if (path !== '-') print(`${count((written as { bytes: number }).bytes)} bytes in ${path}`);
}
