/** The tables of the SQLite store, their migrations, and how a connection is opened. */
import { DatabaseSync } from '@photostructure/sqlite';
import { LivretError } from '../../errors.ts';

export type Database = InstanceType<typeof DatabaseSync>;

/**
 * Each entry brings a store from version i to i + 1. Never edit one that was released: add another.
 * Client-chosen text is kept in BLOB columns: SQLite cuts TEXT at a NUL byte on reading.
 */
const MIGRATIONS: readonly string[] = [
  `
  -- last position given out, in a row of its own so that an empty store has one too
  CREATE TABLE clock (one INTEGER PRIMARY KEY CHECK (one = 1), position INTEGER NOT NULL);
  INSERT INTO clock VALUES (1, 0);

  CREATE TABLE statement (
    position INTEGER PRIMARY KEY,
    id BLOB NOT NULL,               -- 16 bytes
    flags INTEGER NOT NULL,         -- see StatementFlag
    text BLOB NOT NULL              -- completed JSON less stored (and timestamp, when it is stored)
  );
  CREATE UNIQUE INDEX statement_id ON statement (id);

  -- dictionary of everything statements are looked up by
  CREATE TABLE member (
    kind INTEGER NOT NULL, value BLOB NOT NULL, id INTEGER NOT NULL,
    PRIMARY KEY (kind, value)
  ) WITHOUT ROWID;
  CREATE UNIQUE INDEX member_id ON member (id);
  CREATE TABLE entry (
    member INTEGER NOT NULL, position INTEGER NOT NULL, usage INTEGER NOT NULL,
    PRIMARY KEY (member, position)
  ) WITHOUT ROWID;

  -- statements whose object is a StatementRef; inherited: [member, usage, …] of what they refer to, recursively
  CREATE TABLE reference (
    source INTEGER PRIMARY KEY, target BLOB NOT NULL, voids INTEGER NOT NULL, inherited TEXT NOT NULL
  );
  CREATE INDEX reference_target ON reference (target);

  CREATE TABLE attachment (
    statement INTEGER NOT NULL, n INTEGER NOT NULL, sha2 TEXT NOT NULL, content_type BLOB NOT NULL, blob TEXT NOT NULL,
    PRIMARY KEY (statement, n)
  ) WITHOUT ROWID;
  CREATE INDEX attachment_blob ON attachment (blob);

  -- what the feed gives besides statements
  CREATE TABLE event (position INTEGER PRIMARY KEY, kind TEXT NOT NULL, detail TEXT NOT NULL);

  CREATE TABLE activity (id BLOB PRIMARY KEY, definition BLOB NOT NULL) WITHOUT ROWID;

  -- agent first, so that a person's documents are found; parts that a kind does not have are empty
  CREATE TABLE document (
    agent BLOB NOT NULL, kind TEXT NOT NULL, activity BLOB NOT NULL, registration BLOB NOT NULL, id BLOB NOT NULL,
    contents BLOB NOT NULL, content_type BLOB NOT NULL, etag TEXT NOT NULL, updated INTEGER NOT NULL,
    PRIMARY KEY (agent, kind, activity, registration, id)
  );

  CREATE TABLE item (
    collection TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, value BLOB NOT NULL,
    PRIMARY KEY (collection, id)
  ) WITHOUT ROWID;
  CREATE TABLE item_key (
    collection TEXT NOT NULL, name TEXT NOT NULL, key BLOB NOT NULL, id BLOB NOT NULL,
    PRIMARY KEY (collection, name, key, id)
  ) WITHOUT ROWID;
  CREATE TABLE item_index (
    collection TEXT NOT NULL, name TEXT NOT NULL, fields TEXT NOT NULL,
    PRIMARY KEY (collection, name)
  ) WITHOUT ROWID;
  CREATE TABLE item_blob (
    collection TEXT NOT NULL, id BLOB NOT NULL, blob TEXT NOT NULL,
    PRIMARY KEY (collection, id, blob)
  ) WITHOUT ROWID;
  CREATE INDEX item_blob_blob ON item_blob (blob);

  -- equality hash of what was rewritten or removed, so that a copy that comes again is known and not stored
  CREATE TABLE tombstone (
    id BLOB NOT NULL, hash BLOB NOT NULL, hash_version INTEGER NOT NULL,
    PRIMARY KEY (id, hash)
  ) WITHOUT ROWID;
  CREATE TABLE erasure (id TEXT PRIMARY KEY, statements INTEGER NOT NULL, documents INTEGER NOT NULL) WITHOUT ROWID;
  `,
  `
  -- history names what positions belong to; loading: a dump is being taken in, or was broken off
  CREATE TABLE site (one INTEGER PRIMARY KEY CHECK (one = 1), history TEXT NOT NULL, loading INTEGER NOT NULL);
  INSERT INTO site VALUES (1, lower(hex(randomblob(16))), 0);

  -- CRC-32 of text, so that a changed byte is noticed; NULL where it was written before there was one
  ALTER TABLE statement ADD COLUMN crc INTEGER;

  ALTER TABLE item_index ADD COLUMN is_unique INTEGER NOT NULL DEFAULT 0;
  `,
  `
  -- see pairs.ts; 0, 0 for statements that refer to others
  CREATE TABLE pair (
    verb INTEGER NOT NULL, activity INTEGER NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (verb, activity, position)
  ) WITHOUT ROWID;
  CREATE TEMP TABLE object (position INTEGER PRIMARY KEY, activity INTEGER NOT NULL);
  INSERT INTO object SELECT e.position, e.member FROM entry e JOIN member m ON m.id = e.member
    WHERE m.kind = 3 AND e.usage & 1 AND e.position NOT IN (SELECT source FROM reference);
  INSERT INTO pair SELECT e.member, o.activity, e.position FROM entry e JOIN member m ON m.id = e.member
    JOIN object o ON o.position = e.position WHERE m.kind = 2;
  DROP TABLE object;
  INSERT INTO pair SELECT 0, 0, source FROM reference;
  `,
];

