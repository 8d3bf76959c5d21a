/** A table as Parquet, written by DuckDB: typed columns, and the notes as metadata of the file. */
import type { Readable } from 'node:stream';
import { type DuckDBAppender, type DuckDBConnection, DuckDBDateValue, DuckDBTimestampTZValue } from '@duckdb/node-api';
import { DAY } from '../calendar/index.ts';
import { parquetFile } from './parquet-file.ts';
import { batches, type ColumnType, type Export, type ExportTable, type TypedCell, typedRows } from './table.ts';

const TYPES: Record<ColumnType, string> = {
  text: 'VARCHAR',
  number: 'DOUBLE',
  integer: 'BIGINT',
  percent: 'DOUBLE',
  date: 'DATE',
  instant: 'TIMESTAMP WITH TIME ZONE',
};

const BATCH = 10_000;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const named = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Rejects as parquetFile does, and TypeError (see typedRows). */
export function writeParquet(table: ExportTable, of: Export): Promise<Readable> {
  return parquetFile(async ({ connection, file }) => {
    await fill(connection, table);
    const options = `FORMAT parquet, COMPRESSION zstd, KV_METADATA {${metadataOf(table, of)}}`;
    await connection.run(`COPY rows TO ${quoted(file)} (${options})`);
  });
}

/** Keys of the metadata; a list is JSON. */
function metadataOf(table: ExportTable, { title, lang, definitions }: Export): string {
  const columns = table.columns.map(({ name, heading, unit, description }) => ({ name, heading, unit, description }));
  const metadata = {
    'livret.title': title,
    'livret.table': table.title,
    'livret.lang': lang,
    'livret.notes': JSON.stringify(table.notes),
    'livret.columns': JSON.stringify(columns),
    'livret.definitions': JSON.stringify(definitions),
  };
  return Object.entries(metadata)
    .map(([key, value]) => `${quoted(key)}: ${quoted(value)}`)
    .join(', ');
}

async function fill(connection: DuckDBConnection, table: ExportTable): Promise<void> {
  const columns = table.columns.map(({ name, type }) => `${named(name)} ${TYPES[type]}`);
  await connection.run(`CREATE TABLE rows (${columns.join(', ')})`);
  for await (const batch of batches(typedRows(table), BATCH)) {
    const appender = await connection.createAppender('rows');
    for (const row of batch) {
      for (const each of row) append(appender, each);
      appender.endRow();
    }
    appender.closeSync();
  }
}

function append(appender: DuckDBAppender, typed: TypedCell): void {
  if (typed.kind === 'empty') appender.appendNull();
  else if (typed.kind === 'text') appender.appendVarchar(typed.text);
  else if (typed.kind === 'integer') appender.appendBigInt(BigInt(typed.number));
  else if (typed.kind === 'date') appender.appendDate(new DuckDBDateValue(typed.ms / DAY));
  else if (typed.kind === 'instant') appender.appendTimestampTZ(new DuckDBTimestampTZValue(BigInt(typed.ms) * 1000n));
  else appender.appendDouble(typed.number);
}
