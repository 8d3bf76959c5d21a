/** A transaction under a ticket: written whole or not at all, and its ticket written down with it. */
import { setTimeout as wait } from 'node:timers/promises';
import { type ClientSession, MongoError } from 'mongodb';
import { type Position, positionAt, storedAt } from '../store.ts';
import { type Connection, WRITE_CONCERN } from './connection.ts';
import { codeOf, DUPLICATE_KEY } from './schema.ts';
import type { Ticket, Tickets } from './tickets.ts';

/** ms for which a transaction that is disturbed, or has no primary, is tried again. */
const PATIENCE = 20_000;
/** Positions that a millisecond has; the first is nobody's. */
const PER_MILLISECOND = 4096;

/** Gives out the positions of a ticket. */
export class Positions {
  #last: Position;

  constructor({ first }: Ticket) {
    this.#last = positionAt(first);
  }

  next(): Position {
    this.#last += 1;
    return this.#last;
  }

  /** ms, of the last one given out. */
  get stored(): number {
    return storedAt(this.#last);
  }
}

/** What is to be done, once what was there is known and the ticket is had. */
export interface Plan<R> {
  /** Nothing to write, where it is missing. */
  write?: (session: ClientSession) => Promise<void>;
  /** Something follows from it that is seen to after the commit. */
  pending?: boolean;
  /** Asked once it is committed. */
  result: (ticket: Ticket) => R;
}

export interface Work<Found, R> {
  /** How many positions it takes at most. */
  facts: number;
  /** Looks at what is there, again before each attempt; 0 is the first. */
  prepare(attempt: number): Promise<Found>;
  plan(found: Found, positions: Positions): Plan<R>;
}

/** Thrown inside `write`: what was looked at is not so any more. It is looked at again. */
export class Disturbed extends Error {}

/** The ticket was given up for lost: another has to be taken. */
class TicketLost extends Error {}

export class TicketedTransactions {
  readonly #connection: Connection;
  readonly #tickets: Tickets;

  constructor(connection: Connection, tickets: Tickets) {
    this.#connection = connection;
    this.#tickets = tickets;
  }

  /** Rejects with what `plan` or `write` throws, or as the driver does where it could not be done in time; then nothing was written. */
  async run<Found, R>(work: Work<Found, R>): Promise<R> {
    const deadline = Date.now() + PATIENCE;
    const span = Math.floor(work.facts / PER_MILLISECOND) + 1;
    let ticket: Ticket | undefined;
    for (let attempt = 0; ; attempt++) {
      try {
        // Together: almost always there is something to write, and the ticket is needed.
        const [found, taken] = await Promise.allSettled([work.prepare(attempt), ticket ?? this.#tickets.take(span)]);
        if (taken.status === 'rejected') throw taken.reason;
        // Kept also where the other has failed: others wait for it.
        ticket = taken.value;
        if (found.status === 'rejected') throw found.reason;
        const plan = work.plan(found.value, new Positions(ticket));
        await this.#carryOut(plan, ticket);
        return plan.result(ticket);
      } catch (error) {
        const again = isPassing(error) && Date.now() < deadline;
        if (error instanceof TicketLost) ticket = undefined;
        // Nobody should have to wait until it is given up for lost.
        else if (!again && ticket) this.#tickets.finishEmpty(ticket).catch(() => undefined);
        if (!again) throw error;
        await wait(Math.random() * Math.min(5 * 2 ** attempt, 200));
      }
    }
  }

  async #carryOut(plan: Plan<unknown>, ticket: Ticket): Promise<void> {
    const { write } = plan;
    if (!write) {
      if (!(await this.#tickets.finishEmpty(ticket))) throw new TicketLost();
      return;
    }
    await this.#connection.attempt((session) =>
      this.#transact(session, ticket, async () => {
        await write(session);
        await this.#connection.collections.commits.insertOne(this.#tickets.row(ticket, plan.pending ?? false), {
          session,
        });
      }),
    );
    this.#tickets.finished(ticket);
  }

  async #transact(session: ClientSession, ticket: Ticket, write: () => Promise<void>): Promise<void> {
    session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: WRITE_CONCERN });
    try {
      await write();
    } catch (error) {
      await session.abortTransaction().catch(() => undefined);
      throw isTakenTicket(error) ? new TicketLost() : error;
    }
    try {
      await session.commitTransaction();
    } catch (error) {
      if (!(error instanceof MongoError) || !error.hasErrorLabel('UnknownTransactionCommitResult')) throw error;
      if (!(await this.#tickets.hasCommitted(ticket))) throw new TicketLost();
    }
  }
}

const isTakenTicket = (error: unknown): boolean =>
  codeOf(error) === DUPLICATE_KEY && /\.commits index/.test((error as Error).message);

const isPassing = (error: unknown): boolean =>
  error instanceof TicketLost ||
  error instanceof Disturbed ||
  (error instanceof MongoError && error.hasErrorLabel('TransientTransactionError'));
