/**
 * The store contract. Every engine implements it and passes test/contract; nothing in it assumes one process.
 *
 * Time and order. Every commit takes a `stored` (milliseconds since 1970, UTC) that is strictly greater than that of
 * every commit answered before it was asked for; commits under way at the same time may share one, and then become
 * readable together. What they write is numbered. The two make a Position, one safe integer that orders everything the
 * store ever did, and that is the cursor of queries and of the feed on every engine.
 */
import type { ActivityDefinition, ReadStatement } from '../xapi/types.ts';
import type { Checked, DumpEntry, Finding } from './dump.ts';
import type { Erasure, ErasureLedger } from './erasure.ts';

export { type Erasure, hashKey, type LedgerLine, replacementOf } from './erasure.ts';

/** (stored − EPOCH) · 4096 + number inside the commit. A commit of more than 4096 facts runs on into the next millisecond. */
export type Position = number;

const EPOCH = Date.UTC(2020, 0, 1);
const PER_MILLISECOND = 4096;

/** The first position of a millisecond. */
export const positionAt = (milliseconds: number): Position => (milliseconds - EPOCH) * PER_MILLISECOND;

/** The `stored` of a position, in milliseconds since 1970. */
export const storedAt = (position: Position): number => Math.floor(position / PER_MILLISECOND) + EPOCH;

/**
 * How far references reach. What honest content records is a step or two; without bounds a chain of thousands, one
 * statement after the other, would cost the square of its length, and whoever may write could hold the writer.
 */
export const MOST_STEPS = 100;
export const MOST_INHERITED = 300;

/** A statement as it is read back. */
export interface StoredStatement {
  position: Position;
  /** lower-case UUID */
  id: string;
  /** The exact JSON text, UTF-8, with everything the LRS sets. */
  text: Uint8Array;
  voided: boolean;
  /** Filled in only when the query asked for attachments: stored contents by their declared sha2. */
  attachments?: StoredAttachment[];
}

export interface StoredAttachment {
  sha2: string;
  contentType: string;
  /** Name of the blob that holds the bytes. */
  blob: string;
}

/** A statement to be stored, with the blobs its attachments stand in (attachments with only a fileUrl have none). */
export interface NewStatement extends Omit<ReadStatement, 'value' | 'attachments'> {
  attachments: StoredAttachment[];
  /** Whether the writer may change activity definitions (scope `define`): its definitions are merged only then. */
  defines: boolean;
}

/** xAPI GET /statements, with values already normalised (agent keys, lower-case UUIDs, milliseconds). */
export interface StatementQuery {
  agent?: string;
  relatedAgents?: boolean;
  verb?: string;
  activity?: string;
  relatedActivities?: boolean;
  registration?: string;
  /** `stored` strictly after, and at or before, these milliseconds. */
  since?: number;
  until?: number;
  ascending?: boolean;
  /** At most this many; at least 1. */
  limit: number;
  /** Go on after this position (before it, when descending). */
  after?: Position;
  /** Only statements whose authority is this agent key (scope statements/read/mine); the other conditions then reach through references only as far as these are such statements too. */
  owner?: string;
  attachments?: boolean;
}

export interface StatementPage {
  statements: StoredStatement[];
  /** Present when there may be more: pass it as `after`. A page may be short, even empty, and still have more (row budget). */
  next?: Position;
}

export type FeedEntry =
  | { kind: 'statement'; position: Position; statement: StoredStatement }
  /** Statement `id` is void from here on. Comes after the statement itself, also where that arrived later than its voiding. */
  | { kind: 'voided'; position: Position; id: string }
  /** These statements were rewritten or removed because somebody was forgotten: a reader must read them again, and drop those that are gone. Names nobody. */
  | { kind: 'erased'; position: Position; ids: string[] };

export interface FeedPage {
  entries: FeedEntry[];
  /** Pass as the next `after`. Everything at or before it has been given, and nothing can appear there any more. */
  through: Position;
}

export interface Statements {
  /** The statement of that id, voided or not; undefined when there is none. */
  get(id: string, options?: { attachments?: boolean }): Promise<StoredStatement | undefined>;
  /** Never gives voided statements. StatementRefs: each condition but since and until holds for a statement or for what it refers to, recursively (an engine may stop after MOST_STEPS or MOST_INHERITED). */
  find(query: StatementQuery): Promise<StatementPage>;
  /**
   * Every statement, voiding and erasure exactly once, in commit order, from just after `after` (0: from the start).
   * `after` may lie anywhere; a page that grows no further is empty and its `through` may be resumed from.
   */
  feed(after: Position, limit: number): Promise<FeedPage>;
  /**
   * `stored` (ms) of the last commit that no earlier one can follow: every statement stored at or before it is readable
   * now, and none will ever be stored there. Moves on within about a second in an idle store.
   */
  consistentThrough(): Promise<number>;
  /**
   * As consistentThrough, and reaches as far as whatever was answered before the call, by whichever process: waits for the
   * commits that were begun until then. Rejects `store.unavailable` where one comes to no end.
   */
  settledThrough(): Promise<number>;
  /** How many statements there are (voided ones included); may be approximate while writes run. */
  count(): Promise<number>;
}

