/** `livret sql`, `livret extract`: what they do where the reports are. */
import { createReadStream } from 'node:fs';
import type { Reaching } from '../../lrs/index.ts';
import type { Command, CommandCall, Json } from '../../web/index.ts';
import type { SqlAnswer } from './run.ts';
import type { Extract, Sql } from './sql.ts';

/** Bytes of a line of an extract, before they are written in base64. */
const CHUNK = 256 * 1024;

const EVERYWHERE: Reaching = { reach: 'all', directions: new Set() };

/**
 * sql.run { sql } gives { columns, rows, truncated, milliseconds }. sql.extract emits the DuckDB file as
 * `{kind: 'bytes', base64}` and gives { bytes }. Both are of the published cells.
 */
export function createSqlCommands(sql: Sql): Command[] {
  return [
    {
      name: 'sql.run',
      async run({ args }) {
        const text = typeof args.sql === 'string' ? args.sql : '';
        return answered(await sql.askCells(EVERYWHERE, text));
      },
    },
    {
      name: 'sql.extract',
      run: ({ emit }) => sql.extractCells(EVERYWHERE, undefined, (extract) => send(extract, emit)),
    },
  ];
}

const answered = ({ columns, rows, truncated, milliseconds }: SqlAnswer): Json => ({
  columns: columns.map(({ name, type }) => ({ name, type })),
  rows: rows.map((row): Json => JSON.parse(row)),
  truncated,
  milliseconds: Math.round(milliseconds),
});

async function send({ path, bytes }: Extract, emit: CommandCall['emit']): Promise<Json> {
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
    await emit({ kind: 'bytes', base64: (chunk as Buffer).toString('base64') });
  }
  return { bytes };
}
