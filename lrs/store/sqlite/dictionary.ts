import { LRUCache } from 'lru-cache';
import { utf8 } from './encoding.ts';
import type { Database } from './schema.ts';

const CACHED_MEMBERS = 200_000;

/** The numbers that stand for agents, verbs, activities and registrations in the index. For the writer only. */
export class Dictionary {
  readonly #find;
  readonly #insert;
  readonly #last;
  readonly #known = new LRUCache<string, number>({ max: CACHED_MEMBERS });
  #next: number;

  constructor(database: Database) {
    this.#find = database.prepare('SELECT id FROM member WHERE kind = ? AND value = ?');
    this.#insert = database.prepare('INSERT INTO member (kind, value, id) VALUES (?, ?, ?)');
    this.#last = database.prepare('SELECT max(id) AS id FROM member');
    this.#next = this.#afterLast();
  }

  /** The number of a member; a new one where it was never seen. */
  number(kind: number, value: string): number {
    const key = `${kind}${value}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const bytes = utf8(value);
    const found = this.#find.get(kind, bytes) as { id: number } | undefined;
    const id = found?.id ?? this.#add(kind, bytes);
    this.#known.set(key, id);
    return id;
  }

  /** The number of a member, if it was ever seen. */
  find(kind: number, value: string): number | undefined {
    return (this.#find.get(kind, utf8(value)) as { id: number } | undefined)?.id;
  }

  /** After a rollback: what was added since is gone. */
  reset(): void {
    this.#known.clear();
    this.#next = this.#afterLast();
  }

  #add(kind: number, value: Buffer): number {
    const id = this.#next++;
    this.#insert.run(kind, value, id);
    return id;
  }

  #afterLast(): number {
    return ((this.#last.get() as { id: number | null }).id ?? 0) + 1;
  }
}
