/** The published files of this process: each made when it is first asked for, kept while it is likely to be asked again. */
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { refusalOf } from '../projection/failure.ts';

/** Fills a folder; gives how many rows it wrote. */
type Make = (folder: string) => Promise<number>;

interface Entry {
  folder: string;
  /** How many rows are in it. */
  made: Promise<number>;
  users: number;
}

/** Where the tables are in the folder of a published file; they may also be there as NAME.parquet. */
export const databaseIn = (folder: string): string => join(folder, 'published.duckdb');

export class PublishedFiles {
  readonly #root: string;
  readonly #kept: number;
  /** The one used last stands last. */
  readonly #entries = new Map<string, Entry>();

  /** Takes the folder for itself: what is in there of an earlier process goes. `kept` files stay though nobody uses them. */
  static async open(root: string, kept: number): Promise<PublishedFiles> {
    await rm(root, { recursive: true, force: true });
    await mkdir(root, { recursive: true, mode: 0o700 });
    return new PublishedFiles(root, kept);
  }

  private constructor(root: string, kept: number) {
    this.#root = root;
    this.#kept = kept;
  }

  /**
   * Runs work with the folder of what has this key, which is there until the work ends, and the number of its rows. `make`
   * fills it, once; what fails to be made is made anew by the next one. Rejects as `make` and `work` do,
   * `store.unavailable` where the disk is full.
   */
  async use<T>(key: string, make: Make, work: (folder: string, rows: number) => Promise<T>): Promise<T> {
    const entry = this.#entries.get(key) ?? this.#begin(key, make);
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.users++;
    try {
      return await work(entry.folder, await entry.made);
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

  #begin(key: string, make: Make): Entry {
    const folder = join(this.#root, randomUUID());
    const made = mkdir(folder)
      .then(() => make(folder))
      .catch((error: unknown) => {
        throw refusalOf(error);
      });
    const entry: Entry = { folder, made, users: 0 };
    made.catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
      // What cannot be removed goes with the folder of all.
      rm(folder, { recursive: true, force: true }).catch(() => undefined);
    });
    return entry;
  }

  async #sweep(): Promise<void> {
    const idle = [...this.#entries].filter(([, { users }]) => users === 0);
    for (const [key, { folder }] of idle.slice(0, Math.max(0, this.#entries.size - this.#kept))) {
      this.#entries.delete(key);
      await rm(folder, { recursive: true, force: true });
    }
  }
}
