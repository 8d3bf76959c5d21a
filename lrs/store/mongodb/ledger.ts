import type { ErasureLedger, LedgerLine } from '../erasure.ts';
import type { Connection } from './connection.ts';
import { codeOf, DUPLICATE_KEY } from './schema.ts';

/** The ledger of erasures as a collection of its own, which no dump holds and no load touches. */
export class MongoLedger implements ErasureLedger {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async add(lines: readonly LedgerLine[]): Promise<void> {
    const { ledger } = this.#connection.collections;
    for (const { id, ...line } of lines) {
      await this.#connection.run(async (session) => {
        try {
          await ledger.insertOne({ _id: id, ...line }, { session });
        } catch (error) {
          if (codeOf(error) !== DUPLICATE_KEY) throw error;
        }
      });
    }
  }

  async lines(): Promise<LedgerLine[]> {
    const { ledger } = this.#connection.collections;
    const rows = await this.#connection.run((session) =>
      ledger.find({}, { session }).sort({ when: 1, _id: 1 }).toArray(),
    );
    return rows.map(({ _id: id, ...line }) => ({ id, ...line }) as LedgerLine);
  }
}
