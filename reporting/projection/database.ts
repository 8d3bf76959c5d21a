/** The DuckDB file: opened once, emptied when it is not ours to read, asked through small functions. */
import { rm } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { LivretError } from '../../lrs/index.ts';
import type { Tell } from '../../web/index.ts';
import { brokenBy, isFatal, keptBecause, notOpen, refusalOf, tornBy } from './failure.ts';
import { CREATE_TABLES, DROP_TABLES, SCHEMA_VERSION } from './schema.ts';

export type Row = Record<string, unknown>;

/** Runs one SELECT with named parameters and gives its rows; 64-bit integers come as bigint, so cast counts. */
export type Query = (sql: string, parameters?: Record<string, DuckDBValue>) => Promise<Row[]>;

/** What must be true of the file, or it is emptied: the tables' version and the store it was filled from. */
export type Identity = Readonly<Record<string, string>>;

/** All of it rejects `store.unavailable` where the disk is full, and from the end on. */
export interface Database {
  /** It is closed, or DuckDB has given it up, or come upon a torn block: the file has to be opened anew, once this is closed. */
  readonly ended: boolean;
  /** Runs work over one unchanging view of the data. */
  read<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** Runs work of the writer; all of it is kept, or nothing. */
  write<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  /** What was noted under a key, as the writer sees it. */
  meta(key: string): Promise<string | undefined>;
  /** Empties every table. */
  reset(): Promise<void>;
  /** Lets go of the file once nobody reads any more. */
  close(): Promise<void>;
}

// POSIX locks belong to the process: closing a second instance of a file would let go of the first one's lock.
const open = new Set<string>();

/**
 * Opens the file, making it where it is missing. One that is broken, or of another identity, is emptied, and that is told: the
 * store has it all, but to read that again takes long. One that cannot be opened for any other reason is kept. Rejects
 * `store.locked` when another process holds it, else `store.unavailable`: the disk is full, say, or a right is missing.
 */
export async function openDatabase(path: string, memory: number, identity: Identity, tell?: Tell): Promise<Database> {
  const file = resolve(path);
  if (open.has(file)) throw new Error(`The read model ${file} is open in this process already.`);
  open.add(file);
  const emptied: Emptied = (reason) => tell?.(EMPTIED, { reason });
  const attempt = () => openOnce(file, memory, { ...identity, schema: String(SCHEMA_VERSION) }, emptied);
  try {
    return await attempt().catch(async (error: unknown) => {
      const reason = brokenBy(error, file);
      if (reason === undefined) throw error;
      await remove(file);
      emptied(reason);
      return attempt();
    });
  } catch (error) {
    open.delete(file);
    throw keptBecause(error, file);
  }
}

const remove = (file: string): Promise<unknown> =>
  Promise.all([file, `${file}.wal`].map((each) => rm(each, { force: true })));

/** What is told where that happens, with the reason. */
export const EMPTIED = 'the read model is emptied: all is read again from the store';

type Emptied = (reason: string) => void;

async function openOnce(file: string, memory: number, identity: Identity, emptied: Emptied): Promise<Database> {
  const instance = await openInstance(file, memory);
  const writer = await instance.connect();
  try {
    const other = await otherThan(writer, identity);
    if (other !== undefined) {
      await transaction(writer, () => recreate(writer, identity));
      if (other !== NEW) emptied(`${basename(file)} ${other}`);
    }
    return databaseOf({ file, instance, writer, identity, emptied });
  } catch (error) {
    writer.closeSync();
    instance.closeSync();
    throw error;
  }
}

/**
 * Of the memory that the reports may use, what DuckDB may count: of what it has given back the process keeps some, and takes
 * half as much again (publishing from 20 million events took 890 MB where 512 were counted, 480 where 320 were; no slower).
 */
export const countedOf = (memory: number): number => Math.max(Math.min(memory, LEAST), (memory * 5) / 8);

const LEAST = 64 * 2 ** 20;

