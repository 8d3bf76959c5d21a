import { DatabaseSync } from '@photostructure/sqlite';
import { LivretError } from '../../errors.ts';
import type { Database } from './schema.ts';

/** Primary result code of SQLite: another connection holds the file. */
const SQLITE_BUSY = 5;

/**
 * Holds the store for this process: an exclusive transaction on a file of its own, so that the operating system lets go
 * of it however the process ends (kill -9 included). Gives the function that releases it.
 * Throws LivretError store.locked when another process holds it, store.unavailable when the file cannot be used.
 */
export function lockStore(file: string): () => void {
  let database: Database | undefined;
  try {
    database = new DatabaseSync(file);
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    const held = database;
    return () => held.close();
  } catch (cause) {
    database?.close();
    if ((cause as { errcode?: number }).errcode !== SQLITE_BUSY) {
      throw new LivretError('store.unavailable', { detail: `${file} cannot be opened and locked.`, cause });
    }
    throw new LivretError('store.locked', {
      detail: `${file} is held by another process. One data folder serves one server.`,
      cause,
    });
  }
}
