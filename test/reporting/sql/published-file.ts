/** A small published file to ask. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** A folder with `published.duckdb` in it, which holds what the SQL makes; `remove` takes both away. */
export async function publishedFile(sql: string) {
  const folder = await mkdtemp(join(tmpdir(), 'livret-sql-'));
  const file = join(folder, 'published.duckdb');
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
  return { folder, file, remove: () => rm(folder, { recursive: true }) };
}