/** Which document: state needs agent and activity; profiles one of them. */
export type DocumentScope =
  | { kind: 'state'; activity: string; agent: string; registration?: string }
  | { kind: 'activity-profile'; activity: string }
  | { kind: 'agent-profile'; agent: string };

export interface StoredDocument {
  id: string;
  contents: Uint8Array;
  contentType: string;
  /** Lower-case SHA-1 hex of the contents; the header adds the quotes. */
  etag: string;
  /** ms */
  updated: number;
}

/** A precondition, checked inside the commit. '*' means any document. ETags come without quotes or W/. */
export interface Precondition {
  ifMatch?: string[] | '*';
  ifNoneMatch?: string[] | '*';
  /** Refuse (409 `document.conflict`) when a document exists and no condition was given. */
  requiredIfExists?: boolean;
}

export interface DocumentPut {
  scope: DocumentScope;
  id: string;
  contents: Uint8Array;
  contentType: string;
  /** Merge as a JSON object into the JSON object that is there (POST): top level only; refused `document.merge` where either is not. */
  merge?: boolean;
  condition?: Precondition;
}

export interface Documents {
  get(scope: DocumentScope, id: string): Promise<StoredDocument | undefined>;
  /** Ids in order, updated strictly after `since` (ms). A state scope without registration means: those without one. */
  ids(scope: DocumentScope, since?: number): Promise<string[]>;
  /** Resolves once on disk. Rejects with LivretError document.precondition, document.conflict or document.merge; nothing is changed then. */
  put(put: DocumentPut): Promise<{ etag: string; updated: number }>;
  /** Deletes one; no error when there is none (unless the condition asks for one). */
  delete(scope: DocumentScope, id: string, condition?: Precondition): Promise<void>;
  /** Deletes every document of the scope. */
  deleteAll(scope: DocumentScope): Promise<void>;
}

export interface Activities {
  /** Definition merged from every statement acknowledged so far; undefined for an activity never seen with one. */
  definition(id: string): Promise<ActivityDefinition | undefined>;
}

/** A value an index can hold. Order: null < false < true < numbers < strings (by UTF-8 bytes). */
export type IndexValue = string | number | boolean | null;

/**
 * A kind of small document with declared indexes. Fields are top-level properties of the document (missing = null; an
 * array of scalars gives one entry an element, in one field of an index at most). Adding an index to a spec is enough:
 * the engine builds it when the collection is first opened.
 */
export interface CollectionSpec<T extends object> {
  name: string;
  indexes: Record<string, { fields: (keyof T & string)[]; unique?: boolean }>;
}

export interface Versioned<T> {
  id: string;
  value: T;
  /** Changes with every put; for compare-and-set. */
  version: number;
}

export interface CollectionQuery {
  /** Name of a declared index (any other is a bug and rejects with RangeError); without it, every document in order of id. */
  index?: string;
  /** Values of the first fields of the index, in order. */
  equals?: IndexValue[];
  /** Range on the next field (on the id, without an index): from is inclusive, to exclusive. */
  from?: IndexValue;
  to?: IndexValue;
  descending?: boolean;
  limit?: number;
}

export interface Collection<T extends object> {
  readonly spec: CollectionSpec<T>;
  get(id: string): Promise<Versioned<T> | undefined>;
  find(query?: CollectionQuery): Promise<Versioned<T>[]>;
  count(query?: CollectionQuery): Promise<number>;
}

/** One change of a collection, made by `put` and `remove` below and carried out by commit. */
export interface CollectionChange {
  collection: CollectionSpec<object>;
  id: string;
  /** undefined removes. */
  value: object | undefined;
  /** Compare-and-set: the version it must have now, or 'absent'; refused `collection.conflict` otherwise. */
  expect?: number | 'absent';
  /** Blobs this document needs kept. */
  blobs?: string[];
}

export const put = <T extends object>(
  collection: CollectionSpec<T>,
  id: string,
  value: T,
  options: { expect?: number | 'absent'; blobs?: string[] } = {},
): CollectionChange => ({ collection: collection as unknown as CollectionSpec<object>, id, value, ...options });

export const remove = <T extends object>(
  collection: CollectionSpec<T>,
  id: string,
  options: { expect?: number } = {},
): CollectionChange => ({
  collection: collection as unknown as CollectionSpec<object>,
  id,
  value: undefined,
  ...options,
});

