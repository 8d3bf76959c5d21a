import { withStored } from '../../xapi/stored.ts';
import { type Member, Usage } from '../../xapi/types.ts';
import { conditionsOf, missingIn } from '../conditions.ts';
import { type PositionRange, rangeOf } from '../position-range.ts';
import {
  type FeedEntry,
  type FeedPage,
  type StatementPage,
  type StatementQuery,
  type StoredStatement,
  storedAt,
} from '../store.ts';
import { fromUtf8, MEMBER_KIND, utf8, uuidBytes, uuidText } from './encoding.ts';
import { type Pair, REFERRING } from './pairs.ts';
import { type Database, StatementFlag } from './schema.ts';

/** Index rows a query may walk for one page; then the page is short and says where to go on. Keeps a bad combination of filters from holding the reader. */
const ROW_BUDGET = 20_000;
/** Rows of each that are counted to find the rarest one; what has fewer is rare. */
const COUNTED = 1_000;

interface Row {
  position: number;
  id: Uint8Array;
  flags: number;
  text: Uint8Array;
}

/** A member that must be there, in one of the ways of `usage`; `number` is its number in the dictionary. */
interface Condition extends Member {
  number: number;
}

const COLUMNS = 's.position, s.id, s.flags, s.text';

/** Statements, found by id, by filters, or in order. Each answer shows one moment of the store, however many questions it takes. */
export class StatementReader {
  readonly #database: Database;
  readonly #prepared = new Map<string, ReturnType<Database['prepare']>>();

  constructor(database: Database) {
    this.#database = database;
  }

