/** The read model: follows the store's feed and the directory, and answers from one unchanging view of both. */
import type { Directory } from '../../lrs/directory/index.ts';
import { LivretError, type Position, type Store, storedAt } from '../../lrs/index.ts';
import { Batch } from './batch.ts';
import { type Database, openDatabase, type Query } from './database.ts';
import { copyDirectory } from './directory-copy.ts';
import { refresh } from './refresh.ts';
import { applyRules, type Rules } from './rules.ts';
import { type Settling, settle } from './settle.ts';

/** Statements read at once: few enough that little is held. */
const PAGE = 500;
/** Statements a transaction: what is kept of them until then is a tenth. */
const BATCH = 2000;

/** Milliseconds between two looks at the store when nothing wakes us. */
const POLL = 5000;

/** Milliseconds from a commit to its reading: what is written is in the figures of people within 2 s. */
const BURST = { quiet: 300, longest: 3000 };

export interface ProjectionOptions {
  store: Store;
  directory: Directory;
  /** The DuckDB file. */
  file: string;
  /** Bytes. */
  memory: number;
  rules: Rules;
  /** Milliseconds since 1970; the clock by default. */
  now?(): number;
  /** Told when following fails; it is tried again. */
  onError(error: unknown): void;
}

/** A view of the read model, of everything stored at or before `asOf` (milliseconds). */
export interface Snapshot {
  query: Query;
  asOf: number;
}

export class Projection {
  readonly #options: ProjectionOptions;
  readonly #stopWatching: () => void;
  readonly #timer: NodeJS.Timeout;
  readonly #wake: Settling;
  #database: Database;
  #through: Position;
  #closing = false;
  #failing = false;
  /** The writer's work, one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  /**
   * Opens the read model and follows the store in the background until `close`. Rejects `store.locked`, or
   * `store.unavailable` where the disk is full.
   */
  static async open(options: ProjectionOptions): Promise<Projection> {
    return new Projection(options, await openFile(options));
  }

  private constructor(options: ProjectionOptions, { database, cursor }: OpenFile) {
    this.#options = options;
    this.#database = database;
    this.#through = cursor;
    this.#wake = settle(() => this.#follow(), BURST);
    // What fails is tried again by the clock alone: on a full disk not each time that somebody stores something.
    this.#stopWatching = options.store.watch(() => {
      if (!this.#failing) this.#wake.call();
    });
    this.#timer = setInterval(() => this.#wake.call(), POLL).unref();
    this.#wake.call();
  }

  /** Milliseconds: everything stored at or before it is in the read model. */
  get freshness(): number {
    return storedAt(this.#through);
  }

  /**
   * Resolves once everything stored before the call is in the read model, and the directory as it is now. Rejects
   * `store.unavailable` when it is closed meanwhile, or the disk is full.
   */
  drain(): Promise<void> {
    return this.#alone(() => this.#catchUp());
  }

  /** Forgets all and reads the store from its start; resolves once that is done. */
  rebuild(): Promise<void> {
    return this.#alone(async () => {
      await this.#database.reset();
      await applyRules(this.#database, this.#options.rules);
      this.#through = 0;
      await this.#catchUp();
    });
  }

  /**
   * Answers from one unchanging view; nothing written meanwhile shows in it. `work` may not wait for `drain`, which may
   * wait for it. Rejects `store.unavailable` while the file has to be opened anew.
   */
  snapshot<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    const asOf = this.freshness;
    return this.#database.read((query) => work({ query, asOf }));
  }

  /**
   * Answers from the view that `drain` leaves: events and maintained tables are those of one position (`cursor` in meta) and
   * of one directory, and nothing is written before the view is taken.
   */
  drained<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#alone(async () => {
        await this.#catchUp();
        await new Promise<void>((taken) => {
          const answer = this.snapshot(async (snapshot) => {
            // DuckDB takes it at the first question.
            await snapshot.query('FROM meta LIMIT 1');
            taken();
            return work(snapshot);
          });
          answer.then(resolve, reject).finally(taken);
        });
      }).catch(reject);
    });
  }

  /** Finishes the page at hand and lets go of the file. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#stopWatching();
    clearInterval(this.#timer);
    this.#wake.stop();
    await this.#last;
    await this.#database.close();
  }

  #follow(): void {
    this.drain().then(
      () => {
        this.#failing = false;
      },
      (error) => {
        this.#failing = true;
        if (!this.#closing) this.#options.onError(error);
      },
    );
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      this.#stopIfClosing();
      if (this.#database.ended) await this.#reopen();
      return work();
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #reopen(): Promise<void> {
    await this.#database.close();
    const { database, cursor } = await openFile(this.#options);
    this.#database = database;
    // Not where we were: what failed may be kept all the same, and a file that cannot be read has been emptied.
    this.#through = cursor;
  }

  #stopIfClosing(): void {
    if (this.#closing) throw new LivretError('store.unavailable', { detail: 'The reports are being closed.' });
  }

  async #catchUp(): Promise<void> {
    const { store, directory, rules, memory, now = Date.now } = this.#options;
    await copyDirectory(this.#database, directory, (place) => rules.calendars.of(place).id);
    const target = await store.statements.consistentThrough();
    let next = store.statements.feed(this.#through, PAGE);
    for (let batch = new Batch(), done = false; !done; ) {
      const page = await next;
      done = page.entries.length === 0 || storedAt(page.through) > target;
      if (!done) {
        // The store reads the next page while this one is taken in.
        next = store.statements.feed(page.through, PAGE);
        next.catch(() => undefined);
      }
      await batch.take(page, store.statements);
      if (batch.entries >= BATCH || done) {
        const full = batch;
        batch = new Batch();
        if (full.entries > 0) await this.#database.write((connection) => full.write(connection));
        this.#through = page.through;
      }
      // Nobody may take what is half read for the whole.
      this.#stopIfClosing();
    }
    await refresh(this.#database, { rules, memory, now: now() });
  }
}

interface OpenFile {
  database: Database;
  cursor: Position;
}

async function openFile({ store, file, memory, rules }: ProjectionOptions): Promise<OpenFile> {
  const database = await openDatabase(file, memory, { store: await store.history() });
  try {
    const cursor = await resumableCursor(database, store);
    await applyRules(database, rules);
    return { database, cursor };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Where the file left off; it is emptied when the store has gone back behind that (an older backup was put in place). */
async function resumableCursor(database: Database, store: Store): Promise<Position> {
  const cursor = Number((await database.meta('cursor')) ?? 0);
  if (cursor === 0 || storedAt(cursor) <= (await store.statements.consistentThrough())) return cursor;
  await database.reset();
  return 0;
}