export interface Blobs {
  /** Streams to the store; resolves once synced. The name is the lower-case SHA-256 hex. Kept only once something committed refers to it (swept after 24 h otherwise). */
  put(source: AsyncIterable<Uint8Array> | Uint8Array): Promise<{ blob: string; length: number }>;
  /** Whole contents; rejects `blob.missing` when it is not there. */
  get(blob: string): Promise<Uint8Array>;
  stream(blob: string): AsyncIterable<Uint8Array>;
  /** Bytes of the contents; rejects `blob.missing`. */
  size(blob: string): Promise<number>;
  /** Removes blobs older than `olderThan` ms that nothing refers to; gives how many. */
  sweep(olderThan: number): Promise<number>;
}

/** What was counted under a name, and when (ms) counting begins anew. */
export interface Counted {
  hits: number;
  resets: number;
}

/** Counts what happens within a time, for limits: over all processes of the store. A crash may forget it. */
export interface Counters {
  /** Adds one. The first in a while begins a window of so many ms. */
  add(name: string, window: number): Promise<Counted>;
  /** Takes one away again, if any is there. */
  takeBack(name: string): Promise<void>;
  /** undefined where nothing is counted, or no more. */
  get(name: string): Promise<Counted | undefined>;
  forget(name: string): Promise<void>;
}

export interface Commit {
  statements?: NewStatement[];
  changes?: CollectionChange[];
}

export interface Committed {
  /** ms; of this commit, or of the last one when it changed nothing. */
  stored: number;
  /** For each statement, in order: whether it is new, or one equal to it was there already (then nothing changed). */
  outcomes: ('stored' | 'same')[];
}

export interface Store {
  /** Name of the engine, for those who are told where something comes from. */
  readonly engine: string;
  readonly statements: Statements;
  readonly documents: Documents;
  readonly activities: Activities;
  readonly blobs: Blobs;
  readonly counters: Counters;
  /** Where every erasure is written down, outside of what a dump holds. */
  readonly ledger: ErasureLedger;
  /** Opens a collection, building indexes that its spec newly declares. Two specs of one name in a process are a bug and throw. */
  collection<T extends object>(spec: CollectionSpec<T>): Collection<T>;
  /**
   * Statements and collection changes as one unit: all of it, or nothing. Resolves once it is on disk.
   * Rejects with LivretError: `statement.conflict` (same id, another content), `collection.conflict`,
   * `collection.duplicate` (unique index), `store.unavailable`. A refused commit leaves no trace and takes no neighbour along.
   * A statement may arrive already voided, or be referred to already. A statement equal to one that was erased is 'same' and not stored.
   * A statement that voids a voiding statement is stored and voids nothing.
   */
  commit(commit: Commit): Promise<Committed>;
  /**
   * Rewrites or removes the statements and documents of a person and leaves tombstones. Resolves with what it touched,
   * once that is on disk and in the ledger.
   */
  erase(erasure: Erasure): Promise<{ statements: number; documents: number }>;
  /** Calls back soon after something was committed, by whichever process. Only a hint to read; gives the function that stops it. */
  watch(listener: () => void): () => void;
  /** Finishes what a crash left half done, and lets go of what is needed no more. To be called every minute or so, by one process at a time. */
  maintain(): Promise<void>;
  /**
   * Names the history that positions belong to: a random text, made with the store and changed by load. A cursor that
   * was kept under another name says nothing about this store.
   */
  history(): Promise<string>;
  /**
   * Everything the store holds as of one moment, in the order of DumpEntry, in bounded memory, while writers go on: of a
   * commit all or nothing. What it refers to among the blobs is not swept before it has been read to its end or left.
   * Rejects `store.unavailable` where an engine has not the room for what it needs meanwhile, or is read too slowly for it.
   */
  dump(): AsyncIterable<DumpEntry>;
  /**
   * Fills an empty store with a dump: positions, `stored`, versions and flags exactly, and all that can be made of it
   * (a collection's indexes when it is opened). Before the store is whole `forget`, asked once every entry was taken,
   * says what must be erased again. The blobs were put before; it does not look whether they are there (verify does).
   * Rejects `store.notEmpty` and changes nothing; `backup.invalid` for entries that cannot be. A load that broke off
   * leaves a store that refuses everything, and its next opening too, with `store.incomplete`.
   */
  load(entries: AsyncIterable<DumpEntry>, forget?: () => Promise<readonly Erasure[]>): Promise<void>;
  /**
   * Looks through everything, while writers go on, by other ways than those by which it was written:
   * texts, indexes, references (within MOST_STEPS and MOST_INHERITED), voiding, events, positions, items, documents,
   * blobs. Bounded memory. `told` hears now and then, and last at the end, how far it is.
   */
  verify(told?: (checked: Checked) => void): AsyncIterable<Finding>;
  /** Rejects when the store cannot take a commit now. */
  ready(): Promise<void>;
  /** Finishes what was accepted, refuses (`store.unavailable`) what comes after, then closes. Asked again, it is the same closing. */
  close(): Promise<void>;
}
