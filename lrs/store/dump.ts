/** What a store holds as of one moment, entry by entry: how it is carried to another store, of whichever engine. */

/**
 * In this order: the clock first; then documents, activities, items, tombstones, erasures and blobs, kind by kind; then
 * statements and events, each in order of position. Nothing that can be made again is among them: indexes, what
 * references inherit, the numbers that an engine gives.
 */
export type DumpEntry =
  | DumpedClock
  | DumpedDocument
  | DumpedActivity
  | DumpedItem
  | DumpedTombstone
  | DumpedErasure
  | DumpedBlob
  | DumpedStatement
  | DumpedEvent;

export type DumpKind = DumpEntry['kind'];

/** The moment: everything at or before this position is in the dump, nothing after it. */
export interface DumpedClock {
  kind: 'clock';
  position: number;
}

/** A state or profile document; parts of the scope that its kind does not have are empty. */
export interface DumpedDocument {
  kind: 'document';
  scope: 'state' | 'activity-profile' | 'agent-profile';
  agent: string;
  activity: string;
  registration: string;
  id: string;
  contents: Uint8Array;
  contentType: string;
  etag: string;
  /** ms */
  updated: number;
}

/** The merged definition of an activity, as JSON text. */
export interface DumpedActivity {
  kind: 'activity';
  id: string;
  definition: string;
}

/** A document of a collection, as JSON text. */
export interface DumpedItem {
  kind: 'item';
  collection: string;
  id: string;
  version: number;
  value: string;
  blobs: string[];
}

/** Of a statement that was rewritten or removed; hash in hex. */
export interface DumpedTombstone {
  kind: 'tombstone';
  id: string;
  hash: string;
  hashVersion: number;
}

/** An erasure that was carried out, and what it touched. */
export interface DumpedErasure {
  kind: 'erasure';
  id: string;
  statements: number;
  documents: number;
}

/** Each blob that statements or items refer to, once. Its bytes come from store.blobs. */
export interface DumpedBlob {
  kind: 'blob';
  blob: string;
}

export interface DumpedStatement {
  kind: 'statement';
  position: number;
  id: string;
  /** As NewStatement.text, in UTF-8: without `stored`, and without `timestamp` where the sender gave none. */
  text: Uint8Array;
  hasTimestamp: boolean;
  voids: boolean;
  voided: boolean;
  attachments: { sha2: string; contentType: string; blob: string }[];
}

/** What the feed gives besides statements. `voided` has one id. */
export interface DumpedEvent {
  kind: 'event';
  position: number;
  event: 'voided' | 'erased';
  ids: string[];
}

/** Something that should not be so. Names nobody: where it is is told by ids. */
export interface Finding {
  /** What it is about. */
  kind:
    | 'file'
    | 'statement'
    | 'index'
    | 'reference'
    | 'voiding'
    | 'event'
    | 'attachment'
    | 'document'
    | 'activity'
    | 'item'
    | 'blob'
    | 'erasure';
  /** An id, or a few words. */
  where: string;
  /** A sentence. */
  problem: string;
}

/** How many of each were looked at so far. */
export interface Checked {
  statements: number;
  events: number;
  documents: number;
  activities: number;
  items: number;
  blobs: number;
}
