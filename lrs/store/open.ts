/** Chooses the engine that keeps the store. */
import { constants } from 'node:fs';
import { access, mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LivretError } from '../errors.ts';
import type { Store } from './store.ts';

export interface StoreOptions {
  /** LIVRET_STORE: `sqlite`, or the address of a MongoDB server. */
  engine: string;
  /** LIVRET_DATA: made, for its owner alone, when it is not there. */
  folder: string;
  /** For a restore: a store that another one was broken off in is begun anew. */
  restoring?: boolean;
}

/** Stands in a folder whose store is in MongoDB: a command for which LIVRET_STORE was forgotten must not begin another one there. */
const ELSEWHERE = 'store-is-in-mongodb';

/**
 * Opens the store of a site. Rejects with LivretError: `config.invalid` when the engine or the folder cannot be used,
 * `store.locked` when another process holds it, `store.newer` when a newer Livret wrote it, `store.incomplete` when a restore was broken
 * off.
 */
export async function openStore({ engine, folder, restoring = false }: StoreOptions): Promise<Store> {
  await makeFolder(folder);
  // Each is loaded only when it is used: a native library, or a large driver.
  const elsewhere = join(folder, ELSEWHERE);
  if (engine === 'sqlite') {
    if (await exists(elsewhere)) {
      throw new LivretError('config.invalid', {
        detail: `LIVRET_DATA ${folder} belongs to a Livret whose store is in MongoDB: LIVRET_STORE says where.`,
      });
    }
    const { openSqliteStore } = await import('./sqlite/index.ts');
    return openSqliteStore(folder, { discardIncomplete: restoring });
  }
  const { openMongoStore } = await import('./mongodb/index.ts');
  const store = await openMongoStore(engine, { discardIncomplete: restoring });
  await writeFile(elsewhere, 'The store is in MongoDB.\n');
  return store;
}

/** Whether a folder holds a store already; true for an engine that keeps it elsewhere. */
export async function hasStore({ engine, folder }: StoreOptions): Promise<boolean> {
  return engine !== 'sqlite' || exists(join(folder, 'store.sqlite'));
}

const REASONS: Record<string, string> = {
  EACCES: 'it may not be written to',
  EPERM: 'it may not be written to',
  EROFS: 'it is on a file system that cannot be written to',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'it is a file',
  ENOENT: 'it cannot be made there',
};

async function makeFolder(folder: string): Promise<void> {
  try {
    await makeMissing(folder);
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    const reason = REASONS[code] ?? `it cannot be used (${code})`;
    throw new LivretError('config.invalid', { detail: `LIVRET_DATA ${folder}: ${reason}.`, cause });
  }
}

/** The folder and what is missing above it, one by one: Node's own recursive mkdir never ends in places like /proc. */
async function makeMissing(folder: string): Promise<void> {
  const make = () => mkdir(folder, { mode: 0o700 });
  try {
    await make();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (code !== 'ENOENT' || dirname(folder) === folder || (await exists(dirname(folder)))) throw error;
    await makeMissing(dirname(folder));
    await make();
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
