/** Statements, found by id, by filters, or in order. */
import type { Binary, ClientSession } from 'mongodb';
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
import type { Connection } from './connection.ts';
import { utf8Text, uuidBinary, uuidText } from './encoding.ts';
import { anyKeyOf, keysOfPair } from './member-keys.ts';
import { StatementFlag, type StatementRow } from './schema.ts';
import type { Tickets } from './tickets.ts';

/** Index entries a query may walk for one page; then the page is short and says where to go on. Keeps a bad combination of filters from holding the database. */
const ROW_BUDGET = 20_000;
/** Entries of each member that are counted to find the rarest one. */
const COUNTED = 1_000;

/** A member that must be there, and the keys that show it. */
interface Condition extends Member {
  keys: Binary[];
}

/** As it is read: erased ones are left out. */
type Row = Required<Pick<StatementRow, '_id' | 'position' | 'text' | 'flags'>> & Pick<StatementRow, 'attachments'>;

/** An entry that was walked over. */
interface Missed {
  position: number;
  text?: undefined;
}

interface Walked {
  rows: Row[];
  next?: number;
}

const COLUMNS = { position: 1, text: 1, flags: 1 } as const;
const BY_MEMBER = { members: 1, position: 1 } as const;
const BY_POSITION = { position: 1 } as const;
const NOT_VOIDED = { flags: { $bitsAllClear: StatementFlag.VOIDED } } as const;

export class StatementReader {
  readonly #connection: Connection;
  readonly #tickets: Tickets;

  constructor(connection: Connection, tickets: Tickets) {
    this.#connection = connection;
    this.#tickets = tickets;
  }

