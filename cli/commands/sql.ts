/** `livret sql QUERY`, `livret extract FILE` */
import { once } from 'node:events';
import { BackupFile } from '../../lrs/index.ts';
import type { Json } from '../../web/index.ts';
import { call } from '../call.ts';
import { complain, count, print, printJson, printTable } from '../console.ts';

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
  const file = await BackupFile.create(path, { replace: force });
  try {
    const emit = bytesTo((bytes) => file.write(bytes));
    const { bytes } = (await call('sql.extract', { over }, { emit })) as { bytes: number };
    await file.finish();
    print(`${count(bytes)} bytes in ${path}`);
  } catch (error) {
    await file.abandon();
    throw error;
  }
}

/** Takes the lines in which a command sends a file. */
const bytesTo =
  (take: (bytes: Uint8Array) => Promise<void>) =>
  async (line: Json): Promise<void> => {
    const { base64 } = line as { base64: string };
    await take(Buffer.from(base64, 'base64'));
  };

async function writeOut(bytes: Uint8Array): Promise<void> {
  if (!process.stdout.write(bytes)) await once(process.stdout, 'drain');
}
