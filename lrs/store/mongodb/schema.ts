/** The collections of the MongoDB store, their indexes and migrations. */
import { randomUUID } from 'node:crypto';
import type { Binary, Collection, CreateIndexesOptions, Db, IndexSpecification, ObjectId } from 'mongodb';
import { LivretError } from '../../errors.ts';
import type { LedgerLine } from '../erasure.ts';
import type { DocumentScope } from '../store.ts';

export interface StatementRow {
  /** UUID. */
  _id: Binary;
  /** Missing, with all but the tombstones, once it is erased. */
  position?: number;
  /** Keys of everything it can be found by: see member-keys.ts. */
  members?: Binary[];
  /** Completed JSON less `stored` (and `timestamp`, when it is `stored`). */
  text?: Binary;
  /** See StatementFlag. */
  flags?: number;
  attachments?: { sha2: string; contentType: string; blob: string }[];
  /** What it was before somebody in it was forgotten. */
  tombstones?: { hash: Binary; version: number }[];
  erased?: true;
}

/** Bits of StatementRow.flags. DEFINES: its writer may change activity definitions. */
export const StatementFlag = { VOIDED: 1, HAS_TIMESTAMP: 2, VOIDS: 4, DEFINES: 8 } as const;

/** A statement whose object is a StatementRef. */
export interface ReferenceRow {
  /** The referring statement. */
  _id: Binary;
  target: Binary;
  voids: boolean;
  /** Whether it has inherited what its target can be found by, and has voided it where it does. */
  settled: boolean;
  /** Keys of members it has inherited, at most MOST_INHERITED. */
  inherited: number;
}

/** A commit that is done, or whose number nobody may use any more. */
export interface CommitRow {
  /** The ticket. */
  _id: number;
  /** Names who took the ticket; missing where somebody else gave it up for lost. */
  by?: string;
  /** Milliseconds (stored) it spans, both included. */
  first?: number;
  last?: number;
  /** Where it came with a dump: the dump's clock. */
  position?: number;
  /** Its references or definitions are still being seen to. */
  pending?: true;
}

export interface EventRow {
  /** The position. */
  _id: number;
  kind: 'voided' | 'erased';
  ids: string[];
}

export interface ActivityRow {
  _id: string;
  /** JSON. */
  definition: string;
  revision: number;
}

export interface DocumentRow {
  /** SHA-256 of the scope and the id. */
  _id: Binary;
  kind: DocumentScope['kind'];
  agent: string;
  activity: string;
  registration: string;
  id: string;
  contents: Binary;
  contentType: string;
  etag: string;
  updated: number;
  /** Changes with every put. */
  revision: string;
}

export interface ItemRow {
  /** Collection and id, see itemKey. */
  _id: string;
  collection: string;
  id: string;
  version: number;
  /** JSON. */
  value: string;
  /** Missing where it needs none: an empty list would be indexed as one that is undefined. */
  blobs?: string[];
  /** The indexes that its keys were made for. */
  indexed: string;
}

/** A key of an item in an index. */
export interface ItemKeyRow {
  /** ItemRow._id */
  item: string;
  collection: string;
  index: string;
  /** indexKey's bytes, each as the character of that number: the order of strings is that of the bytes. */
  key: string;
  id: string;
  unique: boolean;
}

export interface ErasureRow {
  _id: string;
  statements: number;
  documents: number;
  done: boolean;
}

/** A line of the ledger. */
export type LedgerRow = Omit<LedgerLine, 'id'> & { _id: string };

/** A dump that is being read. */
export interface HoldRow {
  _id: string;
  until: Date;
}

/** Requests and failed logins counted for a while. */
export interface CounterRow {
  _id: string;
  hits: number;
  resets: Date;
}

/** A row of GridFS' blobs.files. */
export interface BlobRow {
  _id: ObjectId;
  filename: string;
  length: number;
  metadata: {
    /** ms: when it was last sent. */
    touched: number;
    /** Once it is whole; its name is then its SHA-256. */
    named?: true;
  };
}

/** An upload that has begun: should it never end, its chunks are found by it. */
export interface UploadRow {
  _id: ObjectId;
  /** ms */
  begun: number;
}

/**
 * `clock`: the last ticket given out, and the last millisecond (stored) of its span; counting begins with 1.
 * `floor`: every ticket up to it is done; where a process that starts begins to look. `schema`: its version.
 * `site`: the name of its history, and whether a dump is being taken in, or was broken off.
 */
export interface MetaRow {
  _id: 'clock' | 'floor' | 'schema' | 'site';
  ticket?: number;
  /** ms */
  stored?: number;
  version?: number;
  history?: string;
  loading?: boolean;
}

export interface Collections {
  meta: Collection<MetaRow>;
  statements: Collection<StatementRow>;
  references: Collection<ReferenceRow>;
  commits: Collection<CommitRow>;
  events: Collection<EventRow>;
  activities: Collection<ActivityRow>;
  documents: Collection<DocumentRow>;
  items: Collection<ItemRow>;
  itemKeys: Collection<ItemKeyRow>;
  erasures: Collection<ErasureRow>;
  ledger: Collection<LedgerRow>;
  holds: Collection<HoldRow>;
  counters: Collection<CounterRow>;
  blobs: Collection<BlobRow>;
  chunks: Collection<{ files_id: ObjectId }>;
  uploads: Collection<UploadRow>;
}

