/**
 * Forgets a person: their statements and documents are given to a random account, or removed. In steps, each whole; where
 * it was cut off it is begun again, and finds what is left.
 */
import { type AnyBulkWriteOperation, Binary } from 'mongodb';
import { agentFromKey } from '../../xapi/agents.ts';
import { membersOf } from '../../xapi/members.ts';
import { rewriteAgents } from '../../xapi/rewrite.ts';
import { type Statement, Usage } from '../../xapi/types.ts';
import { type Erasure, replacementOf } from '../erasure.ts';
import { tombstoneOf } from '../tombstone.ts';
import type { Connection } from './connection.ts';
import { documentKey, utf8Binary, utf8Text } from './encoding.ts';
import { keysOfText, keyText, memberKey } from './member-keys.ts';
import type { References } from './references.ts';
import type { StatementRow } from './schema.ts';
import { idOf } from './statement-plan.ts';
import { Disturbed, type TicketedTransactions } from './ticketed.ts';

/** Statements in one step, and ids in one event of the feed. */
const AT_ONCE = 500;

const USES = Object.values(Usage);

type Found = Required<Pick<StatementRow, '_id' | 'members' | 'text'>>;

export class Eraser {
  readonly #connection: Connection;
  readonly #transactions: TicketedTransactions;
  readonly #references: References;

  constructor(connection: Connection, transactions: TicketedTransactions, references: References) {
    this.#connection = connection;
    this.#transactions = transactions;
    this.#references = references;
  }

  async run(erasure: Erasure): Promise<{ statements: number; documents: number }> {
    const { erasures } = this.#connection.collections;
    const begin = { $setOnInsert: { statements: 0, documents: 0, done: false } };
    const row = await this.#connection.run((session) =>
      erasures.findOneAndUpdate({ _id: erasure.id }, begin, { session, upsert: true, returnDocument: 'after' }),
    );
    if (!row?.done) {
      await this.#statements(erasure);
      await this.#documents(erasure);
      const end = { $set: { done: true } };
      await this.#connection.run((session) => erasures.updateOne({ _id: erasure.id }, end, { session }));
    }
    const done = await this.#connection.run((session) => erasures.findOne({ _id: erasure.id }, { session }));
    return { statements: done?.statements ?? 0, documents: done?.documents ?? 0 };
  }

  async #statements(erasure: Erasure): Promise<void> {
    // Among them are all that refer to what is rewritten, and found by it so far.
    const ids = await this.#find(erasure);
    for (let from = 0; from < ids.length; from += AT_ONCE) await this.#step(ids.slice(from, from + AT_ONCE), erasure);
    await this.#inheritAnew(ids);
    // What was being settled meanwhile has inherited from what is not there any more.
    while (await this.#inheritAnew(await this.#find(erasure)));
  }

  /** All that can be found by the person. */
  async #find({ agents }: Erasure): Promise<Binary[]> {
    const { statements } = this.#connection.collections;
    const keys = agents.flatMap((agent) => USES.map((usage) => memberKey('agent', agent, usage)));
    const found = await this.#connection.run((session) =>
      statements
        .find({ members: { $in: keys } }, { session, projection: { _id: 1 } })
        .sort({ position: 1 })
        .toArray(),
    );
    return found.map(({ _id }) => _id);
  }

  /** Gives whether that changed any. */
  async #inheritAnew(ids: readonly Binary[]): Promise<boolean> {
    let changed = false;
    for (const id of ids) if (await this.#references.inheritAnew(id)) changed = true;
    return changed;
  }

  /** Rewrites or removes those that name the person themselves. */
  async #step(ids: readonly Binary[], erasure: Erasure): Promise<void> {
    const { statements, events, erasures, references } = this.#connection.collections;
    const filter = { _id: { $in: [...ids] }, position: { $exists: true } };
    const projection = { members: 1, text: 1 };
    await this.#transactions.run({
      facts: 1,
      prepare: () => this.#connection.run((session) => statements.find(filter, { session, projection }).toArray()),
      plan: (rows, positions) => {
        const naming = (rows as Found[]).filter(({ text }) => names(utf8Text(text), erasure.agents));
        if (naming.length === 0) return { result: () => undefined };
        return {
          result: () => undefined,
          write: async (session) => {
            const { matchedCount } = await statements.bulkWrite(
              naming.map((row) => forgetting(row, erasure)),
              { session },
            );
            // A reference has been settled meanwhile, or another erasure was here.
            if (matchedCount < naming.length) throw new Disturbed();
            if (erasure.mode === 'erase') {
              await references.deleteMany({ _id: { $in: naming.map(({ _id }) => _id) } }, { session });
            }
            await events.insertOne({ _id: positions.next(), kind: 'erased', ids: naming.map(idOf) }, { session });
            await erasures.updateOne({ _id: erasure.id }, { $inc: { statements: naming.length } }, { session });
          },
        };
      },
    });
  }

  async #documents(erasure: Erasure): Promise<void> {
    const { documents, erasures } = this.#connection.collections;
    const replacement = replacementOf(erasure);
    await this.#connection.run((session) =>
      session.withTransaction(async () => {
        const rows = await documents.find({ agent: { $in: erasure.agents } }, { session }).toArray();
        if (rows.length === 0) return;
        await documents.deleteMany({ _id: { $in: rows.map(({ _id }) => _id) } }, { session });
        for (const row of replacement === undefined ? [] : rows) {
          const fields = { ...row, agent: replacement ?? '' };
          const moved = { ...fields, _id: documentKey(fields, row.id) };
          await documents.replaceOne({ _id: moved._id }, moved, { session, upsert: true });
        }
        await erasures.updateOne({ _id: erasure.id }, { $inc: { documents: rows.length } }, { session });
      }),
    );
  }
}

/** Whether a statement itself names one of these agents, whatever it refers to. */
const names = (text: string, agents: readonly string[]): boolean =>
  membersOf(JSON.parse(text) as Statement).some(({ kind, value }) => kind === 'agent' && agents.includes(value));

/** What becomes of a statement; it must still be as it was read. */
function forgetting(row: Found, erasure: Erasure): AnyBulkWriteOperation<StatementRow> {
  const replacement = replacementOf(erasure);
  const before = utf8Text(row.text);
  const { hash, version } = tombstoneOf(before);
  const $push = { tombstones: { hash: new Binary(hash), version } };
  const filter = { _id: row._id, members: row.members, text: row.text };
  if (replacement === undefined) {
    const $set = { erased: true as const };
    const $unset = { position: true, members: true, text: true, flags: true, attachments: true } as const;
    return { updateOne: { filter, update: { $set, $unset, $push } } };
  }
  const after = rewriteAgents(before, new Set(erasure.agents), agentFromKey(replacement));
  const members = exchanged(row.members, keysOfText(before), keysOfText(after));
  return { updateOne: { filter, update: { $set: { members, text: utf8Binary(after) }, $push } } };
}

/** What was inherited stays for now. */
function exchanged(members: readonly Binary[], before: readonly Binary[], after: readonly Binary[]): Binary[] {
  const gone = new Set(before.map(keyText));
  const inherited = members.filter((key) => !gone.has(keyText(key)));
  return [...new Map([...after, ...inherited].map((key) => [keyText(key), key])).values()];
}
