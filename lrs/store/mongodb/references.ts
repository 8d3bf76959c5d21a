/**
 * StatementRefs: a statement is found by what it refers to (1.0.3 Communication 2.1.3, recursively), and may void it.
 * A reference is settled once it has inherited its target's keys. From then on whoever gives the target more passes it
 * on; so it is first marked, and then its target looked at once more.
 */
import type { Binary, ClientSession, Filter } from 'mongodb';
import { MOST_INHERITED, MOST_STEPS } from '../store.ts';
import type { Connection } from './connection.ts';
import { utf8Text, uuidText } from './encoding.ts';
import { inheritable, keyFromText, keysOfText, keyText } from './member-keys.ts';
import { type ReferenceRow, StatementFlag, type StatementRow } from './schema.ts';
import type { TicketedTransactions } from './ticketed.ts';

/** References looked at together. */
const AT_ONCE = 1_000;

/** What a statement can be found by, and its flags. */
interface Reach {
  keys: Set<string>;
  flags: number;
}

export class References {
  readonly #connection: Connection;
  readonly #transactions: TicketedTransactions;

  constructor(connection: Connection, transactions: TicketedTransactions) {
    this.#connection = connection;
    this.#transactions = transactions;
  }

  /** Settles what newly committed statements refer to, and what refers to them. */
  async settle(ids: readonly Binary[], { referring }: { referring: boolean }): Promise<void> {
    const targeted = { target: { $in: [...ids] } };
    await this.#settle(await this.#find(referring ? { $or: [targeted, { _id: { $in: [...ids] } }] } : targeted));
  }

