/** DuckDB writing a Parquet file, in a folder that is gone when it is done. */
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { refusalOf } from '../projection/failure.ts';
import { Turns } from '../turns.ts';

/** One after the other: each takes memory of the server's own. */
const turns = new Turns({ busy: 'report.busy', atOnce: 1, waiting: 8 });

export interface ParquetPlace {
  connection: DuckDBConnection;
  /** For what else has to be on disk. */
  folder: string;
  /** Path of the file to be written. */
  file: string;
}

/**
 * Gives the file once it is whole: a stream of what is on disk already, under no name any more. Rejects `report.busy` where too
 * many wait, `request.aborted` by the signal while it waits, and what `write` rejects.
 */
export async function parquetFile(
  write: (place: ParquetPlace) => Promise<void>,
  signal?: AbortSignal,
): Promise<Readable> {
  const leave = await turns.take(undefined, signal);
  try {
    const folder = await mkdtemp(join(tmpdir(), 'livret-parquet-'));
    try {
      const file = join(folder, 'table.parquet');
      await inDatabase(join(folder, 'rows.duckdb'), (connection) => write({ connection, folder, file }));
      return (await open(file)).createReadStream();
    } catch (error) {
      throw refusalOf(error);
    } finally {
      await rm(folder, { recursive: true });
    }
  } finally {
    leave();
  }
}

async function inDatabase(path: string, work: (connection: DuckDBConnection) => Promise<void>): Promise<void> {
  const instance = await DuckDBInstance.create(path, {
    threads: '1',
    memory_limit: '256MiB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  try {
    await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
