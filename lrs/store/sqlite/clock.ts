import { type Position, positionAt, storedAt } from '../store.ts';
import type { Database } from './schema.ts';

/** Gives out positions. Each transaction begins in a millisecond of its own, later than everything before it. */
export class Clock {
  readonly #read;
  readonly #write;
  #last: Position;

  constructor(database: Database) {
    this.#read = database.prepare('SELECT position FROM clock');
    this.#write = database.prepare('UPDATE clock SET position = ?');
    this.#last = this.#saved();
  }

  /** Starts a transaction's time: now, or the millisecond after the last one where the system's clock lags or went back. */
  begin(): void {
    this.#last = Math.max(positionAt(Date.now()), positionAt(storedAt(this.#last) + 1));
  }

  next(): Position {
    this.#last += 1;
    return this.#last;
  }

  get stored(): number {
    return storedAt(this.#last);
  }

  /** Goes on from a position, of another store. */
  set(position: Position): void {
    this.#last = position;
  }

  save(): void {
    this.#write.run(this.#last);
  }

  /** After a rollback. */
  reset(): void {
    this.#last = this.#saved();
  }

  #saved(): Position {
    return (this.#read.get() as { position: number }).position;
  }
}