  /** Settles every reference that a crash left. Those whose target never came stay as they are. */
  async settleLeft(): Promise<void> {
    let after: Binary | undefined;
    for (;;) {
      const { references } = this.#connection.collections;
      const rows = await this.#connection.run((session) =>
        references
          .find({ settled: false, ...(after && { _id: { $gt: after } }) }, { session })
          .sort({ _id: 1 })
          .limit(AT_ONCE)
          .toArray(),
      );
      await this.#settle(rows);
      after = rows.at(-1)?._id;
      if (rows.length < AT_ONCE) return;
    }
  }

  /** Finds anew what a referring statement can be found by, where what it refers to, nearby or far, has become less. Gives whether it is found by other things now. */
  async inheritAnew(id: Binary): Promise<boolean> {
    const { references, statements } = this.#connection.collections;
    return this.#connection.run(async (session) => {
      for (;;) {
        const own = await statements.findOne({ _id: id }, { session, projection: { text: 1, members: 1 } });
        const reference = await references.findOne({ _id: id }, { session });
        if (!own?.text || !own.members || !reference) return false;
        const keys = new Set(ownKeys(own.text));
        const before = keys.size;
        for (const key of await this.#reachAlong(reference, session)) {
          if (keys.size - before < MOST_INHERITED) keys.add(key);
        }
        const update = { $set: { members: [...keys].map(keyFromText) } };
        const { matchedCount } = await statements.updateOne({ _id: id, members: own.members }, update, { session });
        // It was settled meanwhile: once more.
        if (matchedCount === 0) continue;
        await references.updateOne({ _id: id }, { $set: { inherited: keys.size - before } }, { session });
        return own.members.some((key) => !keys.has(keyText(key))) || keys.size > own.members.length;
      }
    });
  }

  /** What a reference passes on, from the texts of all that it leads to. */
  async #reachAlong(reference: ReferenceRow, session: ClientSession): Promise<Set<string>> {
    const { references, statements } = this.#connection.collections;
    const reach = new Set<string>();
    const seen = new Set([textOf(reference._id)]);
    let next: ReferenceRow | null = reference;
    for (let step = 0; step < MOST_STEPS && next && !seen.has(textOf(next.target)); step++) {
      const { target }: ReferenceRow = next;
      seen.add(textOf(target));
      const there = await statements.findOne({ _id: target }, { session, projection: { text: 1 } });
      if (!there?.text) break;
      for (const key of ownKeys(there.text).flatMap(inheritable)) reach.add(key);
      next = await references.findOne({ _id: target }, { session });
    }
    return reach;
  }

  async #settle(rows: readonly ReferenceRow[]): Promise<void> {
    await this.#void(rows);
    let work = rows;
    for (let step = 0; step < MOST_STEPS && work.length > 0; step++) {
      const changed = new Map<string, Binary>();
      const given: Given = new Map();
      let news = await this.#inherit(work, given);
      for (let again = 0; again < MOST_STEPS && news.length > 0; again++) {
        for (const id of news) changed.set(textOf(id), id);
        news = await this.#inherit(work, given);
      }
      work = changed.size === 0 ? [] : await this.#find({ target: { $in: [...changed.values()] }, settled: true });
    }
  }

  /** Gives each reference what its target can be found by, and marks it; gives the ids of those that had something to gain or were not marked. */
  async #inherit(rows: readonly ReferenceRow[], given: Given): Promise<Binary[]> {
    const reaches = await this.#reaches(rows.flatMap(({ _id, target }) => [_id, target]));
    const deprived = rows.filter((row) => lacks(reaches.get(textOf(row.target)), given.get(textOf(row._id))));
    if (deprived.length > 0) return this.#deprive(deprived, given);
    const gains = rootsFirst(rows).flatMap((row) => {
      const own = reaches.get(textOf(row._id));
      const target = reaches.get(textOf(row.target));
      if (!own || !target || own === target) return [];
      const room = MOST_INHERITED - row.inherited;
      const gained = [...target.keys].flatMap(inheritable).filter((key) => !own.keys.has(key));
      const news = gained.slice(0, Math.max(0, room));
      for (const key of news) own.keys.add(key);
      return news.length > 0 || !row.settled ? [{ row, news }] : [];
    });
    if (gains.length === 0) return [];
    const { statements, references } = this.#connection.collections;
    await this.#connection.run(async (session) => {
      const additions = gains.filter(({ news }) => news.length > 0);
      if (additions.length > 0) {
        await statements.bulkWrite(
          additions.map(({ row, news }) => ({
            updateOne: {
              filter: { _id: row._id },
              update: { $addToSet: { members: { $each: news.map(keyFromText) } } },
            },
          })),
          { session },
        );
      }
      await references.bulkWrite(
        gains.map(({ row, news }) => ({
          updateOne: {
            filter: { _id: row._id },
            update: { $set: { settled: true }, $inc: { inherited: news.length } },
          },
        })),
        { session },
      );
    });
    for (const { row, news } of gains) {
      Object.assign(row, { settled: true, inherited: row.inherited + news.length });
      given.set(textOf(row._id), [...(given.get(textOf(row._id)) ?? []), ...news]);
    }
    return gains.map(({ row }) => row._id);
  }

  /** Somebody was forgotten between the look at a target and the writing of what it passes on: takes that back, along what refers to it. */
  async #deprive(rows: readonly ReferenceRow[], given: Given): Promise<Binary[]> {
    for (const row of rows) {
      given.delete(textOf(row._id));
      // It inherits anew from all that it leads to: nothing more is due to it from this look.
      row.inherited = MOST_INHERITED;
    }
    const ids = rows.map(({ _id }) => _id);
    for (let step = 0, left = ids; step < MOST_STEPS && left.length > 0; step++) {
      const changed: Binary[] = [];
      for (const id of left) if (await this.inheritAnew(id)) changed.push(id);
      left = (await this.#find({ target: { $in: changed }, settled: true })).map(({ _id }) => _id);
    }
    return ids;
  }

  /** Voids the targets of voiding statements, so that the feed tells of it after both. Voiding statements cannot be voided. */
  async #void(rows: readonly ReferenceRow[]): Promise<void> {
    const targets = rows.filter(({ voids }) => voids).map(({ target }) => target);
    if (targets.length === 0) return;
    const reaches = await this.#reaches(targets);
    const spared = StatementFlag.VOIDS | StatementFlag.VOIDED;
    const due = [...reaches].filter(([, { flags }]) => (flags & spared) === 0).map(([id]) => id);
    if (due.length === 0) return;
    const { statements, events } = this.#connection.collections;
    const byText = new Map(targets.map((target) => [textOf(target), target]));
    await this.#transactions.run({
      facts: due.length,
      prepare: async () => undefined,
      plan: (_nothing, positions) => ({
        async write(session) {
          for (const id of due) {
            const { modifiedCount } = await statements.updateOne(
              { _id: byText.get(id) as Binary, flags: { $bitsAllClear: StatementFlag.VOIDED } },
              { $bit: { flags: { or: StatementFlag.VOIDED } } },
              { session },
            );
            // Somebody else was first, and told of it.
            if (modifiedCount === 0) continue;
            await events.insertOne({ _id: positions.next(), kind: 'voided', ids: [id] }, { session });
          }
        },
        result: () => undefined,
      }),
    });
  }

  #find(filter: Filter<ReferenceRow>): Promise<ReferenceRow[]> {
    const { references } = this.#connection.collections;
    return this.#connection.run((session) => references.find(filter, { session }).toArray());
  }

  /** By id, as text. What is not there, or erased, is left out. */
  async #reaches(ids: readonly Binary[]): Promise<Map<string, Reach>> {
    const { statements } = this.#connection.collections;
    const filter = { _id: { $in: [...ids] }, position: { $exists: true } };
    const projection = { members: 1, flags: 1 };
    const rows = await this.#connection.run((session) => statements.find(filter, { session, projection }).toArray());
    return new Map(rows.map((row) => [textOf(row._id), reachOf(row)]));
  }
}

/** By id, as text: what references were given by their targets. */
type Given = Map<string, readonly string[]>;

function lacks(target: Reach | undefined, given: readonly string[] | undefined): boolean {
  if (!given || given.length === 0) return false;
  const passed = new Set([...(target?.keys ?? [])].flatMap(inheritable));
  return given.some((key) => !passed.has(key));
}

/** The keys of a statement by itself. */
const ownKeys = (text: Binary): string[] => keysOfText(utf8Text(text)).map(keyText);

const textOf = (id: Binary): string => uuidText(id);

const reachOf = ({ members = [], flags = 0 }: StatementRow): Reach => ({ keys: new Set(members.map(keyText)), flags });

/** In an order in which what is referred to comes before what refers to it, as far as there is one: then one round does for a whole chain. */
function rootsFirst(rows: readonly ReferenceRow[]): ReferenceRow[] {
  const waiting = new Map(rows.map((row) => [textOf(row._id), row]));
  const ordered: ReferenceRow[] = [];
  for (const row of rows) {
    const path: ReferenceRow[] = [];
    for (let next: ReferenceRow | undefined = row; next; next = waiting.get(textOf(next.target))) {
      if (!waiting.delete(textOf(next._id))) break;
      path.push(next);
    }
    ordered.push(...path.reverse());
  }
  return ordered;
}