  get(id: string, attachments: boolean): StoredStatement | undefined {
    return this.#atOneMoment(() => {
      const row = this.#all(`SELECT ${COLUMNS} FROM statement s WHERE s.id = ?`, uuidBytes(id))[0] as Row | undefined;
      return row && this.#statement(row, attachments);
    });
  }

  count(): number {
    return (this.#all('SELECT count(*) AS n FROM statement')[0] as { n: number }).n;
  }

  find(query: StatementQuery): StatementPage {
    return this.#atOneMoment(() => this.#find(query));
  }

  feed(after: number, limit: number): FeedPage {
    return this.#atOneMoment(() => this.#feed(after, limit));
  }

  #find(query: StatementQuery): StatementPage {
    const conditions = this.#conditions(query);
    // a member never seen: nothing can match
    if (!conditions) return { statements: [] };
    const range = rangeOf(query);
    if (range.low > range.high) return { statements: [] };
    const { rows, next } =
      conditions.length === 0 ? this.#walkAll(query, range) : this.#walkIndex(query, range, conditions);
    const shown = query.owner === undefined ? rows : rows.filter((row) => this.#isFoundAmongOwn(row, conditions));
    const page: StatementPage = { statements: shown.map((row) => this.#statement(row, query.attachments ?? false)) };
    if (next !== undefined) page.next = next;
    return page;
  }

  #feed(after: number, limit: number): FeedPage {
    const statements = this.#all(
      `SELECT ${COLUMNS} FROM statement s WHERE s.position > ? ORDER BY s.position LIMIT ?`,
      after,
      limit,
    ) as Row[];
    const events = this.#all(
      'SELECT position, kind, detail FROM event WHERE position > ? ORDER BY position LIMIT ?',
      after,
      limit,
    ) as { position: number; kind: 'voided' | 'erased'; detail: string }[];
    const entries = [
      ...statements.map(
        (row): FeedEntry => ({ kind: 'statement', position: row.position, statement: this.#statement(row, false) }),
      ),
      ...events.map(({ position, kind, detail }): FeedEntry => {
        const ids = JSON.parse(detail) as string[];
        return kind === 'voided' ? { kind, position, id: ids[0] ?? '' } : { kind, position, ids };
      }),
    ]
      .sort((a, b) => a.position - b.position)
      .slice(0, limit);
    // A full page may have cut either list, or both together: then it reaches no further than its last entry.
    const complete = entries.length < limit;
    const clock = (this.#all('SELECT position FROM clock')[0] as { position: number }).position;
    const through = complete ? Math.max(after, clock) : (entries.at(-1)?.position ?? after);
    return { entries, through };
  }

  /** The members that must be there, or undefined when one of them is in no statement. */
  #conditions(query: StatementQuery): Condition[] | undefined {
    const conditions: Condition[] = [];
    for (const wanted of conditionsOf(query)) {
      const { kind, value } = wanted;
      const row = this.#all('SELECT id FROM member WHERE kind = ? AND value = ?', MEMBER_KIND[kind], utf8(value))[0] as
        | { id: number }
        | undefined;
      if (!row) return undefined;
      conditions.push({ ...wanted, number: row.id });
    }
    return conditions;
  }

  /**
   * For a limited reader a reference reaches only what the reader may read: otherwise whoever refers to a statement of
   * somebody else could learn what it says by asking with one filter after the other.
   */
  #isFoundAmongOwn(row: Row, conditions: readonly Condition[]): boolean {
    let target = this.#targetOf(row);
    // it has inherited nothing
    if (!target) return true;
    let missing = missingIn(fromUtf8(row.text), conditions);
    for (const seen = new Set([row.position]); missing.length > 0 && target; target = this.#targetOf(target)) {
      if (seen.has(target.position) || missingIn(fromUtf8(target.text), conditions.filter(isOwner)).length > 0) break;
      seen.add(target.position);
      missing = missingIn(fromUtf8(target.text), missing);
    }
    return missing.length === 0;
  }

  /** The stored statement that this one refers to. */
  #targetOf({ position }: Row): Row | undefined {
    return this.#all(
      `SELECT ${COLUMNS} FROM reference r JOIN statement s ON s.id = r.target WHERE r.source = ?`,
      position,
    )[0] as Row | undefined;
  }

  #walkAll(query: StatementQuery, range: PositionRange): { rows: Row[]; next?: number } {
    const rows = this.#all(
      `SELECT ${COLUMNS} FROM statement s WHERE s.position BETWEEN ? AND ? AND s.flags & ${StatementFlag.VOIDED} = 0
       ORDER BY s.position ${order(query)} LIMIT ?`,
      range.low,
      range.high,
      query.limit + 1,
    ) as Row[];
    return cut(rows, query.limit);
  }

  /** Walks the rarest of what is asked for in order, and keeps those that all the rest finds too. */
  #walkIndex(query: StatementQuery, range: PositionRange, conditions: Condition[]): { rows: Row[]; next?: number } {
    const { driver, rest } = this.#rarest(query, conditions, range);
    const tests = rest.map(
      () => 'AND EXISTS (SELECT 1 FROM entry x WHERE x.member = ? AND x.position = w.position AND x.usage & ?)',
    );
    const matching = `SELECT ${COLUMNS} FROM walk w JOIN statement s ON s.position = w.position
      WHERE w.usage & ? ${tests.join(' ')} AND s.flags & ${StatementFlag.VOIDED} = 0 ORDER BY w.position ${order(query)} LIMIT ?`;
    const walk = `${driver.rows} ORDER BY position ${order(query)} LIMIT ?`;
    const found: Row[] = [];
    let { low, high } = range;
    // small steps first: most pages are full soon, and a materialised walk costs what it holds
    for (let step = query.limit + 1, walked = 0; walked < ROW_BUDGET; step = Math.min(step * 4, ROW_BUDGET - walked)) {
      const rows = this.#all(
        `WITH walk AS MATERIALIZED (${walk}) ${matching}`,
        ...[...driver.values(low, high), step, driver.usage, ...rest.flatMap((each) => [each.number, each.usage])],
        query.limit + 1 - found.length,
      ) as Row[];
      found.push(...rows);
      if (found.length > query.limit) return cut(found, query.limit);
      const end = this.#all(
        `SELECT count(*) AS n, min(position) AS low, max(position) AS high FROM (${walk})`,
        ...[...driver.values(low, high), step],
      )[0] as { n: number; low: number; high: number };
      if (end.n < step) return { rows: found };
      walked += end.n;
      if (query.ascending) low = end.high + 1;
      else high = end.low - 1;
    }
    return { rows: found, next: query.ascending ? low - 1 : high + 1 };
  }

  /** What to walk: of the conditions, and the pair of verb and activity, the first that is rare, else the rarest; and what is left to test. */
  #rarest(query: StatementQuery, conditions: Condition[], range: PositionRange): { driver: Driver; rest: Condition[] } {
    const candidates = conditions.map((one) => ({
      driver: driverOf(one),
      rest: conditions.filter((each) => each !== one),
    }));
    const verb = conditions.find(({ kind }) => kind === 'verb');
    const activity = conditions.find(({ kind }) => kind === 'activity');
    if (verb && activity && !query.relatedActivities) {
      candidates.unshift({ driver: driverOfPair([verb.number, activity.number]), rest: conditions });
    }
    let best: { candidate: (typeof candidates)[number]; n: number } | undefined;
    for (const candidate of candidates.length > 1 ? candidates : []) {
      const { n } = this.#all(
        `SELECT count(*) AS n FROM (${candidate.driver.rows} LIMIT ${COUNTED})`,
        ...candidate.driver.values(range.low, range.high),
      )[0] as { n: number };
      if (!best || n < best.n) best = { candidate, n };
      if (n < COUNTED) break;
    }
    const chosen = best?.candidate ?? candidates[0];
    if (!chosen) throw new RangeError('nothing is asked for');
    return chosen;
  }

  #statement(row: Row, attachments: boolean): StoredStatement {
    const statement: StoredStatement = {
      position: row.position,
      id: uuidText(row.id),
      text: withStored(row.text, storedAt(row.position), (row.flags & StatementFlag.HAS_TIMESTAMP) !== 0),
      voided: (row.flags & StatementFlag.VOIDED) !== 0,
    };
    if (attachments) {
      const found = this.#all(
        'SELECT sha2, content_type, blob FROM attachment WHERE statement = ? ORDER BY n',
        row.position,
      ) as { sha2: string; content_type: Uint8Array; blob: string }[];
      statement.attachments = found.map(({ sha2, content_type, blob }) => ({
        sha2,
        contentType: fromUtf8(content_type),
        blob,
      }));
    }
    return statement;
  }

  /** Without it every question would see what was committed since the one before. */
  #atOneMoment<T>(work: () => T): T {
    this.#database.exec('BEGIN');
    try {
      return work();
    } finally {
      this.#database.exec('COMMIT');
    }
  }

  #all(sql: string, ...values: (string | number | Uint8Array)[]): unknown[] {
    let statement = this.#prepared.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      this.#prepared.set(sql, statement);
    }
    return statement.all(...values);
  }
}

