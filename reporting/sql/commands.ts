/** `livret sql`, `livret extract`: what they do where the reports are. */
import { createReadStream } from 'node:fs';
import type { Reaching } from '../../lrs/index.ts';
import type { Command, CommandCall, Json } from '../../web/index.ts';
import { csvOf } from './csv.ts';
import type { SqlAnswer } from './run.ts';
import type { Extract, Sql } from './sql.ts';

/** Bytes of a line of an extract, before they are written in base64. */
const CHUNK = 256 * 1024;

/** Who asks, as it is noted: whoever sits at the console may read the store itself. */
const CONSOLE = 'console';

const EVERYWHERE: Reaching = { reach: 'all', directions: new Set() };

/**
 * `over` is 'cells' by default, or 'rows'. sql.run { sql, over?, csv? } gives { columns, rows, truncated, milliseconds }; with csv it emits the rows as a file instead, and
 * gives none. sql.extract { over? } emits the DuckDB file, and gives { bytes }. What is emitted is `{kind: 'bytes', base64}`.
 */
export function createSqlCommands(sql: Sql): Command[] {
  return [
    {
      name: 'sql.run',
      async run({ args, emit }) {
        const text = typeof args.sql === 'string' ? args.sql : '';
        const asking = { by: CONSOLE, sql: text };
        const answer = await (args.over === 'rows' ? sql.askRows(asking) : sql.askCells(EVERYWHERE, asking));
        if (args.csv !== true) return answered(answer);
        for await (const piece of await csvOf(answer, CONSOLE)) await emitBytes(piece, emit);
        return answered({ ...answer, rows: [] });
      },
    },
    {
      name: 'sql.extract',
      run({ args, emit }) {
        const take = (extract: Extract): Promise<Json> => send(extract, emit);
        return args.over === 'rows' ? sql.extractRows(CONSOLE, take) : sql.extractCells(EVERYWHERE, undefined, take);
      },
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
    await emitBytes(chunk as Buffer, emit);
  }
  return { bytes };
}

const emitBytes = (bytes: Uint8Array, emit: CommandCall['emit']): Promise<void> =>
  emit({ kind: 'bytes', base64: Buffer.from(bytes).toString('base64') });
