import type { Database } from './schema.ts';
import type { Usages } from './usages.ts';

/** Rows that one prepared statement inserts at once; statements rarely have more members. */
const ROWS_AT_ONCE = 16;

/** Index rows: by which members a statement is found. */
export class EntryWriter {
  readonly #inserts: ReturnType<Database['prepare']>[];
  readonly #merge;
  readonly #put;
  readonly #delete;

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
    this.#put = database.prepare(
      'INSERT INTO entry (member, position, usage) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET usage = excluded.usage',
    );
    this.#delete = database.prepare('DELETE FROM entry WHERE member = ? AND position = ?');
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

  /** For a statement that is found by something else from now on. */
  replace(position: number, before: Usages, after: Usages): void {
    for (const member of before.keys()) if (!after.has(member)) this.#delete.run(member, position);
    for (const [member, usage] of after) if (before.get(member) !== usage) this.#put.run(member, position, usage);
  }

  #run(row: number[]): void {
    this.#inserts[row.length / 3 - 1]?.run(...row);
  }
}
