/** The store's feed into the tables. */
import { setImmediate as pause } from 'node:timers/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { FeedEntry, FeedPage, Position, Statement, Statements, StoredStatement } from '../../lrs/index.ts';
import { appendRow, type Cell } from './append.ts';
import { writeMeta } from './database.ts';
import { type Event, eventOf } from './event.ts';

/** Statements between two pauses, in which requests are served: about a millisecond's work. */
const SLICE = 50;

type PlacedEvent = Event & { position: Position };

/** What some pages come to: rows of these statements go, then these rows come. */
export class Batch {
  readonly #remove = new Set<string>();
  readonly #add = new Map<string, PlacedEvent>();
  #cursor: Position = 0;
  #entries = 0;

  /** Entries of the feed that it has taken. */
  get entries(): number {
    return this.#entries;
  }

  /**
   * Works out what the next page changes. Statements that were rewritten are read again from `statements`; whatever order
   * a statement, its voiding and its erasure come in, the last word is the store's.
   */
  async take(page: FeedPage, statements: Pick<Statements, 'get'>): Promise<void> {
    for (const [n, entry] of page.entries.entries()) {
      if (n % SLICE === SLICE - 1) await pause();
      for (const id of changedBy(entry)) {
        this.#remove.add(id);
        this.#add.delete(id);
      }
      if (entry.kind === 'statement') this.#place(entry.statement);
      // One by one: an erasure may name very many.
      for (const id of entry.kind === 'erased' ? entry.ids : []) this.#place(await statements.get(id));
    }
    this.#cursor = page.through;
    this.#entries += page.entries.length;
  }

  /** Writes it and its cursor, and notes whose rows it changes. Runs inside a transaction. */
  async write(connection: DuckDBConnection): Promise<void> {
    if (this.#remove.size > 0) await removeRows(connection, [...this.#remove]);
    if (this.#add.size > 0) {
      const events = [...this.#add.values()];
      await appendRows(connection, events);
      await noteStale(connection, new Set(events.map(({ agent }) => agent)));
    }
    await writeMeta(connection, 'cursor', String(this.#cursor));
  }

  #place(stored: StoredStatement | undefined): void {
    const event = stored && !stored.voided ? eventOf(stored.id, parse(stored)) : undefined;
    if (stored && event) this.#add.set(stored.id, { ...event, position: stored.position });
  }
}

function changedBy(entry: FeedEntry): readonly string[] {
  if (entry.kind === 'statement') return [];
  return entry.kind === 'voided' ? [entry.id] : entry.ids;
}

const utf8 = new TextDecoder();

const parse = ({ text }: StoredStatement): Statement => JSON.parse(utf8.decode(text));

/** Whoever made these statements is stale from here on: their rows are about to go. */
async function removeRows(connection: DuckDBConnection, ids: readonly string[]): Promise<void> {
  const gone = 'statement IN (SELECT unnest(from_json($list, \'["UUID"]\')))';
  const list = JSON.stringify(ids);
  await connection.run(`INSERT INTO stale SELECT DISTINCT person FROM agents JOIN events USING (agent) WHERE ${gone}`, {
    list,
  });
  await connection.run(`DELETE FROM events WHERE ${gone}`, { list });
}

async function noteStale(connection: DuckDBConnection, agents: ReadonlySet<string>): Promise<void> {
  await connection.run(
    `INSERT INTO stale
     SELECT DISTINCT person FROM agents
     WHERE agent IN (SELECT unnest(from_json($list, '["VARCHAR"]'))) AND person NOT IN (FROM stale)`,
    { list: JSON.stringify([...agents]) },
  );
}

async function appendRows(connection: DuckDBConnection, events: readonly PlacedEvent[]): Promise<void> {
  const appender = await connection.createAppender('events');
  for (const [n, event] of events.entries()) {
    if (n % SLICE === SLICE - 1) await pause();
    appendRow(appender, rowOf(event));
  }
  appender.closeSync();
}

const rowOf = ({ slot, ...event }: PlacedEvent): Cell[] => [
  event.position,
  event.statement,
  event.agent,
  new Date(event.instant),
  event.kind,
  event.active,
  event.verb,
  event.object,
  event.parcours,
  event.module,
  event.registration,
  event.scaled,
  event.success,
  event.completion,
  event.duration,
  slot?.id,
  dateOf(slot?.from),
  dateOf(slot?.to),
  event.place,
];

const dateOf = (instant: number | undefined): Date | undefined =>
  instant === undefined ? undefined : new Date(instant);
