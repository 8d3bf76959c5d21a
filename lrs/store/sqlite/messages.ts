/** What passes between the store's own thread and its writer and readers: only values that can be cloned. */
import type { ErrorCode } from '../../errors.ts';
import { LivretError } from '../../errors.ts';
import type { DumpEntry } from '../dump.ts';
import type {
  CollectionQuery,
  CollectionSpec,
  DocumentPut,
  DocumentScope,
  Erasure,
  NewStatement,
  Precondition,
  StatementQuery,
} from '../store.ts';
import { type PackedStatement, pack, unpack } from './packed-statement.ts';

export interface ItemChange {
  collection: string;
  id: string;
  /** JSON text; undefined removes. */
  value: string | undefined;
  expect?: number | 'absent';
  blobs: string[];
}

/** One unit of writing: done whole or not at all. */
export type Task =
  | { kind: 'commit'; statements: NewStatement[]; changes: ItemChange[] }
  | { kind: 'put-document'; put: DocumentPut }
  | { kind: 'delete-document'; scope: DocumentScope; id: string; condition: Precondition }
  | { kind: 'delete-documents'; scope: DocumentScope }
  | { kind: 'open-collection'; spec: CollectionSpec<object> }
  | { kind: 'erase'; erasure: Erasure }
  | { kind: 'load-begin' }
  | { kind: 'load'; entries: DumpEntry[] }
  | { kind: 'load-end'; erasures: Erasure[] }
  /** Writes the time: shows that the store can commit, and moves consistentThrough on. */
  | { kind: 'ticket' };

/** A task on its way to the writer's thread. */
export type SentTask =
  | Exclude<Task, { kind: 'commit' }>
  | { kind: 'commit'; statements: PackedStatement[]; changes: ItemChange[] };

export const sent = (task: Task): SentTask =>
  task.kind === 'commit' ? { ...task, statements: task.statements.map(pack) } : task;

export const received = (task: SentTask): Task =>
  task.kind === 'commit' ? { ...task, statements: task.statements.map(unpack) } : task;

export type TaskResult = { value: unknown } | { error: WireError };

/** Tasks that were asked for together, or the end. */
export type WriterRequest = SentTask[] | 'close';

/** What the tasks of a transaction came to, in the order in which they were sent. */
export interface GroupDone {
  results: TaskResult[];
  /** `stored` of the last thing committed. */
  stored: number;
}

export type Read =
  | { op: 'statement'; id: string; attachments: boolean }
  | { op: 'statements'; query: StatementQuery }
  | { op: 'feed'; after: number; limit: number }
  | { op: 'count' }
  | { op: 'history' }
  | { op: 'document'; scope: DocumentScope; id: string }
  | { op: 'document-ids'; scope: DocumentScope; since: number | undefined }
  | { op: 'definition'; id: string }
  | { op: 'item'; collection: string; id: string }
  | { op: 'items'; spec: CollectionSpec<object>; query: CollectionQuery }
  | { op: 'count-items'; spec: CollectionSpec<object>; query: CollectionQuery }
  | { op: 'blobs-in-use'; blobs: string[] };

export interface ReadRequest {
  request: number;
  read: Read;
}

export type ReadAnswer = { request: number } & TaskResult;

/** An error as it crosses threads. */
export interface WireError {
  code: ErrorCode | undefined;
  detail: string;
}

export function toWire(error: unknown): WireError {
  if (error instanceof LivretError) return { code: error.code, detail: error.detail ?? '' };
  return { code: undefined, detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** Errors that are not ours become store.unavailable: what went wrong is in the cause, for the log. */
export function fromWire({ code, detail }: WireError): LivretError {
  if (code) return new LivretError(code, detail ? { detail } : {});
  return new LivretError('store.unavailable', { cause: new Error(detail), retryAfter: 1 });
}
