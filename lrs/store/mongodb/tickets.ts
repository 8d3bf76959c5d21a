/**
 * The order of commits. Each takes a ticket, from one document, which also says which milliseconds are its own; then its
 * transaction writes the ticket down in `commits`. Tickets that are there without a gap are done for good: nothing can
 * appear at or before their end any more. A gap that stays is closed by a marker, with which its late writer collides.
 */
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { LivretError } from '../../errors.ts';
import { type Position, positionAt } from '../store.ts';
import type { Connection } from './connection.ts';
import { type CommitRow, codeOf, DUPLICATE_KEY } from './schema.ts';

export interface Ticket {
  number: number;
  /** Whose it is: two processes hold one number where a primary was lost. */
  by: string;
  /** ms: what is written with it is stored from `first` to `last`. */
  first: number;
  last: number;
}

/** ms that a writer may take before its ticket is given up for lost. */
const LOST_AFTER = 10_000;
/** ms between two looks at what others have committed, where it is not pressing. */
const LOOK_EVERY = 250;
/** ms for which a commit that was begun is waited for: longer than MongoDB keeps a transaction of a dead process (60 s). */
const SETTLED_WITHIN = 90_000;
const ROWS_A_LOOK = 5_000;
/** ms between two notes of how far everything is done. */
const NOTE_EVERY = 60_000;
/** ms for which it can be asked whether a ticket has committed. */
const KEPT_FOR = 24 * 60 * 60 * 1000;

interface Done {
  ticket: number;
  /** ms: the end of the last commit among them. */
  stored: number;
}

interface Gap {
  ticket: number;
  age: number;
}

export class Tickets {
  readonly #connection: Connection;
  readonly #listeners = new Set<() => void>();
  /** Tickets of this process that are done and not yet reached. */
  readonly #own = new Map<number, number>();
  readonly #timer: NodeJS.Timeout;
  #done: Done = { ticket: 0, stored: 0 };
  #gap: { ticket: number; since: number } | undefined;
  #givingUp = false;
  #looking: Promise<void> | undefined;
  #looked = 0;
  #noted = performance.now();
  #moved = performance.now();

  private constructor(connection: Connection) {
    this.#connection = connection;
    this.#timer = setInterval(() => this.#lookForOthers(), LOOK_EVERY);
    this.#timer.unref();
  }

  static async open(connection: Connection): Promise<Tickets> {
    const tickets = new Tickets(connection);
    await tickets.restart();
    return tickets;
  }

  /** Begins to look where others have noted that everything is done. */
  async restart(): Promise<void> {
    const floor = await this.#floor();
    this.#own.clear();
    this.#done = floor;
    await this.look();
  }

  /** ms: everything stored at or before it is readable, as far as this process has seen; nothing will be stored there any more. */
  get through(): number {
    return this.#done.stored;
  }

  /** The last position at or before `through`. */
  get throughPosition(): Position {
    return positionAt(this.#done.stored + 1) - 1;
  }

  /** ms since it last looked at the database. */
  get age(): number {
    return performance.now() - this.#looked;
  }

  /** ms since this process saw `through` move on. */
  get idle(): number {
    return performance.now() - this.#moved;
  }

  /** Takes the next ticket, with a span of so many milliseconds, after all that were given out before and not before now. The database's clock counts, so that those of the processes may differ. */
  async take(span = 1): Promise<Ticket> {
    const { meta } = this.#connection.collections;
    const clock = await this.#connection.run((session) =>
      meta.findOneAndUpdate(
        { _id: 'clock' },
        [
          {
            $set: {
              ticket: { $add: ['$ticket', 1] },
              stored: { $add: [{ $max: [{ $add: ['$stored', 1] }, { $toLong: '$$NOW' }] }, span - 1] },
            },
          },
        ],
        { session, returnDocument: 'after' },
      ),
    );
    const { ticket, stored } = clock ?? {};
    if (ticket === undefined || stored === undefined) throw new Error('the clock of the store is gone');
    return { number: ticket, by: randomUUID(), first: stored - span + 1, last: stored };
  }

  /** What the transaction of a ticket writes down. */
  row({ number, by, first, last }: Ticket, pending: boolean): CommitRow {
    return { _id: number, by, first, last, ...(pending && { pending }) };
  }

  /** Writes down a ticket that nothing was written with. Gives false where it was given up for lost meanwhile. */
  async finishEmpty(ticket: Ticket): Promise<boolean> {
    const done = await this.#insert(this.row(ticket, false));
    if (done) this.finished(ticket);
    return done;
  }

  /** To be told of every ticket of this process that was written down. */
  finished({ number, last }: Ticket): void {
    this.#own.set(number, last);
    for (let stored = this.#takeOwn(); stored !== undefined; stored = this.#takeOwn()) {
      this.#done = { ticket: this.#done.ticket + 1, stored };
    }
    this.#tell();
  }

  /** Whether the transaction of a ticket, of which nothing was heard, has committed; from then on it never will if it has not. */
  async hasCommitted(ticket: Ticket): Promise<boolean> {
    for (;;) {
      if (await this.#insert({ _id: ticket.number })) return false;
      const row = await this.#connection.run((session) =>
        this.#connection.collections.commits.findOne({ _id: ticket.number }, { session }),
      );
      // Not there all the same: what stood in the way was lost with a primary.
      if (row) return row.by === ticket.by;
    }
  }

