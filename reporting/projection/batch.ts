/** One page of the store's feed into the tables. */
import { setImmediate as pause } from 'node:timers/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { FeedEntry, FeedPage, Position, Statement, Statements, StoredStatement } from '../../lrs/index.ts';
import { appendRow } from './append.ts';
import { writeMeta } from './database.ts';
import { type Event, eventOf } from './event.ts';

/** Statements between two pauses, in which requests are served: about a millisecond's work. */
const SLICE = 50;

/** What a page comes to: rows of these statements go, then these rows come. */
export interface Batch {
  remove: string[];
  add: PlacedEvent[];
  cursor: Position;
}

type PlacedEvent = Event & { position: Position };

/**
 * Works out what a page changes. Statements that were rewritten are read again from `statements`; whatever order a
 * statement, its voiding and its erasure come in, the last word is the store's.
 */
export async function readBatch(page: FeedPage, statements: Pick<Statements, 'get'>): Promise<Batch> {
  const remove = new Set<string>();
  const add = new Map<string, PlacedEvent>();
  for (const [n, entry] of page.entries.entries()) {
    if (n % SLICE === SLICE - 1) await pause();
    for (const id of changedBy(entry)) {
      remove.add(id);
      add.delete(id);
    }
    for await (const stored of statementsOf(entry, statements)) {
      const event = stored.voided ? undefined : eventOf(stored.id, parse(stored));
      if (event) add.set(stored.id, { ...event, position: stored.position });
    }
  }
  return { remove: [...remove], add: [...add.values()], cursor: page.through };
}

function changedBy(entry: FeedEntry): readonly string[] {
  if (entry.kind === 'statement') return [];
  return entry.kind === 'voided' ? [entry.id] : entry.ids;
}

/** The statements an entry brings, as they are now. One by one: an erasure may name very many. */
async function* statementsOf(entry: FeedEntry, statements: Pick<Statements, 'get'>): AsyncGenerator<StoredStatement> {
  if (entry.kind === 'statement') yield entry.statement;
  if (entry.kind !== 'erased') return;
  for (const id of entry.ids) {
    const stored = await statements.get(id);
    if (stored) yield stored;
  }
}

const utf8 = new TextDecoder();

const parse = ({ text }: StoredStatement): Statement => JSON.parse(utf8.decode(text));

/** Writes a batch and its cursor. Runs inside a transaction. */
export async function writeBatch(connection: DuckDBConnection, { remove, add, cursor }: Batch): Promise<void> {
  if (remove.length > 0) await removeRows(connection, remove);
  if (add.length > 0) await appendRows(connection, add);
  await writeMeta(connection, 'cursor', String(cursor));
}

async function removeRows(connection: DuckDBConnection, ids: readonly string[]): Promise<void> {
  const list = JSON.stringify(ids);
  await connection.run('DELETE FROM events WHERE statement IN (SELECT unnest(from_json($list, \'["UUID"]\')))', {
    list,
  });
}

async function appendRows(connection: DuckDBConnection, events: readonly PlacedEvent[]): Promise<void> {
  const appender = await connection.createAppender('events');
  for (const [n, event] of events.entries()) {
    if (n % SLICE === SLICE - 1) await pause();
    const { position, statement, agent, instant, verb, object, course, registration, completion } = event;
    appendRow(appender, [
      position,
      statement,
      agent,
      new Date(instant),
      verb,
      object,
      course,
      registration,
      completion,
    ]);
  }
  appender.closeSync();
}
