/** A Parquet file as DuckDB reads it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

export async function rowsOfParquet(bytes: Uint8Array): Promise<Record<string, unknown>[]> {
  const folder = await mkdtemp(join(tmpdir(), 'livret-test-'));
  const file = join(folder, 'table.parquet');
  await writeFile(file, bytes);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(`FROM '${file}'`)).getRowObjectsJS();
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(folder, { recursive: true });
  }
}
