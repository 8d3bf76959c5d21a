/**
 * When pages are copied from the log into the database's own file. SQLite does it inside a commit: on a store of a
 * million statements that one waited 33 ms, and half of the writer's time went there. Here a thread copies beside the
 * writer; the little that was committed meanwhile the writer copies itself, since the log only begins anew when all is.
 */
import { closeSync, openSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import type { CheckpointWork } from './checkpoint-worker.ts';
import { startWorker } from './start-worker.ts';
import type { WriteAheadLog } from './write-ahead-log.ts';

/** Pages in the log from which on they are copied: 16 MB. */
const MANY = 4_000;
/** Pages that are copied between two commits: some milliseconds. */
const FEW = 400;
/** Pages that the log must have grown by where a reader stood in the way of its beginning anew. */
const AGAIN = 1_000;
/** Pages from which on commits copy after all: the thread does not keep up, or has died. */
const TOO_MANY = 40_000;

export class Checkpoints {
  readonly #log: WriteAheadLog;
  readonly #file: string;
  #thread: { worker: Worker; descriptor: number } | undefined;
  #underWay = false;
  #from = MANY;
  #seen = 0;

  constructor(log: WriteAheadLog, file: string) {
    this.#log = log;
    this.#file = file;
    log.copyInCommitsFrom(TOO_MANY);
  }

  /** To be called between transactions. */
  look(): void {
    if (this.#underWay) return;
    const { pages } = this.#log;
    // It began anew.
    if (pages < this.#seen) this.#from = MANY;
    this.#seen = pages;
    if (pages < this.#from) return;
    this.#underWay = true;
    this.#thread ??= this.#start();
    this.#thread.worker.postMessage('copy');
  }

  /**
   * Ends the thread, then closes the store, then lets go of its file: to close a file that is open elsewhere in the
   * process takes away the locks that are held on it there (POSIX).
   */
  async close(closeStore: () => void): Promise<void> {
    if (this.#thread) {
      const { worker } = this.#thread;
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      worker.postMessage('close');
      await ended;
    }
    closeStore();
    if (this.#thread) closeSync(this.#thread.descriptor);
  }

  #start(): { worker: Worker; descriptor: number } {
    const descriptor = openSync(this.#file, 'r+');
    const work: CheckpointWork = { file: this.#file, descriptor, few: FEW };
    const worker = startWorker('./checkpoint-worker', work);
    worker.on('message', () => this.#finish());
    // Without it commits copy by themselves: nobody is the worse but for waiting.
    worker.on('error', () => undefined);
    return { worker, descriptor };
  }

  #finish(): void {
    this.#underWay = false;
    if (this.#log.uncopied <= 2 * FEW) this.#copyRest();
    this.#from = this.#log.pages + AGAIN;
  }

  #copyRest(): void {
    try {
      this.#log.checkpoint();
    } catch {
      // A full disk: what is in the log stays there, and commits notice it themselves.
    }
  }
}