/** Rows (position, usage) that are walked. */
interface Driver {
  /** SQL; its order and limit are put behind. */
  rows: string;
  values(low: number, high: number): number[];
  /** Ways of use that count. */
  usage: number;
}

const driverOf = ({ number, usage }: Condition): Driver => ({
  rows: 'SELECT position, usage FROM entry WHERE member = ? AND position BETWEEN ? AND ?',
  values: (low, high) => [number, low, high],
  usage,
});

const PAIR_ROWS = 'SELECT position, 1 AS usage FROM pair WHERE verb = ? AND activity = ? AND position BETWEEN ? AND ?';

/** Among them are all that have both. */
const driverOfPair = (pair: Pair): Driver => ({
  rows: `${PAIR_ROWS} UNION ALL ${PAIR_ROWS}`,
  values: (low, high) => [...pair, low, high, ...REFERRING, low, high],
  usage: 1,
});

const order = (query: StatementQuery): string => (query.ascending ? 'ASC' : 'DESC');

const isOwner = ({ usage }: Condition): boolean => usage === Usage.OWNER;

/** One row more than asked tells that there are more. */
function cut(rows: Row[], limit: number): { rows: Row[]; next?: number } {
  if (rows.length <= limit) return { rows };
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return last ? { rows: kept, next: last.position } : { rows: kept };
}
