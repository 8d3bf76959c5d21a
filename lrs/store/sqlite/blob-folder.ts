import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { LivretError } from '../../errors.ts';
import type { Blobs } from '../store.ts';

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
    await mkdir(join(this.#folder, 'incoming'), { recursive: true });
    const incoming = join(this.#folder, 'incoming', randomUUID());
    const hash = createHash('sha256');
    let length = 0;
    try {
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
      throw error;
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
    const path = this.#path(blob);
    try {
      await stat(path);
    } catch (cause) {
      throw new LivretError('blob.missing', { detail: blob, cause });
    }
    yield* createReadStream(path) as AsyncIterable<Uint8Array>;
  }

  async sweep(olderThan: number): Promise<number> {
    let removed = 0;
    for (const folder of await list(this.#folder)) {
      const old = await this.#olderThan(join(this.#folder, folder), olderThan);
      const used = new Set(folder === 'incoming' ? [] : await this.#inUse(old));
      for (const name of old.filter((each) => !used.has(each))) {
        await rm(join(this.#folder, folder, name), { force: true });
        removed++;
      }
    }
    return removed;
  }

  async #settle(incoming: string, blob: string): Promise<void> {
    const path = this.#path(blob);
    const folder = join(this.#folder, blob.slice(0, 2));
    await mkdir(folder, { recursive: true });
    if (await exists(path)) {
      // young again, so that a sweep under way leaves it to whoever is about to refer to it
      await utimes(path, new Date(), new Date());
      await rm(incoming);
      return;
    }
    await rename(incoming, path);
    const directory = await open(folder);
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  }

  async #olderThan(folder: string, olderThan: number): Promise<string[]> {
    const old: string[] = [];
    for (const name of await list(folder)) {
      const { mtimeMs } = await stat(join(folder, name));
      if (mtimeMs < Date.now() - olderThan) old.push(name);
    }
    return old;
  }

  #path(blob: string): string {
    if (!NAME.test(blob)) throw new LivretError('blob.missing', { detail: 'That is not the name of a blob.' });
    return join(this.#folder, blob.slice(0, 2), blob);
  }
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
