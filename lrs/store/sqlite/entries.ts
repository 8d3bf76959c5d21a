import { Usage } from '../../xapi/types.ts';
import type { Database } from './schema.ts';

/** Member number → bits of Usage. */
export type Usages = Map<number, number>;

/** Rows that one prepared statement inserts at once; statements rarely have more members. */
const ROWS_AT_ONCE = 16;

/** Index rows: by which members a statement is found. */
export class EntryWriter {
  readonly #inserts: ReturnType<Database['prepare']>[];
  readonly #merge;

  constructor(database: Database) {
    this.#inserts = Array.from({ length: ROWS_AT_ONCE }, (_, rows) =>
      database.prepare(
        `INSERT INTO entry (member, position, usage) VALUES ${Array(rows + 1)
          .fill('(?, ?, ?)')
          .join(', ')}`,
      ),
    );
    this.#merge = database.prepare(
      'INSERT INTO entry (member, position, usage) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET usage = usage | excluded.usage',
    );
  }

  /** For a new statement. */
  insert(position: number, usages: Usages): void {
    let row: number[] = [];
    for (const [member, usage] of usages) {
      row.push(member, position, usage);
      if (row.length === ROWS_AT_ONCE * 3) {
        this.#run(row);
        row = [];
      }
    }
    if (row.length > 0) this.#run(row);
  }

  /** For a statement that has entries already. */
  merge(position: number, usages: Usages): void {
    for (const [member, usage] of usages) this.#merge.run(member, position, usage);
  }

  #run(row: number[]): void {
    this.#inserts[row.length / 3 - 1]?.run(...row);
  }
}

/** What a referring statement takes over: to have been written by somebody is not passed on, only to be related to them. */
export function withoutOwner(usages: Usages): Usages {
  const passed: Usages = new Map();
  for (const [member, usage] of usages) {
    passed.set(member, usage & Usage.OWNER ? (usage & ~Usage.OWNER) | Usage.RELATED : usage);
  }
  return passed;
}