async function openInstance(file: string, memory: number): Promise<DuckDBInstance> {
  try {
    return await DuckDBInstance.create(file, {
      memory_limit: `${Math.floor(countedOf(memory) / 2 ** 20)}MiB`,
      temp_directory: `${file}.tmp`,
      threads: '2',
      // Nothing is ever fetched from elsewhere.
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
  } catch (cause) {
    if (!/could not set lock/i.test(String(cause))) throw cause;
    throw new LivretError('store.locked', {
      detail: 'The read model in LIVRET_DATA is in use: each process needs a folder of its own.',
      cause,
    });
  }
}

interface Opened {
  file: string;
  instance: DuckDBInstance;
  writer: DuckDBConnection;
  identity: Identity;
  emptied: Emptied;
}

function databaseOf({ file, instance, writer, identity, emptied }: Opened): Database {
  const readers = new Set<Promise<unknown>>();
  let ended = false;
  let torn: string | undefined;
  let closed: Promise<void> | undefined;

  async function unlessEnded<T>(work: () => Promise<T>): Promise<T> {
    if (ended) throw notOpen();
    try {
      return await work();
    } catch (error) {
      torn ??= tornBy(error, file);
      ended ||= isFatal(error) || torn !== undefined;
      throw torn === undefined ? refusalOf(error) : notOpen(error);
    }
  }

  async function close(): Promise<void> {
    ended = true;
    // DuckDB keeps the file open for as long as there is a connection.
    await Promise.allSettled(readers);
    writer.closeSync();
    instance.closeSync();
    // Whoever opens it next finds nothing, and has it filled from the store.
    if (torn !== undefined) {
      await remove(file);
      emptied(torn);
    }
    open.delete(file);
  }

  return {
    get ended() {
      return ended;
    },
    async read(work) {
      const reader = unlessEnded(() => reading(instance, work));
      readers.add(reader);
      try {
        return await reader;
      } finally {
        readers.delete(reader);
      }
    },
    write: (work) => unlessEnded(() => transaction(writer, () => work(writer))),
    meta: (key) => unlessEnded(() => readMeta(writer, key)),
    reset: () => unlessEnded(() => transaction(writer, () => recreate(writer, identity))),
    close() {
      closed ??= close();
      return closed;
    },
  };
}

const NEW = 'is new';

/** In what a file is not the one that is meant; undefined where it is. */
async function otherThan(connection: DuckDBConnection, identity: Identity): Promise<string | undefined> {
  const tables = (await rowsOf(connection, 'SELECT table_name FROM duckdb_tables()')).map((row) => row.table_name);
  if (tables.length === 0) return NEW;
  if (!tables.includes('meta')) return 'has no table meta';
  for (const [key, value] of Object.entries(identity))
    if ((await readMeta(connection, key)) !== value) return `is of another ${key}`;
  return undefined;
}

async function recreate(connection: DuckDBConnection, identity: Identity): Promise<void> {
  await connection.run(DROP_TABLES);
  await connection.run(CREATE_TABLES);
  for (const [key, value] of Object.entries(identity)) await writeMeta(connection, key, value);
}

async function transaction<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> {
  await connection.run('BEGIN');
  try {
    const result = await work();
    await connection.run('COMMIT');
    return result;
  } catch (error) {
    // A failed COMMIT has ended the transaction already.
    await connection.run('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function reading<T>(instance: DuckDBInstance, work: (query: Query) => Promise<T>): Promise<T> {
  const connection = await instance.connect();
  try {
    return await transaction(connection, () => work((sql, parameters = {}) => rowsOf(connection, sql, parameters)));
  } finally {
    connection.closeSync();
  }
}

const rowsOf = async (
  connection: DuckDBConnection,
  sql: string,
  parameters: Record<string, DuckDBValue> = {},
): Promise<Row[]> => (await connection.runAndReadAll(sql, parameters)).getRowObjectsJS();

async function readMeta(connection: DuckDBConnection, key: string): Promise<string | undefined> {
  const [row] = await rowsOf(connection, 'SELECT value FROM meta WHERE key = $key', { key });
  return row === undefined ? undefined : String(row.value);
}

export async function writeMeta(connection: DuckDBConnection, key: string, value: string): Promise<void> {
  await connection.run('INSERT OR REPLACE INTO meta VALUES ($key, $value)', { key, value });
}