export const SCHEMA_VERSION = MIGRATIONS.length;

/** Bits of statement.flags. */
export const StatementFlag = { VOIDED: 1, HAS_TIMESTAMP: 2, VOIDS: 4 } as const;

/** "Livr" in ASCII: tells a Livret store from any other SQLite file. */
const APPLICATION_ID = 0x4c697672;

/** What is read is mapped; a cache holds what is being changed, and what is in the log. */
const PAGE_CACHE_KIB = { writing: 32 * 1024, reading: 8 * 1024 };
/** What the log keeps of its room when it begins anew: somebody who read for long has let it grow. */
const LOG_BYTES = 64 * 2 ** 20;
const MAPPED_BYTES = 8 * 2 ** 30;

/**
 * Opens the connection that writes; creates or migrates the schema.
 * Throws LivretError store.newer, store.incomplete, or store.unavailable when the file is no Livret store.
 */
export function openForWriting(file: string): Database {
  const database = open(file, false);
  const version = pragma(database, 'user_version');
  if (version > SCHEMA_VERSION) {
    database.close();
    throw new LivretError('store.newer', {
      detail: `Its schema has version ${version}, this program knows versions up to ${SCHEMA_VERSION}. Install the newer Livret.`,
    });
  }
  const application = pragma(database, 'application_id');
  if (application !== APPLICATION_ID && (version > 0 || hasTables(database))) {
    database.close();
    throw new LivretError('store.unavailable', { detail: `${file} is a database of another program.` });
  }
  database.exec(
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = ${LOG_BYTES};`,
  );
  for (let step = version; step < SCHEMA_VERSION; step++) {
    database.exec(
      `BEGIN IMMEDIATE; ${MIGRATIONS[step] ?? ''} PRAGMA user_version = ${step + 1}; PRAGMA application_id = ${APPLICATION_ID}; COMMIT;`,
    );
  }
  if (isLoading(database)) {
    database.close();
    throw new LivretError('store.incomplete', { detail: 'Run the restore again.' });
  }
  return database;
}

const isLoading = (database: Database): boolean =>
  database.prepare('SELECT 1 FROM site WHERE loading = 1').get() !== undefined;

/** Opens another connection to a store that is open for writing, for what can be done beside the writer. */
export function openBesideWriter(file: string): Database {
  const database = open(file, false);
  database.exec('PRAGMA synchronous = FULL;');
  return database;
}

/** Opens a connection that only reads; the writer must have opened the store before. */
export const openForReading = (file: string): Database => open(file, true);

function open(file: string, readOnly: boolean): Database {
  const database = new DatabaseSync(file, { readOnly, timeout: 10_000 });
  database.exec(
    `PRAGMA cache_size = -${readOnly ? PAGE_CACHE_KIB.reading : PAGE_CACHE_KIB.writing}; PRAGMA mmap_size = ${MAPPED_BYTES}; PRAGMA temp_store = MEMORY;`,
  );
  return database;
}

function pragma(database: Database, name: string): number {
  const row = database.prepare(`PRAGMA ${name}`).get() as Record<string, number>;
  return row[name] ?? 0;
}

function hasTables(database: Database): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined;
}
