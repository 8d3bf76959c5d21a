/**
 * What follows from statements that were committed: references inherit, voidings void, definitions merge. Two
 * transactions that insert A → B and B do not see one another, so each side looks after its commit and before its
 * answer: the later of them sees both. Every step can be done again, and a job does what a crash left undone.
 */
import { mergeDefinition } from '../../xapi/definitions.ts';
import { definitionsOf } from '../../xapi/members.ts';
import type { ActivityDefinition, Statement } from '../../xapi/types.ts';
import { type NewStatement, positionAt } from '../store.ts';
import type { Connection } from './connection.ts';
import { utf8Text, uuidBinary } from './encoding.ts';
import type { References } from './references.ts';
import { codeOf, DUPLICATE_KEY, StatementFlag } from './schema.ts';
import type { Ticket } from './tickets.ts';

/** ms after which nobody is seeing to what follows from a commit any more. */
const LEFT_AFTER = 20_000;

/** Statements of commits that are done. */
export interface Followed {
  news: readonly NewStatement[];
  /** Were there already. Whoever stored them may have died before this, and their sender is to find it done. */
  repeated: readonly NewStatement[];
  /** The ticket whose row says that something follows. */
  pending: Ticket | undefined;
}

type Definition = { id: string; definition: ActivityDefinition };

export class Consequences {
  readonly #connection: Connection;
  readonly #references: References;

  constructor(connection: Connection, references: References) {
    this.#connection = connection;
    this.#references = references;
  }

  async follow({ news, repeated, pending }: Followed): Promise<void> {
    const statements = [...news, ...repeated];
    if (statements.length > 0) {
      const referring = statements.some(({ refersTo }) => refersTo !== undefined);
      await this.#references.settle(
        statements.map(({ id }) => uuidBinary(id)),
        { referring },
      );
    }
    for (const { defines, definitions } of news) if (defines) await this.#merge(definitions);
    if (pending) await this.#done(pending.number);
  }

  /** Does what a crash left undone; `now` in ms. */
  async mend(now = Date.now()): Promise<void> {
    const { commits } = this.#connection.collections;
    const left = await this.#connection.run((session) =>
      commits.find({ pending: true, last: { $lt: now - LEFT_AFTER } }, { session }).toArray(),
    );
    for (const { _id, first = 0, last = 0 } of left) await this.#followAgain(_id, first, last);
    await this.#references.settleLeft();
  }

  async #followAgain(ticket: number, first: number, last: number): Promise<void> {
    const { statements } = this.#connection.collections;
    const rows = await this.#connection.run((session) =>
      statements
        .find({ position: { $gte: positionAt(first), $lt: positionAt(last + 1) } }, { session })
        .sort({ position: 1 })
        .toArray(),
    );
    await this.#references.settle(
      rows.map(({ _id }) => _id),
      { referring: true },
    );
    for (const { text, flags = 0 } of rows) {
      if (text && flags & StatementFlag.DEFINES) {
        await this.#merge(definitionsOf(JSON.parse(utf8Text(text)) as Statement));
      }
    }
    await this.#done(ticket);
  }

  async #done(ticket: number): Promise<void> {
    const { commits } = this.#connection.collections;
    await this.#connection.run((session) =>
      // Losing this only means that it is looked at once more: no need to wait for the disk.
      commits.updateOne({ _id: ticket }, { $unset: { pending: true } }, { session, writeConcern: { w: 1 } }),
    );
  }

  async #merge(definitions: readonly Definition[]): Promise<void> {
    for (const each of definitions) while (!(await this.#mergeOne(each)));
  }

  /** Gives false where another process came in between. */
  async #mergeOne({ id, definition }: Definition): Promise<boolean> {
    const { activities } = this.#connection.collections;
    return this.#connection.run(async (session) => {
      const row = await activities.findOne({ _id: id }, { session });
      if (!row) {
        return activities
          .insertOne({ _id: id, definition: JSON.stringify(definition), revision: 0 }, { session })
          .then(() => true, isDuplicate);
      }
      const { merged, changed } = mergeDefinition(JSON.parse(row.definition) as ActivityDefinition, definition);
      if (!changed) return true;
      const { matchedCount } = await activities.updateOne(
        { _id: id, revision: row.revision },
        { $set: { definition: JSON.stringify(merged) }, $inc: { revision: 1 } },
        { session },
      );
      return matchedCount > 0;
    });
  }
}

function isDuplicate(error: unknown): false {
  if (codeOf(error) === DUPLICATE_KEY) return false;
  throw error;
}
