/** Some pages of the store's feed, and what they change in the tables. */
import { setImmediate as pause } from 'node:timers/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { FeedEntry, FeedPage, Position, Statement, Statements, StoredStatement } from '../../lrs/index.ts';
import { dropUnused, numbersOf } from './agent-numbers.ts';
import { appendRow, type Cell } from './append.ts';
import { writeMeta } from './database.ts';
import { type Event, eventOf } from './event.ts';

/** Statements between two pauses, in which requests are served: about a millisecond's work. */
const SLICE = 50;
/** Rows that the appender hands over at once: some milliseconds' work. */
const FLUSH = 1000;

interface PlacedEvent {
  position: Position;
  event: Event;
}

/** What some pages come to: rows of these statements go, then these rows come. */
export class Batch {
  readonly #remove = new Set<string>();
  readonly #add = new Map<string, PlacedEvent>();
  #cursor: Position = 0;
  #entries = 0;
  #statements = 0;

  /** Entries of the feed that it has taken. */
  get entries(): number {
    return this.#entries;
  }

  /** Of them, statements. */
  get statements(): number {
    return this.#statements;
  }

  /** Where the feed goes on after them. */
  get cursor(): Position {
    return this.#cursor;
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
      if (entry.kind === 'statement') {
        this.#statements++;
        this.#place(entry.statement);
      }
      // One by one: an erasure may name very many.
      for (const id of entry.kind === 'erased' ? entry.ids : []) this.#place(await statements.get(id));
    }
    this.#cursor = page.through;
    this.#entries += page.entries.length;
  }

  /**
   * Writes it and its cursor, and notes whose rows it changes. Runs inside a transaction. `taken`: statements that were
   * taken in before.
   */
  async write(connection: DuckDBConnection, taken: number): Promise<void> {
    if (this.#remove.size > 0) await removeRows(connection, [...this.#remove]);
    if (this.#add.size > 0) {
      const agents = await appendRows(connection, this.#add);
      await noteStale(connection, agents);
    }
    // Only now: a statement that was rewritten is there again.
    if (this.#remove.size > 0) await dropUnused(connection);
    await writeMeta(connection, 'cursor', String(this.#cursor));
    await writeMeta(connection, 'taken', String(taken + this.#statements));
  }

  #place(stored: StoredStatement | undefined): void {
    const event = stored && !stored.voided ? eventOf(parse(stored)) : undefined;
    if (stored && event) this.#add.set(stored.id, { position: stored.position, event });
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

async function noteStale(connection: DuckDBConnection, agents: Iterable<number>): Promise<void> {
  await connection.run(
    `INSERT INTO stale
     SELECT DISTINCT person FROM agents
     WHERE agent IN (SELECT unnest(from_json($list, '["INTEGER"]'))) AND person NOT IN (FROM stale)`,
    { list: JSON.stringify([...agents]) },
  );
}

/** Gives whose they are. */
async function appendRows(
  connection: DuckDBConnection,
  events: ReadonlyMap<string, PlacedEvent>,
): Promise<Iterable<number>> {
  const numbers = await numbersOf(connection, new Set([...events.values()].map(({ event }) => event.agent)));
  const appender = await connection.createAppender('events');
  let n = 0;
  for (const [statement, placed] of events) {
    if (++n % FLUSH === 0) appender.flushSync();
    if (n % SLICE === 0) await pause();
    appendRow(appender, rowOf(statement, placed, numbers.get(placed.event.agent)));
  }
  appender.closeSync();
  return numbers.values();
}

function rowOf(statement: string, { position, event }: PlacedEvent, agent: number | undefined): Cell[] {
  const { instant, verb, object, fact } = event;
  const { kind, active, parcours, module, registration, scaled, success, completion, duration, slot, place } = fact;
  return [
    position,
    statement,
    agent,
    new Date(instant),
    kind,
    active,
    verb,
    object,
    parcours,
    module,
    registration,
    scaled,
    success,
    completion,
    duration,
    slot?.id,
    dateOf(slot?.from),
    dateOf(slot?.to),
    place,
  ];
}

const dateOf = (instant: number | undefined): Date | undefined =>
  instant === undefined ? undefined : new Date(instant);