  async get(id: string, attachments: boolean): Promise<StoredStatement | undefined> {
    const filter = { _id: uuidBinary(id), position: { $exists: true } };
    const row = await this.#read((session) =>
      this.#statements.findOne(filter, { session, projection: columns(attachments) }),
    );
    return row ? statementOf(row as Row, attachments) : undefined;
  }

  /** What was erased keeps a row that says so. */
  async count(): Promise<number> {
    return this.#read(async (session) => {
      const erased = await this.#statements.countDocuments({ erased: true }, { session });
      return (await this.#statements.estimatedDocumentCount({ session })) - erased;
    });
  }

  async find(query: StatementQuery): Promise<StatementPage> {
    const range = rangeOf(query);
    if (range.low > range.high) return { statements: [] };
    const conditions = conditionsOf(query).map(
      (each): Condition => ({ ...each, keys: anyKeyOf(each.kind, each.value, each.usage) }),
    );
    return this.#read(async (session) => {
      const { rows, next } =
        conditions.length === 0
          ? await this.#walkAll(query, range, session)
          : await this.#walkIndex(query, range, conditions, session);
      const shown = query.owner === undefined ? rows : await this.#foundAmongOwn(rows, conditions, session);
      const page: StatementPage = { statements: shown.map((row) => statementOf(row, query.attachments ?? false)) };
      if (next !== undefined) page.next = next;
      return page;
    });
  }

  async feed(after: number, limit: number): Promise<FeedPage> {
    // A reader that is catching up has enough before it.
    if (this.#tickets.throughPosition <= after) await this.#tickets.look();
    const end = this.#tickets.throughPosition;
    const range = { $gt: after, $lte: end };
    const { events } = this.#connection.collections;
    const [statements, told] = await this.#read(async (session) => [
      await this.#statements
        .find({ position: range }, { session, projection: COLUMNS, batchSize: limit })
        .sort(BY_POSITION)
        .limit(limit)
        .toArray(),
      await events.find({ _id: range }, { session }).sort({ _id: 1 }).limit(limit).toArray(),
    ]);
    const entries = [
      ...statements.map((row): FeedEntry => {
        const statement = statementOf(row as Row, false);
        return { kind: 'statement', position: statement.position, statement };
      }),
      ...told.map(
        ({ _id: position, kind, ids }): FeedEntry =>
          kind === 'voided' ? { kind, position, id: ids[0] ?? '' } : { kind, position, ids },
      ),
    ]
      .sort((a, b) => a.position - b.position)
      .slice(0, limit);
    // A full page may have cut either list, or both together: then it reaches no further than its last entry.
    const through = entries.length < limit ? Math.max(after, end) : (entries.at(-1)?.position ?? after);
    return { entries, through };
  }

  async #walkAll(query: StatementQuery, range: PositionRange, session: ClientSession): Promise<Walked> {
    const rows = await this.#statements
      .find({ position: between(range), ...NOT_VOIDED }, { session, projection: columnsFor(query), hint: BY_POSITION })
      .sort({ position: query.ascending ? 1 : -1 })
      .limit(query.limit + 1)
      .toArray();
    return cut(rows as Row[], query.limit);
  }

  /** Walks the rarest member's entries in order and keeps the statements that all other members have too. */
  async #walkIndex(
    query: StatementQuery,
    range: PositionRange,
    conditions: Condition[],
    session: ClientSession,
  ): Promise<Walked> {
    const keys = await this.#rarest(query, conditions, range, session);
    const found: Row[] = [];
    let rest = range;
    // small steps first: most pages are full soon
    for (let step = query.limit + 1, walked = 0; walked < ROW_BUDGET; step = Math.min(step * 4, ROW_BUDGET - walked)) {
      const rows = await this.#step(query, keys, rest, step, conditions, session);
      found.push(...rows.filter((row): row is Row => row.text !== undefined));
      if (found.length > query.limit) return cut(found, query.limit);
      const last = rows.at(-1);
      if (rows.length < step || !last) return { rows: found };
      walked += rows.length;
      rest = query.ascending ? { ...rest, low: last.position + 1 } : { ...rest, high: last.position - 1 };
    }
    return { rows: found, next: query.ascending ? rest.low - 1 : rest.high + 1 };
  }

  /** The statements of the next `step` entries; of those that do not meet every condition, the position alone. */
  #step(
    query: StatementQuery,
    keys: Binary[],
    range: PositionRange,
    step: number,
    conditions: readonly Condition[],
    session: ClientSession,
  ): Promise<(Row | Missed)[]> {
    const tests = conditions.map((each) => ({ $ne: [{ $setIntersection: ['$members', each.keys] }, []] }));
    const isHit = { $and: [{ $eq: [{ $mod: ['$flags', 2 * StatementFlag.VOIDED] }, 0] }, ...tests] };
    const shown = Object.keys(columnsFor(query)).filter((name) => name !== 'position');
    const columns = shown.map((name) => [name, { $cond: [isHit, `$${name}`, '$$REMOVE'] }]);
    return this.#statements
      .aggregate<Row | Missed>(
        [
          { $match: { members: { $in: keys }, position: between(range) } },
          { $sort: { position: query.ascending ? 1 : -1 } },
          { $limit: step },
          { $project: { position: 1, ...Object.fromEntries(columns) } },
        ],
        { session, hint: BY_MEMBER, batchSize: step },
      )
      .toArray();
  }

  /** Keys of one condition, or of a pair of them: of the first that is rare, else of the rarest. */
  async #rarest(
    { verb, activity, relatedActivities }: StatementQuery,
    conditions: readonly Condition[],
    range: PositionRange,
    session: ClientSession,
  ): Promise<Binary[]> {
    const paired = verb !== undefined && activity !== undefined && !relatedActivities;
    // A pair is at most as frequent as what it is made of.
    const others = paired ? conditions.filter(({ kind }) => kind !== 'verb' && kind !== 'activity') : conditions;
    const candidates = [...(paired ? [keysOfPair(verb, activity)] : []), ...others.map(({ keys }) => keys)];
    let best: { keys: Binary[]; n: number } | undefined;
    for (const keys of candidates.length > 1 ? candidates : []) {
      const filter = { members: { $in: keys }, position: between(range) };
      const n = await this.#statements.countDocuments(filter, { session, hint: BY_MEMBER, limit: COUNTED });
      if (!best || n < best.n) best = { keys, n };
      if (n < COUNTED) break;
    }
    return best?.keys ?? candidates[0] ?? [];
  }

  /**
   * For a limited reader a reference reaches only what the reader may read: otherwise whoever refers to a statement of
   * somebody else could learn what it says by asking with one filter after the other.
   */
  async #foundAmongOwn(rows: Row[], conditions: readonly Condition[], session: ClientSession): Promise<Row[]> {
    const { references } = this.#connection.collections;
    const found = await references.find({ _id: { $in: rows.map(({ _id }) => _id) } }, { session }).toArray();
    const targets = new Map(found.map(({ _id, target }) => [uuidText(_id), target]));
    const shown: Row[] = [];
    for (const row of rows) {
      const target = targets.get(uuidText(row._id));
      if (!target || (await this.#reachesOwn(row, target, conditions, session))) shown.push(row);
    }
    return shown;
  }

  async #reachesOwn(
    row: Row,
    target: Binary,
    conditions: readonly Condition[],
    session: ClientSession,
  ): Promise<boolean> {
    const { references } = this.#connection.collections;
    const owners = conditions.filter(({ usage }) => usage === Usage.OWNER);
    let missing = missingIn(utf8Text(row.text), conditions);
    const seen = new Set([uuidText(row._id)]);
    let next: Binary | undefined = target;
    while (next && missing.length > 0 && !seen.has(uuidText(next))) {
      seen.add(uuidText(next));
      const there = (await this.#statements.findOne({ _id: next }, { session, projection: COLUMNS })) as Row | null;
      if (!there?.text || missingIn(utf8Text(there.text), owners).length > 0) break;
      missing = missingIn(utf8Text(there.text), missing);
      next = (await references.findOne({ _id: next }, { session }))?.target;
    }
    return missing.length === 0;
  }

  get #statements() {
    return this.#connection.collections.statements;
  }

  #read<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
    return this.#connection.run(work);
  }
}

const between = ({ low, high }: PositionRange) => ({ $gte: low, $lte: high });

const columns = (attachments: boolean) => (attachments ? { ...COLUMNS, attachments: 1 } : COLUMNS);
const columnsFor = ({ attachments = false }: StatementQuery) => columns(attachments);

function statementOf({ _id, position, text, flags, attachments }: Row, withAttachments: boolean): StoredStatement {
  return {
    position,
    id: uuidText(_id),
    text: withStored(text.buffer, storedAt(position), (flags & StatementFlag.HAS_TIMESTAMP) !== 0),
    voided: (flags & StatementFlag.VOIDED) !== 0,
    ...(withAttachments && { attachments: attachments ?? [] }),
  };
}

/** One row more than asked tells that there are more. */
function cut(rows: Row[], limit: number): Walked {
  const last = rows[limit - 1];
  return rows.length > limit && last ? { rows: rows.slice(0, limit), next: last.position } : { rows };
}
