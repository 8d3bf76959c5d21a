/** Takes the dump of another store into this one, which is empty. For the writer. */
import { LivretError } from '../../errors.ts';
import type { DumpEntry } from '../dump.ts';
import { invalidEntry, readDumped } from '../dumped-statement.ts';
import { utf8, uuidBytes } from './encoding.ts';
import type { Database } from './schema.ts';
import type { StatementWriter } from './statement-writer.ts';

const HOLDING = ['statement', 'event', 'document', 'activity', 'item', 'tombstone', 'erasure'];
/** Primary result code of SQLite. */
const SQLITE_CONSTRAINT = 19;

export class Loader {
  readonly #database: Database;
  readonly #statements: StatementWriter;
  readonly #prepared = new Map<string, ReturnType<Database['prepare']>>();
  #underWay = false;
  #through: number | undefined;

  constructor(database: Database, statements: StatementWriter) {
    this.#database = database;
    this.#statements = statements;
  }

  /** From the beginning until the end; for good when it breaks off. */
  get underWay(): boolean {
    return this.#underWay;
  }

  /** Throws store.notEmpty; writes nothing then. */
  begin(): void {
    for (const table of HOLDING) {
      if (this.#database.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() !== undefined) {
        throw new LivretError('store.notEmpty', { detail: 'Something is kept in this one already.' });
      }
    }
    this.#database.exec('UPDATE site SET loading = 1; DELETE FROM item_index; DELETE FROM item_key;');
    this.#underWay = true;
  }

  /** Throws backup.invalid. */
  take(entries: readonly DumpEntry[]): void {
    const through = this.#through;
    for (const entry of entries) {
      try {
        this.#take(entry);
      } catch (error) {
        // What was taken of this is undone, and it may be tried again.
        this.#through = through;
        if (((error as { errcode?: number }).errcode ?? 0) % 256 !== SQLITE_CONSTRAINT) throw error;
        throw invalidEntry(entry, 'it is there twice', error);
      }
    }
  }

  /** Gives the position that the clock goes on from. Throws backup.invalid. */
  end(): number {
    if (this.#through === undefined)
      throw new LivretError('backup.invalid', { detail: 'It does not say of when it is.' });
    this.#database.exec('UPDATE site SET loading = 0, history = lower(hex(randomblob(16)))');
    return this.#through;
  }

  /** Once the end is on disk. */
  ended(): void {
    this.#underWay = false;
  }

  #take(entry: DumpEntry): void {
    if ((entry.kind === 'clock') !== (this.#through === undefined))
      throw invalidEntry(entry, 'the clock comes first, once');
    switch (entry.kind) {
      case 'clock':
        this.#through = entry.position;
        return;
      case 'document':
        this.#insert('document', [
          utf8(entry.agent),
          entry.scope,
          utf8(entry.activity),
          utf8(entry.registration),
          utf8(entry.id),
          entry.contents,
          utf8(entry.contentType),
          entry.etag,
          entry.updated,
        ]);
        return;
      case 'activity':
        this.#insert('activity', [utf8(entry.id), utf8(entry.definition)]);
        return;
      case 'item':
        this.#insert('item', [entry.collection, utf8(entry.id), entry.version, utf8(entry.value)]);
        for (const blob of entry.blobs) this.#insert('item_blob', [entry.collection, utf8(entry.id), blob]);
        return;
      case 'tombstone':
        this.#insert('tombstone', [uuidBytes(entry.id), Buffer.from(entry.hash, 'hex'), entry.hashVersion]);
        return;
      case 'erasure':
        this.#insert('erasure', [entry.id, entry.statements, entry.documents]);
        return;
      case 'blob':
        return;
      case 'event':
        this.#checkPosition(entry);
        this.#insert('event', [entry.position, entry.event, JSON.stringify(entry.ids)]);
        return;
      case 'statement':
        this.#checkPosition(entry);
        this.#statements.replay(entry.position, readDumped(entry));
    }
  }

  #checkPosition(entry: Extract<DumpEntry, { position: number }>): void {
    if (entry.position > (this.#through ?? 0)) throw invalidEntry(entry, 'it is later than the clock');
  }

  #insert(table: string, values: (string | number | Uint8Array)[]): void {
    let statement = this.#prepared.get(table);
    if (!statement) {
      statement = this.#database.prepare(`INSERT INTO ${table} VALUES (${values.map(() => '?').join(', ')})`);
      this.#prepared.set(table, statement);
    }
    statement.run(...values);
  }
}
