/** The kept queries of one person: only they see them. What another one should see is sent as a link. */
import { randomUUID } from 'node:crypto';
import { fold } from '../../../lrs/directory/index.ts';
import { type CollectionChange, hasCode, put, remove, type Store, type Versioned } from '../../../lrs/index.ts';
import { whileAlone } from '../../alone.ts';
import { KEPT, type KeptQuery, LONGEST_NAME, type Over } from './records.ts';

/** Of one person, over cells and over rows each. */
export const MOST_KEPT = 100;
/** Characters. */
export const LONGEST_SQL = 20_000;

export type KeepProblem =
  | 'name'
  | 'nameTaken'
  | 'sqlMissing'
  | 'sqlText'
  | 'sqlTooLong'
  | 'tooMany'
  | 'changed'
  | 'gone';

/** What was kept, or why it was not. */
export type Kept = { kept: Versioned<KeptQuery> } | { problem: KeepProblem };

/** Which one, as whoever changes it has seen it. */
export interface Seen {
  id: string;
  version: number;
}

export class KeptQueries {
  readonly #store: Store;
  readonly #now: () => number;

  constructor(store: Store, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** In order of their names. */
  async list(owner: string, over: Over): Promise<Versioned<KeptQuery>[]> {
    return this.#store.collection(KEPT).find({ index: 'name', equals: [owner, over] });
  }

  /** undefined where there is none, and where it is somebody else's. */
  async get(owner: string | undefined, over: Over, id: string): Promise<Versioned<KeptQuery> | undefined> {
    const found = await this.#store.collection(KEPT).get(id);
    return found && found.value.owner === owner && found.value.over === over ? found : undefined;
  }

  async keep(owner: string, over: Over, name: string, sql: string): Promise<Kept> {
    const problem = nameProblem(name) ?? sqlProblem(sql);
    if (problem) return { problem };
    const value = { owner, over, ...named(name), sql, updatedAt: this.#now() };
    return whileAlone(this.#store, `queries ${owner} ${over}`, async (alone): Promise<Kept> => {
      const count = await this.#store.collection(KEPT).count({ index: 'name', equals: [owner, over] });
      if (count >= MOST_KEPT) return { problem: 'tooMany' };
      const id = randomUUID();
      return this.#commit(id, [put(KEPT, id, value, { expect: 'absent' }), alone]);
    });
  }

  /** Puts other SQL in its place. */
  replace(owner: string, over: Over, seen: Seen, sql: string): Promise<Kept> {
    const problem = sqlProblem(sql);
    return problem ? Promise.resolve({ problem }) : this.#change(owner, over, seen, { sql });
  }

  rename(owner: string, over: Over, seen: Seen, name: string): Promise<Kept> {
    const problem = nameProblem(name);
    return problem ? Promise.resolve({ problem }) : this.#change(owner, over, seen, named(name));
  }

  /** Gives why it was not done. One that is gone already is no problem. */
  async remove(owner: string, over: Over, seen: Seen): Promise<KeepProblem | undefined> {
    const found = await this.get(owner, over, seen.id);
    if (!found) return undefined;
    try {
      await this.#store.commit({ changes: [remove(KEPT, seen.id, { expect: seen.version })] });
      return undefined;
    } catch (error) {
      if (hasCode(error, 'collection.conflict')) return 'changed';
      throw error;
    }
  }

  async #change(owner: string, over: Over, seen: Seen, change: Partial<KeptQuery>): Promise<Kept> {
    const found = await this.get(owner, over, seen.id);
    if (!found) return { problem: 'gone' };
    return this.#put(seen.id, { ...found.value, ...change, updatedAt: this.#now() }, seen.version);
  }

  async #put(id: string, value: KeptQuery, expect: number): Promise<Kept> {
    try {
      return await this.#commit(id, [put(KEPT, id, value, { expect })]);
    } catch (error) {
      if (hasCode(error, 'collection.conflict')) return { problem: 'changed' };
      throw error;
    }
  }

  async #commit(id: string, changes: CollectionChange[]): Promise<Kept> {
    try {
      await this.#store.commit({ changes });
    } catch (error) {
      if (hasCode(error, 'collection.duplicate')) return { problem: 'nameTaken' };
      throw error;
    }
    const kept = await this.#store.collection(KEPT).get(id);
    return kept ? { kept } : { problem: 'gone' };
  }
}

/** Without half a surrogate pair, which no encoding writes, and without NUL, which ends a text for programs. */
const isText = (text: string): boolean => !/[\0\p{Cs}]/u.test(text);

const named = (name: string): Pick<KeptQuery, 'name' | 'folded'> => {
  const one = name.trim().replace(/\s+/g, ' ');
  return { name: one, folded: fold(one) };
};

function nameProblem(name: string): KeepProblem | undefined {
  const { name: one, folded } = named(name);
  return folded === '' || one.length > LONGEST_NAME || !isText(one) ? 'name' : undefined;
}

function sqlProblem(sql: string): KeepProblem | undefined {
  if (sql.trim() === '') return 'sqlMissing';
  if (!isText(sql)) return 'sqlText';
  return sql.length > LONGEST_SQL ? 'sqlTooLong' : undefined;
}
