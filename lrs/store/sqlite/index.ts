/** The embedded engine: one SQLite file in WAL mode, one thread that writes, threads that read, blobs in a folder. */
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { LivretError } from '../../errors.ts';
import type { ActivityDefinition } from '../../xapi/types.ts';
import { KnownDefinitions } from '../known-definitions.ts';
import { MemoryCounters } from '../memory-counters.ts';
import type {
  Activities,
  Blobs,
  Collection,
  CollectionQuery,
  CollectionSpec,
  Commit,
  Committed,
  Counters,
  DocumentPut,
  DocumentScope,
  Documents,
  Erasure,
  FeedPage,
  Precondition,
  StatementPage,
  StatementQuery,
  Statements,
  Store,
  StoredDocument,
  StoredStatement,
  Versioned,
} from '../store.ts';
import { BlobFolder } from './blob-folder.ts';
import { lockStore } from './lock.ts';
import type { ItemChange } from './messages.ts';
import { ReaderThreads } from './reader-threads.ts';
import { WriterThread } from './writer-thread.ts';

export interface SqliteOptions {
  /** Threads that read; by default one fewer than the processors, at least one. */
  readers?: number;
}

/** consistentThrough moves on in an idle store by a ticket, at most this often (ms). */
const TICKET_EVERY = 1_000;

/**
 * Opens the store of a data folder, creating it where there is none.
 * Rejects with LivretError store.locked, store.newer or store.unavailable.
 */
export async function openSqliteStore(folder: string, options: SqliteOptions = {}): Promise<Store> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new LivretError('store.unavailable', { detail: `The folder ${folder} cannot be made.`, cause });
  }
  const unlock = lockStore(join(folder, 'store.lock'));
  try {
    const file = join(folder, 'store.sqlite');
    const writer = await WriterThread.open(file);
    const readers = new ReaderThreads(file, options.readers ?? Math.max(1, availableParallelism() - 1));
    return new SqliteStore(folder, writer, readers, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

class SqliteStore implements Store {
  readonly statements: Statements;
  readonly documents: Documents;
  readonly activities: Activities;
  readonly blobs: Blobs;
  readonly counters: Counters;
  readonly #writer: WriterThread;
  readonly #readers: ReaderThreads;
  readonly #unlock: () => void;
  readonly #collections = new Map<string, { spec: CollectionSpec<object>; opened: Promise<unknown> }>();
  readonly #definitions = new KnownDefinitions();
  #ticket = 0;
  #closing: Promise<void> | undefined;

  constructor(folder: string, writer: WriterThread, readers: ReaderThreads, unlock: () => void) {
    this.#writer = writer;
    this.#readers = readers;
    this.#unlock = unlock;
    const read = <T>(request: Parameters<ReaderThreads['run']>[0]) => readers.run(request) as Promise<T>;
    this.statements = {
      get: (id, { attachments = false } = {}) =>
        read<StoredStatement | undefined>({ op: 'statement', id, attachments }),
      find: (query: StatementQuery) => read<StatementPage>({ op: 'statements', query }),
      feed: (after, limit) => read<FeedPage>({ op: 'feed', after, limit }),
      consistentThrough: () => this.#consistentThrough(),
      count: () => read<number>({ op: 'count' }),
    };
    this.documents = {
      get: (scope, id) => read<StoredDocument | undefined>({ op: 'document', scope, id }),
      ids: (scope, since) => read<string[]>({ op: 'document-ids', scope, since }),
      put: (put: DocumentPut) =>
        writer.run({ kind: 'put-document', put }) as Promise<{ etag: string; updated: number }>,
      delete: async (scope: DocumentScope, id: string, condition: Precondition = {}) => {
        await writer.run({ kind: 'delete-document', scope, id, condition });
      },
      deleteAll: async (scope: DocumentScope) => {
        await writer.run({ kind: 'delete-documents', scope });
      },
    };
    this.activities = { definition: (id) => read<ActivityDefinition | undefined>({ op: 'definition', id }) };
    this.blobs = new BlobFolder(join(folder, 'blobs'), (blobs) => read<string[]>({ op: 'blobs-in-use', blobs }));
    this.counters = new MemoryCounters();
  }

  collection<T extends object>(spec: CollectionSpec<T>): Collection<T> {
    const plain = this.#open(spec as unknown as CollectionSpec<object>);
    const checked = (query: CollectionQuery): CollectionQuery => {
      if (query.index !== undefined && !Object.hasOwn(spec.indexes, query.index))
        throw new RangeError(`collection ${spec.name} declares no index ${query.index}`);
      return query;
    };
    const read = async <R>(request: Parameters<ReaderThreads['run']>[0]): Promise<R> => {
      await plain.opened;
      return (await this.#readers.run(request)) as R;
    };
    return {
      spec,
      get: (id) => read<Versioned<T> | undefined>({ op: 'item', collection: spec.name, id }),
      find: async (query = {}) => read<Versioned<T>[]>({ op: 'items', spec: plain.spec, query: checked(query) }),
      count: async (query = {}) => read<number>({ op: 'count-items', spec: plain.spec, query: checked(query) }),
    };
  }

  async commit({ statements = [], changes = [] }: Commit): Promise<Committed> {
    for (const { collection } of changes) await this.#open(collection).opened;
    const items = changes.map(
      ({ collection, id, value, expect, blobs = [] }): ItemChange => ({
        collection: collection.name,
        id,
        value: value === undefined ? undefined : JSON.stringify(value),
        ...(expect === undefined ? {} : { expect }),
        blobs,
      }),
    );
    const news = statements.map((statement) => this.#definitions.leaveOut(statement));
    const committed = (await this.#writer.run({ kind: 'commit', statements: news, changes: items })) as Committed;
    // What was there already has merged nothing.
    this.#definitions.remember(news.filter((_, n) => committed.outcomes[n] === 'stored'));
    return committed;
  }

  async erase(erasure: Erasure): Promise<{ statements: number; documents: number }> {
    return (await this.#writer.run({ kind: 'erase', erasure })) as { statements: number; documents: number };
  }

  watch(listener: () => void): () => void {
    return this.#writer.onCommit(listener);
  }

  /** A commit leaves nothing half done here. */
  async maintain(): Promise<void> {}

  async ready(): Promise<void> {
    // whoever asks for the health all day must not make the disk work: a commit this young says the same
    if (Date.now() - this.#writer.stored < TICKET_EVERY && this.#writer.accepting) return;
    await this.#writer.run({ kind: 'ticket' });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#writer.close();
    await this.#readers.close();
    this.#unlock();
  }

  async #consistentThrough(): Promise<number> {
    const through = this.#writer.stored;
    const now = Date.now();
    if (now - through > TICKET_EVERY && now - this.#ticket > TICKET_EVERY) {
      this.#ticket = now;
      // nobody waits for it, and a store that cannot write says so to those who do
      this.#writer.run({ kind: 'ticket' }).catch(() => undefined);
    }
    return through;
  }

  #open(spec: CollectionSpec<object>): { spec: CollectionSpec<object>; opened: Promise<unknown> } {
    const known = this.#collections.get(spec.name);
    if (known) {
      if (JSON.stringify(known.spec) !== JSON.stringify(spec))
        throw new Error(`two specs of the collection ${spec.name}`);
      return known;
    }
    const opened = this.#writer.run({ kind: 'open-collection', spec });
    // whoever uses the collection awaits it and gets the error; the next one tries again
    opened.catch(() => this.#collections.delete(spec.name));
    const entry = { spec, opened };
    this.#collections.set(spec.name, entry);
    return entry;
  }
}
