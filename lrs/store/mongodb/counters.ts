import type { Counted, Counters } from '../store.ts';
import type { Connection } from './connection.ts';
import type { CounterRow } from './schema.ts';

/** Nobody waits for a disk here: what a lost primary forgets is forgotten. */
const SOON = { w: 1 } as const;

/** Counts by the database's clock. Rows whose time is over are removed by MongoDB itself (an index with expireAfterSeconds). */
export class MongoCounters implements Counters {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async add(name: string, window: number): Promise<Counted> {
    const { counters } = this.#connection.collections;
    const lasts = { $gt: ['$resets', '$$NOW'] };
    const update = [
      {
        $set: {
          hits: { $cond: [lasts, { $add: ['$hits', 1] }, 1] },
          resets: { $cond: [lasts, '$resets', { $add: ['$$NOW', window] }] },
        },
      },
    ];
    const row = await this.#connection.run((session) =>
      counters.findOneAndUpdate({ _id: name }, update, {
        session,
        upsert: true,
        returnDocument: 'after',
        writeConcern: SOON,
      }),
    );
    return row ? counted(row) : { hits: 1, resets: Date.now() + window };
  }

  async takeBack(name: string): Promise<void> {
    const { counters } = this.#connection.collections;
    await this.#connection.run((session) =>
      counters.updateOne({ _id: name, hits: { $gt: 0 } }, { $inc: { hits: -1 } }, { session, writeConcern: SOON }),
    );
  }

  async get(name: string): Promise<Counted | undefined> {
    const { counters } = this.#connection.collections;
    // What was counted without waiting for a disk is not yet seen by a majority.
    const row = await this.#connection.run((session) =>
      counters.findOne(
        { _id: name, $expr: { $gt: ['$resets', '$$NOW'] } },
        { session, readConcern: { level: 'local' } },
      ),
    );
    return row ? counted(row) : undefined;
  }

  async forget(name: string): Promise<void> {
    const { counters } = this.#connection.collections;
    await this.#connection.run((session) => counters.deleteOne({ _id: name }, { session, writeConcern: SOON }));
  }
}

const counted = ({ hits, resets }: CounterRow): Counted => ({ hits, resets: resets.getTime() });
