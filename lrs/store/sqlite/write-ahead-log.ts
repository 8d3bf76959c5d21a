import type { Database } from './schema.ts';

interface LogRow {
  /** Pages in the log; -1 where there is none. */
  log: number;
  /** Those of them that are in the database's own file already. */
  checkpointed: number;
}

/** The log in which commits are on disk until a checkpoint has copied their pages into the database's own file. */
export class WriteAheadLog {
  readonly #database;
  readonly #look;
  readonly #checkpoint;

  constructor(database: Database) {
    this.#database = database;
    this.#look = database.prepare('PRAGMA wal_checkpoint(NOOP)');
    this.#checkpoint = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');
  }

  /** Pages in it. It begins anew with the commit after a checkpoint that left none to be copied. */
  get pages(): number {
    return (this.#look.get() as unknown as LogRow).log;
  }

  /** Pages still to be copied. */
  get uncopied(): number {
    const { log, checkpointed } = this.#look.get() as unknown as LogRow;
    return log - checkpointed;
  }

  /** Where it has grown to so many pages, the commit that brings it there copies them. */
  copyInCommitsFrom(pages: number): void {
    this.#database.exec(`PRAGMA wal_autocheckpoint = ${pages}`);
  }

  /** Copies what no reader stands in the way of. Commits go on meanwhile on other connections. Gives false where it could not, as on a full disk. */
  checkpoint(): boolean {
    try {
      this.#checkpoint.get();
      return true;
    } catch {
      return false;
    }
  }
}
