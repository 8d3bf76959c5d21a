/** Writes groups of commits, each group in one transaction, and sees to what follows from them before it answers. */
import { LivretError } from '../../errors.ts';
import type { Commit, Committed, NewStatement } from '../store.ts';
import { type Connection, isOutOfReach, unavailable } from './connection.ts';
import type { Consequences, Followed } from './consequences.ts';
import { uuidBinary } from './encoding.ts';
import { duplicateOf, writeItems } from './item-writer.ts';
import { codeOf, DUPLICATE_KEY } from './schema.ts';
import { idOf, judge, type Kept, type Outcome, referenceRows, statementRow } from './statement-plan.ts';
import { Disturbed, type Plan, type Positions, type TicketedTransactions } from './ticketed.ts';
import type { Ticket } from './tickets.ts';

export type Result = { value: Committed } | { error: unknown };

interface Written extends Followed {
  results: Result[];
}

/** ms after which what a group failed for is no fault of one of its commits; but one may hold an id that somebody else is about to store. */
const LONG = 15_000;
const WRITE_CONFLICT = 112;

const NOTHING_KEPT: Kept = new Map();

export class GroupWriter {
  readonly #connection: Connection;
  readonly #transactions: TicketedTransactions;
  readonly #consequences: Consequences;
  /** The last ids that were looked up were there: somebody sends again what is stored, and the next ones are looked up too. */
  #repeats = false;

  constructor(connection: Connection, transactions: TicketedTransactions, consequences: Consequences) {
    this.#connection = connection;
    this.#transactions = transactions;
    this.#consequences = consequences;
  }

  /** All of them in one transaction; should that fail, each again alone, so that none takes its neighbours along. */
  async run(commits: readonly Required<Commit>[]): Promise<Result[]> {
    const began = performance.now();
    try {
      const { results, ...written } = await this.#transactions.run({
        facts: commits.reduce((sum, { statements, changes }) => sum + statements.length + changes.length, 0),
        prepare: async (attempt) => (attempt > 0 || this.#repeats ? this.#kept(commits) : NOTHING_KEPT),
        plan: (kept, positions) => this.#plan(commits, kept, positions),
      });
      await this.#consequences.follow(written);
      return results;
    } catch (error) {
      // Where MongoDB is out of reach each would wait for as long again, one after the other.
      const inVain = isOutOfReach(error) || (performance.now() - began > LONG && codeOf(error) !== WRITE_CONFLICT);
      if (commits.length === 1 || inVain) return commits.map(() => ({ error: unavailable(error) }));
      const results: Result[] = [];
      for (const commit of commits) results.push(...(await this.run([commit])));
      return results;
    }
  }

  async #kept(commits: readonly Required<Commit>[]): Promise<Kept> {
    const ids = commits.flatMap(({ statements }) => statements.map(({ id }) => uuidBinary(id)));
    if (ids.length === 0) return new Map();
    const rows = await this.#connection.run((session) =>
      this.#connection.collections.statements
        .find({ _id: { $in: ids } }, { session, projection: { text: 1, flags: 1, tombstones: 1 } })
        .toArray(),
    );
    this.#repeats = rows.length > 0;
    return new Map(rows.map((row) => [idOf(row), row]));
  }

  #plan(commits: readonly Required<Commit>[], kept: Kept, positions: Positions): Plan<Written> {
    const verdicts = judge(
      commits.map(({ statements }) => statements),
      kept,
    );
    const [news, repeated] = (['stored', 'same'] as const).map((outcome) =>
      commits.flatMap(({ statements }, n) => thoseThatAre(outcome, statements, verdicts[n])),
    ) as [NewStatement[], NewStatement[]];
    const changes = commits.flatMap((commit, n) => (verdicts[n] instanceof LivretError ? [] : commit.changes));
    const pending = news.some(({ refersTo, definitions }) => refersTo !== undefined || definitions.length > 0);
    const result = (ticket: Ticket): Written => ({
      results: verdicts.map((verdict) =>
        verdict instanceof LivretError
          ? { error: verdict }
          : { value: { stored: positions.stored, outcomes: verdict } },
      ),
      news,
      repeated,
      pending: pending ? ticket : undefined,
    });
    if (news.length + changes.length === 0) return { result };
    const rows = news.map((statement) => statementRow(statement, positions.next()));
    const references = referenceRows(news);
    const { collections } = this.#connection;
    return {
      result,
      pending,
      async write(session) {
        try {
          if (rows.length > 0) await collections.statements.insertMany(rows, { session });
          if (references.length > 0) await collections.references.insertMany(references, { session });
          if (changes.length > 0) await writeItems(collections, changes, () => positions.next(), session);
        } catch (error) {
          // An id that is there already: all is tried again, and looked up before.
          throw codeOf(error) === DUPLICATE_KEY ? (duplicateOf(error, changes) ?? new Disturbed()) : error;
        }
      },
    };
  }
}

const thoseThatAre = (
  outcome: Outcome,
  statements: readonly NewStatement[],
  verdict: Outcome[] | LivretError | undefined,
): NewStatement[] =>
  verdict === undefined || verdict instanceof LivretError ? [] : statements.filter((_, n) => verdict[n] === outcome);
