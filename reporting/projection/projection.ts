/** The read model: follows the store's feed and the directory, and answers from one unchanging view of both. */
import type { Directory } from '../../lrs/directory/index.ts';
import { LivretError, type Store, storedAt } from '../../lrs/index.ts';
import type { Tell } from '../../web/index.ts';
import type { Batch } from './batch.ts';
import { countedOf, type Database, type Query } from './database.ts';
import { copyDirectory } from './directory-copy.ts';
import { openFile, type ReadModel, startAnew } from './open-file.ts';
import { createTeller, type Progress } from './progress.ts';
import { refresh } from './refresh.ts';
import type { Rules } from './rules.ts';
import { type Settling, settle } from './settle.ts';
import { takeIn } from './take-in.ts';

/** Milliseconds between two looks at the store when nothing wakes us. */
const POLL = 5000;

/** Milliseconds from a commit to its reading: what is written is in the pages of people within 2 s. */
const BURST = { quiet: 200, longest: 1000 };

/** While it catches up, how many times longer than a refresh it goes on before the next one. */
const RARELY = 10;

/** How much is done at once; what suits the memory by default. */
export interface Sizes {
  /** Statements that are taken in. */
  batch: number;
  /** Events of the people of whom the maintained tables are made anew. */
  portion: number;
  /** Milliseconds until they are made anew while it catches up, at least. */
  between: number;
}

/** Bytes that an event takes while the maintained tables are made of it, at most. */
const BYTES_AN_EVENT = 1024;

/** Statements are held by Node until they are written, some megabytes; the events of a portion by DuckDB, in half of its memory. */
const sizesFor = (memory: number): Sizes => ({
  batch: 10_000,
  portion: Math.floor(countedOf(memory) / 2 / BYTES_AN_EVENT),
  between: 30_000,
});

export interface ProjectionOptions {
  store: Store;
  directory: Directory;
  /** The DuckDB file. */
  file: string;
  /** Bytes. */
  memory: number;
  rules: Rules;
  sizes?: Sizes;
  /** Told when following fails; it is tried again. */
  onError(error: unknown): void;
  /** Told now and then how far catching up is. */
  tell?: Tell;
  /** Milliseconds since 1970; the clock by default. */
  now?(): number;
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
  #model: ReadModel;
  readonly #sizes: Sizes;
  #progress: Progress | undefined;
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

  private constructor(options: ProjectionOptions, model: ReadModel) {
    this.#options = options;
    this.#model = model;
    this.#sizes = options.sizes ?? sizesFor(options.memory);
    this.#wake = settle(() => this.#follow(), BURST);
    // What fails is tried again by the clock alone: on a full disk not each time that somebody stores something.
    this.#stopWatching = options.store.watch(() => {
      if (!this.#failing) this.#wake.call();
    });
    this.#timer = setInterval(() => this.#wake.call(), POLL).unref();
    this.#wake.call();
  }

  /** Milliseconds: everything stored at or before it is in the read model, the maintained tables included. */
  get freshness(): number {
    return storedAt(this.#model.fresh);
  }

  /** While it catches up with much. */
  get progress(): Progress | undefined {
    return this.#progress;
  }

  /**
   * Resolves once everything stored before the call is in the read model, and the directory as it is now. Rejects
   * `store.unavailable` when it is closed meanwhile, or the disk is full.
   */
  drain(): Promise<void> {
    return this.#alone(() => this.#catchUp('settledThrough'));
  }

  /** Forgets all and reads the store from its start; resolves once that is done. `told` hears now and then how far it is. */
  rebuild(told?: (progress: Progress) => void): Promise<void> {
    return this.#alone(async () => {
      await startAnew(this.#model, this.#options.rules);
      await this.#catchUp('settledThrough', told);
    });
  }

  /**
   * Answers from one unchanging view; nothing written meanwhile shows in it. While it catches up, events may be newer than
   * `asOf`, and the maintained tables of some people newer than those of others. `work` may not wait for `drain`, which may
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
        await this.#catchUp('settledThrough');
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

  get #database(): Database {
    return this.#model.database;
  }

  /** What other processes have begun to store is waited for by those who need all of it. */
  #follow(): void {
    this.#alone(() => this.#catchUp('consistentThrough')).then(
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
    // Not where we were: what failed may be kept all the same, and a file that cannot be read has been emptied.
    this.#model = await openFile(this.#options);
  }

  #stopIfClosing(): void {
    if (this.#closing) throw new LivretError('store.unavailable', { detail: 'The reports are being closed.' });
  }

  /** `to`: how far the store is to be read at least. */
  async #catchUp(
    to: 'consistentThrough' | 'settledThrough',
    told: (progress: Progress) => void = () => {},
  ): Promise<void> {
    const { store, directory, rules, tell = () => {} } = this.#options;
    await copyDirectory(this.#database, directory, (place) => rules.calendars.of(place).id);
    const log = createTeller(tell);
    let refreshAt = performance.now() + this.#sizes.between;
    let total: number | undefined;
    const target = await store.statements[to]();
    try {
      this.#model.cursor = await takeIn(store, this.#model.cursor, target, this.#sizes.batch, {
        keep: (batch) => this.#keep(batch),
        goOn: () => this.#stopIfClosing(),
        more: async () => {
          total ??= await store.statements.count();
          this.#progress = { taken: Math.min(this.#model.taken, total), total };
          log(this.#progress);
          told(this.#progress);
          if (performance.now() < refreshAt) return;
          const begun = performance.now();
          await this.#refresh();
          const now = performance.now();
          refreshAt = now + Math.max(this.#sizes.between, RARELY * (now - begun));
        },
      });
      await this.#refresh();
    } finally {
      this.#progress = undefined;
    }
  }

  async #refresh(): Promise<void> {
    const { rules, now = Date.now } = this.#options;
    await refresh(this.#database, { rules, portion: this.#sizes.portion, now: now(), through: this.#model.cursor });
    this.#model.fresh = this.#model.cursor;
  }

  async #keep(batch: Batch): Promise<void> {
    await this.#database.write((connection) => batch.write(connection, this.#model.taken));
    this.#model.cursor = batch.cursor;
    this.#model.taken += batch.statements;
  }
}
