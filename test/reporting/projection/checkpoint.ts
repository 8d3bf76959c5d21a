/** DuckDB's automatic checkpoint, made to meet a full disk. */
import { spawnSync } from 'node:child_process';
import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { SmallDisk } from '../../faults/small-disk.ts';

/** Bytes of its log at which DuckDB writes a checkpoint, less those of some statements. */
const NEARLY_DUE = 2 ** 24 - 50_000;

/** Bytes enough for the log of some statements, and too few for a checkpoint of NEARLY_DUE. */
const LEFT = 2 ** 20;

/** Fills the log of a file that nobody has open, so that the next statements that are read come to a checkpoint. */
export async function bringCheckpointNear(file: string): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run('PRAGMA disable_checkpoint_on_shutdown; CREATE TABLE ballast (id UUID)');
  do await connection.run('INSERT INTO ballast SELECT uuid() FROM range(1000)');
  while ((await stat(`${file}.wal`)).size < NEARLY_DUE);
  connection.closeSync();
  instance.closeSync();
}

/** Leaves room for the log, and none for the checkpoint. */
export async function fillButForLog({ folder, fill }: SmallDisk): Promise<void> {
  const reserve = join(folder, 'reserve');
  await writeFile(reserve, Buffer.alloc(LEFT));
  await fill();
  await rm(reserve);
}

const OPEN = `
  import { DuckDBInstance } from '@duckdb/node-api';
  await DuckDBInstance.create(process.argv[1]);`;

/** What another process is told that opens the file. */
export function openElsewhere(file: string): string {
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', OPEN, file], { encoding: 'utf8' });
  return child.stderr;
}
