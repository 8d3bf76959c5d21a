/** The engine for more than one machine: MongoDB as a replica set or a sharded cluster, any number of Livret processes on it. */
import { performance } from 'node:perf_hooks';
import { LivretError } from '../../errors.ts';
import type { ActivityDefinition } from '../../xapi/types.ts';
import type { Checked, DumpEntry, Finding } from '../dump.ts';
import { type ErasureLedger, ledgerLine } from '../erasure.ts';
import { KnownDefinitions } from '../known-definitions.ts';
import type {
  Activities,
  Blobs,
  Collection,
  CollectionQuery,
  CollectionSpec,
  Commit,
  Committed,
  Counters,
  Documents,
  Erasure,
  Statements,
  Store,
  Versioned,
} from '../store.ts';
import { GridBlobs } from './blobs.ts';
import { CommitQueue } from './commit-queue.ts';
import { Connection, unavailable } from './connection.ts';
import { Consequences } from './consequences.ts';
import { MongoCounters } from './counters.ts';
import { MongoDocuments } from './documents.ts';
import { Dumper } from './dumper.ts';
import { Eraser } from './eraser.ts';
import { GroupWriter } from './group-writer.ts';
import { Items } from './items.ts';
import { MongoLedger } from './ledger.ts';
import { discard, isIncomplete, Loader } from './loader.ts';
import { References } from './references.ts';
import { migrate } from './schema.ts';
import { StatementReader } from './statement-reader.ts';
import { TicketedTransactions } from './ticketed.ts';
import { Tickets } from './tickets.ts';
import { Verifier } from './verify/verifier.ts';

/** consistentThrough moves on in an idle store by a ticket, at most this often (ms). */
const TICKET_EVERY = 1_000;
/** How old (ms) what this process knows of the others' commits may be until it is looked at again. */
const LOOKED_WITHIN = 100;
/** ms after which a definition is merged again: another process may have merged another. */
const DEFINITIONS_KNOWN_FOR = 10_000;

export interface MongoOptions {
  /** Begins anew with an empty store where a load was broken off. */
  discardIncomplete?: boolean;
}

/**
 * Opens the store behind a mongodb:// address (its database, by default `livret`), and makes or migrates its collections.
 * Rejects with LivretError config.invalid, store.newer, store.incomplete or store.unavailable.
 */
export async function openMongoStore(address: string, { discardIncomplete }: MongoOptions = {}): Promise<Store> {
  const connection = await Connection.open(address);
  try {
    await migrate(connection.collections);
    if (await isIncomplete(connection)) {
      if (!discardIncomplete) throw new LivretError('store.incomplete');
      await discard(connection);
    }
    return new MongoStore(connection, await Tickets.open(connection));
  } catch (error) {
    await connection.close();
    throw unavailable(error);
  }
}

class MongoStore implements Store {
  readonly engine = 'mongodb';
  readonly statements: Statements;
  readonly documents: Documents;
  readonly activities: Activities;
  readonly blobs: Blobs;
  readonly counters: Counters;
  readonly ledger: ErasureLedger;
  readonly #connection: Connection;
  readonly #tickets: Tickets;
  readonly #queue: CommitQueue;
  readonly #consequences: Consequences;
  readonly #eraser: Eraser;
  readonly #dumper: Dumper;
  readonly #items: Items;
  readonly #collections = new Map<string, { spec: CollectionSpec<object>; opened: Promise<unknown> }>();
  readonly #definitions = new KnownDefinitions({ age: DEFINITIONS_KNOWN_FOR });
  #emptyTicket = 0;
  #closing: Promise<void> | undefined;

