/** The connection to MongoDB: how it is opened, how reads and writes follow one another, and what its errors become. */
import {
  type ClientSession,
  MongoClient,
  MongoError,
  MongoNetworkError,
  MongoServerSelectionError,
  type Timestamp,
} from 'mongodb';
import { LivretError } from '../../errors.ts';
import { type Collections, collectionsOf } from './schema.ts';

/** Of MongoDB 5.0, the first with snapshot reads outside of transactions. */
const OLDEST_WIRE_VERSION = 13;

const DEFAULT_DATABASE = 'livret';

/** ms that an operation waits for a primary: longer than an election takes (electionTimeoutMillis is 10 s). */
const PRIMARY_WITHIN = 15_000;
const CONNECTED_WITHIN = 5_000;
/** ms that one operation may take altogether, waiting for a primary included. */
const OPERATION_WITHIN = 30_000;

export const WRITE_CONCERN = { w: 'majority', journal: true } as const;

export class Connection {
  readonly client: MongoClient;
  readonly collections: Collections;
  readonly #database: string;
  /** Of the last thing this process saw or did: what it reads next is not older. */
  #time: Timestamp | undefined;
  #closed = false;
  #refusal: LivretError | undefined;

  private constructor(client: MongoClient, database: string) {
    this.client = client;
    this.#database = database;
    this.collections = collectionsOf(client.db(database));
  }

  /** Connects. Rejects with config.invalid where the address is wrong or no replica set is behind it, store.unavailable where nobody answers. */
  static async open(address: string): Promise<Connection> {
    const client = clientOf(address);
    try {
      await client.connect();
      const hello = await client.db('admin').command({ hello: 1 });
      if (hello.setName === undefined && hello.msg !== 'isdbgrid') {
        throw new LivretError('config.invalid', {
          detail: 'LIVRET_STORE: this MongoDB is neither a replica set nor a sharded cluster; transactions need one.',
        });
      }
      if (hello.maxWireVersion < OLDEST_WIRE_VERSION) {
        throw new LivretError('config.invalid', { detail: 'LIVRET_STORE: MongoDB 5.0 or later is needed.' });
      }
      return new Connection(client, client.options.dbName === 'test' ? DEFAULT_DATABASE : client.options.dbName);
    } catch (cause) {
      await client.close();
      if (cause instanceof LivretError) throw cause;
      throw new LivretError('store.unavailable', { detail: describeRefusal(cause), cause, retryAfter: 1 });
    }
  }

  /** From now on whoever comes by this connection is refused, until it is called with nothing. */
  refuse(refusal?: LivretError): void {
    this.#refusal = refusal;
  }

  /** The same connection, for those who are not refused. Not to be closed. */
  unrefused(): Connection {
    return new Connection(this.client, this.#database);
  }

  /** As `attempt`; rejects with store.unavailable for what MongoDB or the network refuses. */
  async run<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
    try {
      return await this.attempt(work);
    } catch (error) {
      throw unavailable(error);
    }
  }

  /**
   * Reads or writes, after everything this process has seen, whichever member is the primary now (causal consistency).
   * Rejects with what the driver rejects with.
   */
  async attempt<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
    if (this.#closed) throw new LivretError('store.unavailable', { detail: 'It is closed.' });
    if (this.#refusal) throw this.#refusal;
    const session = this.client.startSession({ causalConsistency: true });
    try {
      if (this.#time) session.advanceOperationTime(this.#time);
      return await work(session);
    } finally {
      const time = session.operationTime;
      if (time && (!this.#time || time.greaterThan(this.#time))) this.#time = time;
      await session.endSession();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.client.close();
  }
}

function clientOf(address: string): MongoClient {
  try {
    return new MongoClient(address, {
      appName: 'livret',
      readConcern: { level: 'majority' },
      writeConcern: WRITE_CONCERN,
      // Reading from a secondary would not see what was just acknowledged.
      readPreference: 'primary',
      retryReads: true,
      retryWrites: true,
      ignoreUndefined: true,
      serverSelectionTimeoutMS: PRIMARY_WITHIN,
      connectTimeoutMS: CONNECTED_WITHIN,
      socketTimeoutMS: OPERATION_WITHIN,
    });
  } catch (cause) {
    // The address may hold a password: what the driver says of it stays out of the sentence.
    throw new LivretError('config.invalid', { detail: 'LIVRET_STORE is not an address of MongoDB.', cause });
  }
}

const AUTHENTICATION_FAILED = 18;
export const UNAUTHORIZED = 13;

function describeRefusal(error: unknown): string {
  const { code } = error as { code?: unknown };
  if (code === AUTHENTICATION_FAILED) return 'MongoDB does not accept the user and password of LIVRET_STORE.';
  if (code === UNAUTHORIZED) return 'The user of LIVRET_STORE may not do what Livret needs.';
  return 'MongoDB does not answer at the address of LIVRET_STORE.';
}

/** What a connection says that breaks while something is written to it: the driver passes that on as it is. */
const BROKEN_CONNECTION = ['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'];

const isBrokenConnection = (error: unknown): boolean =>
  error instanceof Error && BROKEN_CONNECTION.includes((error as NodeJS.ErrnoException).code ?? '');

/** Whether nobody was reached, or answered: the same will be true of whatever is asked next. */
export function isOutOfReach(error: unknown): boolean {
  const cause = error instanceof LivretError ? error.cause : error;
  return cause instanceof MongoNetworkError || cause instanceof MongoServerSelectionError || isBrokenConnection(cause);
}

/** What MongoDB or the network refuses, for those who ask the store; the cause is for the log. */
export function unavailable(error: unknown): unknown {
  if (!(error instanceof MongoError) && !isBrokenConnection(error)) return error;
  return new LivretError('store.unavailable', { cause: error, retryAfter: 1 });
}