  /** Looks how far everything is done. Who asks meanwhile gets a look that begins after that. */
  async look(): Promise<void> {
    const under = this.#looking;
    if (under) {
      // Where that one has waited for MongoDB in vain, another 15 s would hardly find it.
      await under;
      // Somebody else who waited for the same may have begun the next one.
      if (this.#looking) return this.#looking;
    }
    this.#looking = this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Looks until every ticket that was taken before the call is done or given up for lost. Rejects with store.unavailable where that takes too long. */
  async lookUntilSettled(): Promise<void> {
    const { meta } = this.#connection.collections;
    const clock = await this.#connection.run((session) => meta.findOne({ _id: 'clock' }, { session }));
    const last = clock?.ticket ?? 0;
    const deadline = performance.now() + SETTLED_WITHIN;
    // Most are done within some milliseconds.
    for (let pause = 5; this.#done.ticket < last; pause = Math.min(2 * pause, LOOK_EVERY)) {
      await this.look();
      if (this.#done.ticket >= last) return;
      if (performance.now() > deadline) {
        throw new LivretError('store.unavailable', { detail: 'A commit that was begun has not come to its end.' });
      }
      await wait(pause);
    }
  }

  /** Lets go of the rows of tickets that have been done for a day. Given-up ones stay, so that a late writer collides with them. */
  async forget(): Promise<void> {
    const { commits } = this.#connection.collections;
    // Where nobody reads, nothing else brings this process past the tickets of others.
    await this.look();
    const { ticket, stored } = this.#done;
    // First: whoever finds them gone goes on from there.
    await this.#note();
    const old = { _id: { $lte: ticket }, last: { $lt: stored - KEPT_FOR }, pending: { $exists: false } };
    await this.#connection.run((session) => commits.deleteMany(old, { session }));
  }

  /** Calls back when something was committed, by whichever process. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#listeners.clear();
  }

  #takeOwn(): number | undefined {
    const next = this.#done.ticket + 1;
    const stored = this.#own.get(next);
    this.#own.delete(next);
    return stored;
  }

  async #look(): Promise<void> {
    const { commits } = this.#connection.collections;
    this.#looked = performance.now();
    const before = this.#done.ticket;
    for (;;) {
      const rows = await this.#connection.run((session) =>
        commits
          .find({ _id: { $gt: this.#done.ticket } }, { session, projection: { last: 1 } })
          .sort({ _id: 1 })
          .limit(ROWS_A_LOOK)
          .toArray(),
      );
      const gap = this.#advance(rows);
      if (this.#gap && this.#gap.ticket <= this.#done.ticket) this.#gap = undefined;
      if (gap === undefined ? rows.length < ROWS_A_LOOK : !(await this.#attendToGap(gap))) break;
    }
    if (this.#done.ticket > before) this.#tell();
    if (performance.now() - this.#noted > NOTE_EVERY) await this.#note();
  }

  /** Goes on as far as there is no gap; gives the first ticket that is missing, and how long ago (ms) one behind it was taken. */
  #advance(rows: readonly Pick<CommitRow, '_id' | 'last'>[]): Gap | undefined {
    for (const { _id: ticket, last } of rows) {
      // Own tickets may have brought it further meanwhile.
      if (ticket <= this.#done.ticket) continue;
      if (ticket > this.#done.ticket + 1) return { ticket: this.#done.ticket + 1, age: last ? Date.now() - last : 0 };
      this.#own.delete(ticket);
      this.#done = { ticket, stored: last ?? this.#done.stored };
    }
    for (const ticket of this.#own.keys()) if (ticket <= this.#done.ticket) this.#own.delete(ticket);
    return undefined;
  }

  /** Gives true where it was none. */
  async #attendToGap({ ticket, age }: Gap): Promise<boolean> {
    const now = performance.now();
    const known = this.#gap?.ticket === ticket ? this.#gap : undefined;
    if (known && now - known.since <= LOST_AFTER) return false;
    if (await this.#catchUp()) return true;
    if (known) this.#giveUp(ticket);
    // A process that has just started need not wait as long again. Should clocks differ, nothing is lost by giving up too early.
    else this.#gap = { ticket, since: now - Math.max(0, age) };
    return false;
  }

  /** Goes on where others have noted that everything is done: what they did a day ago they have let go of. Gives false where that is no further. */
  async #catchUp(): Promise<boolean> {
    const { ticket, stored } = await this.#floor();
    if (ticket <= this.#done.ticket) return false;
    this.#done = { ticket, stored };
    return true;
  }

  async #floor(): Promise<Done> {
    const { meta } = this.#connection.collections;
    const floor = await this.#connection.run((session) => meta.findOne({ _id: 'floor' }, { session }));
    return { ticket: floor?.ticket ?? 0, stored: floor?.stored ?? 0 };
  }

  /** Nobody waits for it: what a dead process has left in a transaction stands in the way for up to a minute. */
  #giveUp(ticket: number): void {
    if (this.#givingUp) return;
    this.#givingUp = true;
    this.#insert({ _id: ticket })
      .catch(() => undefined)
      .finally(() => {
        this.#givingUp = false;
      });
  }

  async #insert(row: CommitRow): Promise<boolean> {
    return this.#connection.run(async (session) => {
      try {
        await this.#connection.collections.commits.insertOne(row, { session });
        return true;
      } catch (error) {
        if (codeOf(error) === DUPLICATE_KEY) return false;
        throw error;
      }
    });
  }

  #lookForOthers(): void {
    if (this.#listeners.size === 0 && this.#gap === undefined) return;
    // The next look tries again.
    this.look().catch(() => undefined);
  }

  #tell(): void {
    this.#moved = performance.now();
    for (const listener of this.#listeners) listener();
  }

  async #note(): Promise<void> {
    this.#noted = performance.now();
    const { ticket, stored } = this.#done;
    await this.#connection.run((session) =>
      this.#connection.collections.meta.updateOne({ _id: 'floor' }, { $max: { ticket, stored } }, { session }),
    );
  }
}
