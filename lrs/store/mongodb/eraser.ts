/** Forgets a person: their statements and documents are given to a random account, or removed. In steps, each whole; begun again where it was cut off. */
import { type AnyBulkWriteOperation, type Binary, Binary as BinaryValue } from 'mongodb';
import { agentFromKey } from '../../xapi/agents.ts';
import { rewriteAgents } from '../../xapi/rewrite.ts';
import { type Agent, Usage } from '../../xapi/types.ts';
import { type Erasure, replacementOf } from '../store.ts';
import { tombstoneOf } from '../tombstone.ts';
import type { Connection } from './connection.ts';
import { documentKey, utf8Binary, utf8Text } from './encoding.ts';
import { memberKey } from './member-keys.ts';
import type { ErasureRow, StatementRow } from './schema.ts';
import { idOf } from './statement-plan.ts';
import { Disturbed, type TicketedTransactions } from './ticketed.ts';

/** Statements in one step, and ids in one event of the feed. */
const AT_ONCE = 500;

const USES = Object.values(Usage);

type Found = Required<Pick<StatementRow, '_id' | 'members' | 'text'>> & Pick<StatementRow, 'position'>;

export class Eraser {
  readonly #connection: Connection;
  readonly #transactions: TicketedTransactions;

  constructor(connection: Connection, transactions: TicketedTransactions) {
    this.#connection = connection;
    this.#transactions = transactions;
  }

  async run(erasure: Erasure): Promise<{ statements: number; documents: number }> {
    const { erasures } = this.#connection.collections;
    const begun: ErasureRow = { _id: erasure.id, statements: 0, documents: 0, done: false };
    const row = await this.#connection.run((session) =>
      erasures.findOneAndUpdate(
        { _id: erasure.id },
        { $setOnInsert: { statements: begun.statements, documents: begun.documents, done: begun.done } },
        { session, upsert: true, returnDocument: 'after' },
      ),
    );
    if (!row?.done) {
      for (const agent of erasure.agents) while ((await this.#step(agent, erasure)) > 0);
      await this.#documents(erasure);
      await this.#connection.run((session) =>
        erasures.updateOne({ _id: erasure.id }, { $set: { done: true } }, { session }),
      );
    }
    const done = await this.#connection.run((session) => erasures.findOne({ _id: erasure.id }, { session }));
    return { statements: done?.statements ?? 0, documents: done?.documents ?? 0 };
  }

  /** Some of the statements that can be found by the agent; gives how many, 0 at the end. */
  #step(agent: string, erasure: Erasure): Promise<number> {
    const { statements, events, erasures, references } = this.#connection.collections;
    const keys = USES.map((usage) => memberKey('agent', agent, usage));
    return this.#transactions.run({
      facts: 1,
      prepare: () =>
        this.#connection.run((session) =>
          statements
            .find({ members: { $in: keys } }, { session, projection: { members: 1, text: 1, position: 1 } })
            .limit(AT_ONCE)
            .toArray(),
        ),
      plan: (rows, positions) => {
        if (rows.length === 0) return { result: () => 0 };
        const rewritten = (rows as Found[]).map((row) => rewrite(row, agent, erasure));
        const ids = rewritten.filter(({ names }) => names).map(({ row }) => idOf(row));
        return {
          result: () => rows.length,
          write: async (session) => {
            const { matchedCount } = await statements.bulkWrite(
              rewritten.map(({ operation }) => operation),
              { session },
            );
            // A reference has been settled meanwhile, or another erasure was here.
            if (matchedCount < rows.length) throw new Disturbed();
            if (ids.length === 0) return;
            if (erasure.mode === 'erase') {
              const gone = rewritten.filter(({ names }) => names).map(({ row }) => row._id);
              await references.deleteMany({ _id: { $in: gone } }, { session });
            }
            await events.insertOne({ _id: positions.next(), kind: 'erased', ids }, { session });
            await erasures.updateOne({ _id: erasure.id }, { $inc: { statements: ids.length } }, { session });
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
        if (replacement !== undefined) {
          const moved = rows.map((row) => {
            const fields = { ...row, agent: replacement };
            return { ...fields, _id: documentKey(fields, row.id) };
          });
          for (const row of moved) await documents.replaceOne({ _id: row._id }, row, { session, upsert: true });
        }
        await erasures.updateOne({ _id: erasure.id }, { $inc: { documents: rows.length } }, { session });
      }),
    );
  }
}

interface Rewritten {
  row: Found;
  /** Whether the person stands in it; else it is only found through what it refers to. */
  names: boolean;
  operation: AnyBulkWriteOperation<StatementRow>;
}

/** What becomes of a statement. It must still be as it was read. */
function rewrite(row: Found, agent: string, erasure: Erasure): Rewritten {
  const replacement = replacementOf(erasure);
  const text = utf8Text(row.text);
  const substitute = replacement === undefined ? FORGOTTEN : agentFromKey(replacement);
  const rewritten = rewriteAgents(text, new Set(erasure.agents), substitute);
  const names = rewritten !== text;
  const filter = { _id: row._id, members: row.members, text: row.text };
  const { hash, version } = names ? tombstoneOf(text) : { hash: new Uint8Array(), version: 0 };
  const tombstones = { hash: new BinaryValue(hash), version };
  if (names && replacement === undefined) {
    const update = {
      $set: { erased: true as const },
      $unset: { position: true, members: true, text: true, flags: true, attachments: true } as const,
      $push: { tombstones },
    };
    return { row, names, operation: { updateOne: { filter, update } } };
  }
  const members = withoutAgent(row.members, agent, replacement);
  const update = names
    ? { $set: { members, text: utf8Binary(rewritten) }, $push: { tombstones } }
    : { $set: { members } };
  return { row, names, operation: { updateOne: { filter, update } } };
}

/** The keys of one agent taken out, or those of another put in their place. */
function withoutAgent(members: readonly Binary[], agent: string, replacement: string | undefined): Binary[] {
  const swaps = new Map(
    USES.map((usage) => [
      memberKey('agent', agent, usage).toString('hex'),
      replacement === undefined ? undefined : memberKey('agent', replacement, usage),
    ]),
  );
  const kept = new Map<string, Binary>();
  for (const member of members) {
    const text = member.toString('hex');
    const key = swaps.has(text) ? swaps.get(text) : member;
    if (key) kept.set(key.toString('hex'), key);
  }
  return [...kept.values()];
}

/** Only tells whether a statement names the person: with mode erase the rewritten text is not kept. */
const FORGOTTEN: Agent = { objectType: 'Agent', account: { homePage: 'urn:livret:forgotten', name: 'forgotten' } };
