/** A copy of the store's file as of one moment: read at leisure, while the store itself goes on being written. */
import { closeSync, openSync, rmSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from '@photostructure/sqlite';
import { LivretError } from '../../errors.ts';
import { type Database, openForReading } from './schema.ts';

/** Most that is left to those who write meanwhile; as much again as the store has, where that is less. */
const SPARE_BYTES = 64 * 2 ** 20;
const MEBIBYTE = 2 ** 20;

/**
 * Copies page by page in one go: only so long does a reader hold the log back. Rejects with LivretError
 * store.unavailable where there is no room; nothing is left then.
 */
export async function copyStore(file: string, copy: string): Promise<Database> {
  const source = openForReading(file);
  try {
    checkRoom(source, dirname(copy));
    closeSync(openSync(copy, 'wx', 0o600));
    // Every page in one step: begun anew at each commit, it would never end beside a busy writer.
    await backup(source, copy, { rate: -1 });
    const database = new DatabaseSync(copy);
    // Nobody else has it, and it is thrown away: no log, no waiting for the disk.
    database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;');
    return database;
  } catch (error) {
    removeDatabase(copy);
    throw isFull(error) ? noRoom('The disk is full.', error) : error;
  } finally {
    source.close();
  }
}

/** The file, and what SQLite keeps beside it. */
export function removeDatabase(file: string): void {
  for (const part of ['', '-journal', '-wal', '-shm']) rmSync(`${file}${part}`, { force: true });
}

function checkRoom(source: Database, folder: string): void {
  const { bytes } = source
    .prepare('SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size')
    .get() as { bytes: number };
  const { bavail, bsize } = statfsSync(folder);
  const needed = bytes + Math.min(bytes, SPARE_BYTES);
  if (bavail * bsize >= needed) return;
  throw noRoom(
    `It needs ${Math.ceil(needed / MEBIBYTE)} MB of room in ${folder}; ${Math.floor((bavail * bsize) / MEBIBYTE)} MB are free.`,
  );
}

const noRoom = (why: string, cause?: unknown): LivretError =>
  new LivretError('store.unavailable', { detail: `It is copied first. ${why}`, cause });

const isFull = (error: unknown): boolean =>
  (error as { errcode?: number }).errcode === SQLITE_FULL || (error as NodeJS.ErrnoException).code === 'ENOSPC';

/** Primary result code of SQLite. */
const SQLITE_FULL = 13;