  constructor(connection: Connection, tickets: Tickets) {
    const transactions = new TicketedTransactions(connection, tickets);
    const reader = new StatementReader(connection, tickets);
    this.#connection = connection;
    this.#tickets = tickets;
    const references = new References(connection, transactions);
    this.#consequences = new Consequences(connection, references);
    this.#queue = new CommitQueue(new GroupWriter(connection, transactions, this.#consequences));
    this.#eraser = new Eraser(connection, transactions, references);
    this.#dumper = new Dumper(connection, tickets);
    this.#items = new Items(connection);
    this.statements = {
      get: (id, { attachments = false } = {}) => reader.get(id, attachments),
      find: (query) => reader.find(query),
      feed: (after, limit) => reader.feed(after, limit),
      consistentThrough: () => this.#consistentThrough(),
      settledThrough: async () => {
        await tickets.lookUntilSettled();
        return tickets.through;
      },
      count: () => reader.count(),
    };
    this.documents = new MongoDocuments(connection);
    this.activities = { definition: (id) => this.#definition(id) };
    this.blobs = new GridBlobs(connection);
    this.counters = new MongoCounters(connection);
    this.ledger = new MongoLedger(connection);
  }

  collection<T extends object>(spec: CollectionSpec<T>): Collection<T> {
    const plain = this.#open(spec as unknown as CollectionSpec<object>);
    const checked = async (query: CollectionQuery): Promise<CollectionQuery> => {
      if (query.index !== undefined && !Object.hasOwn(spec.indexes, query.index))
        throw new RangeError(`collection ${spec.name} declares no index ${query.index}`);
      await plain.opened;
      return query;
    };
    return {
      spec,
      get: async (id) => {
        await plain.opened;
        return (await this.#items.get(plain.spec, id)) as Versioned<T> | undefined;
      },
      find: async (query = {}) => (await this.#items.find(plain.spec, await checked(query))) as Versioned<T>[],
      count: async (query = {}) => this.#items.count(plain.spec, await checked(query)),
    };
  }

  async commit({ statements = [], changes = [] }: Commit): Promise<Committed> {
    for (const { collection } of changes) await this.#open(collection).opened;
    const news = statements.map((statement) => this.#definitions.leaveOut(statement));
    const committed = await this.#queue.run({ statements: news, changes });
    this.#definitions.remember(news.filter((_, n) => committed.outcomes[n] === 'stored'));
    return committed;
  }

  async erase(erasure: Erasure): Promise<{ statements: number; documents: number }> {
    await this.ready();
    // First: should we die in between, it is done again after a restore, and by whoever was not told that it is done.
    await this.ledger.add([ledgerLine(erasure, await this.ledger.lines())]);
    return this.#eraser.run(erasure).catch((error: unknown) => {
      throw unavailable(error);
    });
  }

  async history(): Promise<string> {
    const { meta } = this.#connection.collections;
    const site = await this.#connection.run((session) => meta.findOne({ _id: 'site' }, { session }));
    return site?.history ?? '';
  }

  async *dump(): AsyncIterable<DumpEntry> {
    try {
      yield* this.#dumper.entries();
    } catch (error) {
      throw unavailable(error);
    }
  }

  async load(
    entries: AsyncIterable<DumpEntry>,
    forget: () => Promise<readonly Erasure[]> = async () => [],
  ): Promise<void> {
    const connection = this.#connection.unrefused();
    const loader = new Loader(connection);
    await loader.begin();
    this.#connection.refuse(new LivretError('store.incomplete'));
    try {
      await loader.take(entries);
      await loader.setClock();
      const tickets = await Tickets.open(connection);
      const transactions = new TicketedTransactions(connection, tickets);
      const references = new References(connection, transactions);
      await references.settleLeft();
      for (const erasure of await forget()) await new Eraser(connection, transactions, references).run(erasure);
      tickets.close();
      await loader.end();
    } catch (error) {
      throw unavailable(error);
    }
    this.#connection.refuse();
    // Their items are to be found by their indexes when they are opened again.
    this.#collections.clear();
    await this.#tickets.restart();
  }

  async *verify(told: (checked: Checked) => void = () => {}): AsyncIterable<Finding> {
    try {
      // Beyond a gap nothing is looked at.
      await this.#tickets.lookUntilSettled();
      yield* new Verifier(this.#connection, this.#tickets, this.blobs).findings(told);
    } catch (error) {
      throw unavailable(error);
    }
  }

  watch(listener: () => void): () => void {
    return this.#tickets.watch(listener);
  }

  async maintain(): Promise<void> {
    await this.#consequences.mend();
    await this.#tickets.forget();
  }

  async ready(): Promise<void> {
    if (this.#closing) throw new LivretError('store.unavailable', { detail: 'It is closing.' });
    await this.#takeEmptyTicket();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#queue.close();
    this.#tickets.close();
    await this.#connection.close();
  }

  async #consistentThrough(): Promise<number> {
    if (this.#closing) throw new LivretError('store.unavailable', { detail: 'It is closed.' });
    // Every answer of the statements resource says it: requests wait for a look only where what is known is old.
    if (this.#tickets.age > TICKET_EVERY) await this.#tickets.look();
    else if (this.#tickets.age > LOOKED_WITHIN) this.#tickets.look().catch(() => undefined);
    // nobody waits for it, and a store that cannot write says so to those who do
    if (this.#tickets.idle > TICKET_EVERY) this.#takeEmptyTicket().catch(() => undefined);
    return this.#tickets.through;
  }

  /** Shows that the store can commit, and moves consistentThrough on. At most once in a while. */
  async #takeEmptyTicket(): Promise<void> {
    const now = performance.now();
    if (now - this.#emptyTicket < TICKET_EVERY && this.#tickets.idle < TICKET_EVERY) return;
    this.#emptyTicket = now;
    await this.#tickets.finishEmpty(await this.#tickets.take());
  }

  async #definition(id: string): Promise<ActivityDefinition | undefined> {
    const { activities } = this.#connection.collections;
    const row = await this.#connection.run((session) => activities.findOne({ _id: id }, { session }));
    return row ? (JSON.parse(row.definition) as ActivityDefinition) : undefined;
  }

  #open(spec: CollectionSpec<object>): { spec: CollectionSpec<object>; opened: Promise<unknown> } {
    const known = this.#collections.get(spec.name);
    if (known) {
      if (JSON.stringify(known.spec) !== JSON.stringify(spec))
        throw new Error(`two specs of the collection ${spec.name}`);
      return known;
    }
    const opened = this.#items.open(spec);
    // whoever uses the collection awaits it and gets the error; the next one tries again
    opened.catch(() => this.#collections.delete(spec.name));
    const entry = { spec, opened };
    this.#collections.set(spec.name, entry);
    return entry;
  }
}
