/** The published files of this process: each made when it is first asked for, kept while it is likely to be asked again. */
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Files that stay though nobody uses them. */
const KEPT = 8;

interface Entry {
  folder: string;
  made: Promise<void>;
  users: number;
}

/** Where the tables are in the folder of a published file; they may also be there as NAME.parquet. */
export const databaseIn = (folder: string): string => join(folder, 'published.duckdb');

export class PublishedFiles {
  readonly #root: string;
  /** The one used last stands last. */
  readonly #entries = new Map<string, Entry>();

  /** Takes the folder for itself: what is in there of an earlier process goes. */
  static async open(root: string): Promise<PublishedFiles> {
    await rm(root, { recursive: true, force: true });
    await mkdir(root, { recursive: true, mode: 0o700 });
    return new PublishedFiles(root);
  }

  private constructor(root: string) {
    this.#root = root;
  }

  /**
   * Runs work with the folder of what has this key, which is there until the work ends. `make` fills it, once; what fails
   * to be made is made anew by the next one. Rejects as `make` and `work` do.
   */
  async use<T>(key: string, make: (folder: string) => Promise<void>, work: (folder: string) => Promise<T>): Promise<T> {
    const entry = this.#entries.get(key) ?? this.#begin(key, make);
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.users++;
    try {
      await entry.made;
      return await work(entry.folder);
    } finally {
      entry.users--;
      await this.#sweep();
    }
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.#entries.values()].map(({ made }) => made));
    this.#entries.clear();
    await rm(this.#root, { recursive: true, force: true });
  }

  #begin(key: string, make: (folder: string) => Promise<void>): Entry {
    const folder = join(this.#root, randomUUID());
    const made = mkdir(folder).then(() => make(folder));
    const entry: Entry = { folder, made, users: 0 };
    made.catch(async () => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
      await rm(folder, { recursive: true, force: true });
    });
    return entry;
  }

  async #sweep(): Promise<void> {
    const idle = [...this.#entries].filter(([, { users }]) => users === 0);
    for (const [key, { folder }] of idle.slice(0, Math.max(0, this.#entries.size - KEPT))) {
      this.#entries.delete(key);
      await rm(folder, { recursive: true, force: true });
    }
  }
}
