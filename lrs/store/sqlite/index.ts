/** The embedded engine: one SQLite file in WAL mode, one thread that writes, one that makes checkpoints beside it, threads that read, blobs in a folder. */
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { hasCode, LivretError } from '../../errors.ts';
import type { ActivityDefinition } from '../../xapi/types.ts';
import type { Checked, DumpEntry, Finding } from '../dump.ts';
import { type ErasureLedger, ledgerLine } from '../erasure.ts';
import { KnownDefinitions } from '../known-definitions.ts';
import { LedgerFile } from '../ledger-file.ts';
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
import { checkBlob } from '../verify/blob.ts';
import { BlobFolder } from './blob-folder.ts';
import { removeDatabase } from './copy.ts';
import { readCopy, sweepCopies } from './copy-thread.ts';
import type { CopyWork, CopyYields } from './copy-worker.ts';
import { loadEntries } from './load.ts';
import { lockStore } from './lock.ts';
import type { ItemChange, Read, Task } from './messages.ts';
import { ReaderThreads } from './reader-threads.ts';
import { WriterThread } from './writer-thread.ts';

export interface SqliteOptions {
  /** Threads that read; by default one fewer than the processors, at least one. */
  readers?: number;
  /** Begins anew with an empty store where a load was broken off. */
  discardIncomplete?: boolean;
}

const STORE_FILE = 'store.sqlite';

/** consistentThrough moves on in an idle store by a ticket, at most this often (ms). */
const TICKET_EVERY = 1_000;

/**
 * Opens the store of a data folder, creating it where there is none.
 * Rejects with LivretError store.locked, store.newer, store.incomplete or store.unavailable.
 */
export async function openSqliteStore(folder: string, options: SqliteOptions = {}): Promise<Store> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new LivretError('store.unavailable', { detail: `The folder ${folder} cannot be made.`, cause });
  }
  const unlock = lockStore(join(folder, 'store.lock'));
  try {
    const file = join(folder, STORE_FILE);
    sweepCopies(folder);
    const writer = await openWriter(file, options);
    const readers = new ReaderThreads(file, options.readers ?? Math.max(1, availableParallelism() - 1));
    return new SqliteStore(folder, writer, readers, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

async function openWriter(file: string, { discardIncomplete = false }: SqliteOptions): Promise<WriterThread> {
  try {
    return await WriterThread.open(file);
  } catch (error) {
    if (!discardIncomplete || !hasCode(error, 'store.incomplete')) throw error;
    removeDatabase(file);
    return WriterThread.open(file);
  }
}

class SqliteStore implements Store {
  readonly engine = 'sqlite';
  readonly statements: Statements;
  readonly documents: Documents;
  readonly activities: Activities;
  readonly blobs: Blobs;
  readonly counters: Counters;
  readonly ledger: ErasureLedger;
  readonly #writer: WriterThread;
  readonly #readers: ReaderThreads;
  readonly #folder: string;
  readonly #unlock: () => void;
  readonly #collections = new Map<string, { spec: CollectionSpec<object>; opened: Promise<unknown> }>();
  readonly #definitions = new KnownDefinitions();
  #ticket = 0;
  /** A load has begun and not come to its end. */
  #incomplete = false;
  /** Copies being read. */
  #copies = 0;
  #closing: Promise<void> | undefined;

  constructor(folder: string, writer: WriterThread, readers: ReaderThreads, unlock: () => void) {
    this.#writer = writer;
    this.#readers = readers;
    this.#folder = folder;
    this.#unlock = unlock;
    const read = <T>(request: Read) => this.#read<T>(request);
    this.statements = {
      get: (id, { attachments = false } = {}) =>
        read<StoredStatement | undefined>({ op: 'statement', id, attachments }),
      find: (query: StatementQuery) => read<StatementPage>({ op: 'statements', query }),
      feed: (after, limit) => read<FeedPage>({ op: 'feed', after, limit }),
      consistentThrough: () => this.#consistentThrough(),
      // One process, whose commits come to their end one after the other.
      settledThrough: () => this.#consistentThrough(),
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
    this.blobs = new BlobFolder(join(folder, 'blobs'), async (blobs) =>
      // What a copy refers to may be in use there only.
      this.#copies > 0 ? blobs : read<string[]>({ op: 'blobs-in-use', blobs }),
    );
    this.ledger = new LedgerFile(join(folder, 'erasures.jsonl'));
    this.counters = new MemoryCounters();
  }

  collection<T extends object>(spec: CollectionSpec<T>): Collection<T> {
    const plain = this.#open(spec as unknown as CollectionSpec<object>);
    const checked = (query: CollectionQuery): CollectionQuery => {
      if (query.index !== undefined && !Object.hasOwn(spec.indexes, query.index))
        throw new RangeError(`collection ${spec.name} declares no index ${query.index}`);
      return query;
    };
    const read = async <R>(request: Read): Promise<R> => {
      await plain.opened;
      return this.#read<R>(request);
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
    await this.ready();
    // First: should we die in between, it is done again after a restore, and by whoever was not told that it is done.
    await this.ledger.add([ledgerLine(erasure, await this.ledger.lines())]);
    return (await this.#writer.run({ kind: 'erase', erasure })) as { statements: number; documents: number };
  }

  history(): Promise<string> {
    return this.#read<string>({ op: 'history' });
  }

  async load(
    entries: AsyncIterable<DumpEntry>,
    forget: () => Promise<readonly Erasure[]> = async () => [],
  ): Promise<void> {
    const run = (task: Task) => this.#writer.run(task);
    await run({ kind: 'load-begin' });
    this.#incomplete = true;
    await loadEntries(run, entries, forget);
    this.#incomplete = false;
  }

  async *dump(): AsyncIterable<DumpEntry> {
    for await (const batch of this.#readCopy('dump')) yield* batch;
  }

  async *verify(told: (checked: Checked) => void = () => {}): AsyncIterable<Finding> {
    let blobs = 0;
    for await (const batch of this.#readCopy('verify')) {
      for (const each of batch) {
        if ('finding' in each) yield each.finding;
        else if ('checked' in each) told({ ...each.checked, blobs });
        else {
          const finding = await checkBlob(this.blobs, each.blob);
          blobs++;
          if (finding) yield finding;
        }
      }
    }
  }

  watch(listener: () => void): () => void {
    return this.#writer.onCommit(listener);
  }

  /** A commit leaves nothing half done here. */
  async maintain(): Promise<void> {}

  async ready(): Promise<void> {
    // whoever asks for the health all day must not make the disk work: a commit this young says the same
    const young = Date.now() - this.#writer.stored < TICKET_EVERY;
    if (young && this.#writer.accepting && !this.#incomplete) return;
    await this.#writer.run({ kind: 'ticket' });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#writer.finish();
    await this.#readers.close();
    // The last to close empties the log into the file: a reader could not.
    await this.#writer.close();
    this.#unlock();
  }

  async *#readCopy<W extends CopyWork['work']>(work: W): AsyncIterable<CopyYields[W][]> {
    // Rejects where it is closed.
    await this.history();
    this.#copies++;
    try {
      yield* readCopy(this.#folder, join(this.#folder, STORE_FILE), work);
    } finally {
      this.#copies--;
    }
  }

  async #read<T>(request: Read): Promise<T> {
    if (this.#incomplete) throw new LivretError('store.incomplete');
    return (await this.#readers.run(request)) as T;
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
