import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, rmSync, statSync, utimesSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LivretError } from '../../errors.ts';
import type { Blobs } from '../store.ts';
import { syncFolder } from '../sync-folder.ts';

const NAME = /^[0-9a-f]{64}$/;

/** Blobs as files named by their SHA-256, in 256 folders. A file that is there is whole: it is synced before it gets its name. */
export class BlobFolder implements Blobs {
  readonly #folder: string;
  readonly #inUse: (blobs: string[]) => Promise<string[]>;

  constructor(folder: string, inUse: (blobs: string[]) => Promise<string[]>) {
    this.#folder = folder;
    this.#inUse = inUse;
  }

  async put(source: AsyncIterable<Uint8Array> | Uint8Array): Promise<{ blob: string; length: number }> {
    const incoming = join(this.#folder, 'incoming', randomUUID());
    const hash = createHash('sha256');
    let length = 0;
    try {
      await mkdir(join(this.#folder, 'incoming'), { recursive: true });
      const file = await open(incoming, 'wx', 0o600);
      try {
        for await (const chunk of source instanceof Uint8Array ? [source] : source) {
          hash.update(chunk);
          length += chunk.length;
          await file.writeFile(chunk);
        }
        await file.sync();
      } finally {
        await file.close();
      }
      const blob = hash.digest('hex');
      await this.#settle(incoming, blob);
      return { blob, length };
    } catch (error) {
      await rm(incoming, { force: true });
      throw unavailable(error);
    }
  }

  async get(blob: string): Promise<Uint8Array> {
    try {
      return await readFile(this.#path(blob));
    } catch (cause) {
      throw new LivretError('blob.missing', { detail: blob, cause });
    }
  }

  async *stream(blob: string): AsyncIterable<Uint8Array> {
    await this.size(blob);
    yield* createReadStream(this.#path(blob)) as AsyncIterable<Uint8Array>;
  }

  async size(blob: string): Promise<number> {
    const path = this.#path(blob);
    try {
      return (await stat(path)).size;
    } catch (cause) {
      throw new LivretError('blob.missing', { detail: blob, cause });
    }
  }

  async sweep(olderThan: number): Promise<number> {
    const before = Date.now() - olderThan;
    let removed = 0;
    for (const folder of await list(this.#folder)) {
      const old = await olderIn(join(this.#folder, folder), before);
      const used = new Set(folder === 'incoming' ? [] : await this.#inUse(old));
      for (const name of old) if (!used.has(name) && removeIfOlder(join(this.#folder, folder, name), before)) removed++;
    }
    return removed;
  }

  async #settle(incoming: string, blob: string): Promise<void> {
    const folder = join(this.#folder, blob.slice(0, 2));
    const made = await mkdir(folder, { recursive: true });
    if (touch(this.#path(blob))) await rm(incoming);
    else await rename(incoming, this.#path(blob));
    await syncFolder(folder);
    if (made !== undefined) await syncFolder(this.#folder);
  }

  #path(blob: string): string {
    if (!NAME.test(blob)) throw new LivretError('blob.missing', { detail: 'That is not the name of a blob.' });
    return join(this.#folder, blob.slice(0, 2), blob);
  }
}

/** What the file system refuses, for those who ask the store. Sources have errors of the table for their own troubles. */
function unavailable(error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error;
  return new LivretError('store.unavailable', {
    ...(code === 'ENOSPC' && { detail: 'The disk is full.' }),
    cause: error,
  });
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

async function olderIn(folder: string, before: number): Promise<string[]> {
  const old: string[] = [];
  for (const name of await list(folder)) {
    // Gone meanwhile: what was coming in has got its name.
    const file = await stat(join(folder, name)).catch(() => undefined);
    if (file !== undefined && file.mtimeMs < before) old.push(name);
  }
  return old;
}

/*
 * Whoever is about to refer to a blob that is there makes it young again; the sweep looks a second time before it
 * removes. Each does so in one turn of the event loop, so that neither comes between the other's two steps.
 */

/** Makes a file young again; false when it is not there. */
function touch(path: string): boolean {
  const now = new Date();
  try {
    utimesSync(path, now, now);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function removeIfOlder(path: string, before: number): boolean {
  const file = statSync(path, { throwIfNoEntry: false });
  if (file === undefined || file.mtimeMs >= before) return false;
  rmSync(path, { force: true });
  return true;
}
