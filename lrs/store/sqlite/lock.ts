import { DatabaseSync } from '@photostructure/sqlite';
import { LivretError } from '../../errors.ts';

/**
 * Holds the store for this process: an exclusive transaction on a file of its own, so that the operating system lets go
 * of it however the process ends (kill -9 included). Gives the function that releases it.
 * Throws LivretError store.locked when another process holds it.
 */
export function lockStore(file: string): () => void {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    throw new LivretError('store.locked', {
      detail: `${file} is held by another process. One data folder serves one server.`,
      cause,
    });
  }
  return () => database.close();
}