/** Name of the GridFS bucket. */
export const BUCKET = 'blobs';

export const collectionsOf = (database: Db): Collections => ({
  meta: database.collection('meta'),
  statements: database.collection('statements'),
  references: database.collection('references'),
  commits: database.collection('commits'),
  events: database.collection('events'),
  activities: database.collection('activities'),
  documents: database.collection('documents'),
  items: database.collection('items'),
  itemKeys: database.collection('item_keys'),
  erasures: database.collection('erasures'),
  ledger: database.collection('ledger'),
  holds: database.collection('holds'),
  counters: database.collection('counters'),
  blobs: database.collection(`${BUCKET}.files`),
  chunks: database.collection(`${BUCKET}.chunks`),
  uploads: database.collection(`${BUCKET}.uploads`),
});

type Index = readonly [IndexSpecification, CreateIndexesOptions?];

/**
 * Since MongoDB 4.2 an index is built without holding up readers and writers. None but those on _id is unique on
 * statements: a sharded collection can only keep its shard key unique.
 */
const INDEXES: Partial<Record<keyof Collections, readonly Index[]>> = {
  statements: [
    [{ members: 1, position: 1 }],
    [{ position: 1 }],
    [{ 'attachments.blob': 1 }, { partialFilterExpression: { 'attachments.blob': { $exists: true } } }],
    [{ erased: 1 }, { partialFilterExpression: { erased: true } }],
    [{ 'tombstones.version': 1 }, { partialFilterExpression: { 'tombstones.version': { $exists: true } } }],
  ],
  references: [[{ target: 1 }], [{ settled: 1 }, { partialFilterExpression: { settled: false } }]],
  commits: [[{ pending: 1 }, { partialFilterExpression: { pending: true } }]],
  documents: [[{ agent: 1, kind: 1, activity: 1, registration: 1, id: 1 }]],
  items: [[{ collection: 1, indexed: 1 }], [{ blobs: 1 }, { partialFilterExpression: { blobs: { $exists: true } } }]],
  itemKeys: [
    [{ collection: 1, index: 1, key: 1, id: 1 }],
    [{ item: 1 }],
    [
      { collection: 1, index: 1, key: 1 },
      { name: 'unique', unique: true, partialFilterExpression: { unique: true } },
    ],
  ],
  holds: [[{ until: 1 }, { expireAfterSeconds: 0 }]],
  counters: [[{ resets: 1 }, { expireAfterSeconds: 0 }]],
  blobs: [
    [{ filename: 1 }, { name: 'named', unique: true, partialFilterExpression: { 'metadata.named': true } }],
    [{ 'metadata.touched': 1 }],
  ],
};

/**
 * Each brings a database from version i to i + 1, and changes nothing when it runs again: two processes that start
 * together may both run it. Never edit one that was released: add another.
 */
const MIGRATIONS: readonly ((collections: Collections) => Promise<void>)[] = [
  async function firstVersion(collections) {
    for (const [name, indexes] of Object.entries(INDEXES)) {
      const collection = collections[name as keyof Collections] as unknown as Collection;
      for (const [keys, options = {}] of indexes) await collection.createIndex(keys, options);
    }
    // Made now: inside a transaction a collection that is not there yet costs a lock.
    for (const collection of Object.values(collections)) await make(collection as unknown as Collection);
    await insertOnce(collections, { _id: 'clock', ticket: 0, stored: 0 });
    await insertOnce(collections, { _id: 'floor', ticket: 0, stored: 0 });
    await insertOnce(collections, { _id: 'site', history: randomUUID(), loading: false });
  },
];

export const SCHEMA_VERSION = MIGRATIONS.length;

/** Brings the database up to this program. Throws LivretError store.newer, and then changes nothing. */
export async function migrate(collections: Collections): Promise<void> {
  const found = await collections.meta.findOne({ _id: 'schema' });
  const version = found?.version ?? 0;
  if (version > SCHEMA_VERSION) {
    throw new LivretError('store.newer', {
      detail: `Its schema has version ${version}, this program knows versions up to ${SCHEMA_VERSION}. Install the newer Livret.`,
    });
  }
  for (const migration of MIGRATIONS.slice(version)) await migration(collections);
  await collections.meta.updateOne({ _id: 'schema' }, { $max: { version: SCHEMA_VERSION } }, { upsert: true });
}

const NAMESPACE_EXISTS = 48;
export const DUPLICATE_KEY = 11_000;

async function make(collection: Collection): Promise<void> {
  try {
    await collection.db.createCollection(collection.collectionName);
  } catch (error) {
    if (codeOf(error) !== NAMESPACE_EXISTS) throw error;
  }
}

async function insertOnce({ meta }: Collections, row: MetaRow): Promise<void> {
  try {
    await meta.insertOne(row);
  } catch (error) {
    if (codeOf(error) !== DUPLICATE_KEY) throw error;
  }
}

export const codeOf = (error: unknown): unknown => (error as { code?: unknown } | undefined)?.code;
