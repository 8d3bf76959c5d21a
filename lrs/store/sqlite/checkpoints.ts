/**
 * When pages are copied from the log into the database's own file. SQLite does it inside a commit: on a store of a
 * million statements that one waited 33 ms, and half of the writer's time went there. Here a thread copies beside the
 * writer; the little that was committed meanwhile the writer copies itself, since the log only begins anew when all is.
 */
import { closeSync, openSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import { type CheckpointWork, CopyState } from './checkpoint-work.ts';
import { startWorker } from './start-worker.ts';
import type { WriteAheadLog } from './write-ahead-log.ts';

/** Pages in the log from which on they are copied: 16 MB. */
const MANY = 4_000;
/** Pages that are copied between two commits: some milliseconds. */
const FEW = 400;
/** Pages in the log from which on the writer copies whatever is left: commits are so large that it is never little. */
const LONG = 12_000;
/** Pages that the log must have grown by where a reader stood in the way of its beginning anew. */
const AGAIN = 1_000;
/** Pages from which on commits copy after all: the thread does not keep up, or is not to be had. */
const TOO_MANY = 40_000;

interface Thread {
  worker: Worker;
  ended: Promise<void>;
}

export class Checkpoints {
  readonly #log: WriteAheadLog;
  readonly #file: string;
  readonly #state = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  #thread: Thread | undefined;
  /** Of the file. Closed last of all: that takes away the locks that are held on it elsewhere in the process (POSIX). */
  #descriptor: number | undefined;
  /** The thread has died, or could not be started: commits copy by themselves, and nobody is the worse but for waiting. */
  #forgone = false;
  #from = MANY;
  #seen = 0;

  constructor(log: WriteAheadLog, file: string) {
    this.#log = log;
    this.#file = file;
    log.copyInCommitsFrom(TOO_MANY);
  }

  /** To be called between transactions. Throws where pages were lost on their way to the disk: then nothing may be written any more. */
  look(): void {
    if (this.#forgone) return;
    const state = Atomics.load(this.#state, 0);
    if (state === CopyState.COPYING) return;
    if (state === CopyState.FAILED) throw new Error(`${this.#file} could not be written to the disk`);
    if (state === CopyState.COPIED) this.#finish();
    const { pages } = this.#log;
    // It began anew.
    if (pages < this.#seen) this.#from = MANY;
    this.#seen = pages;
    if (pages >= this.#from) this.#copy();
  }

  /** Ends the thread, then closes the store. */
  async close(closeStore: () => void): Promise<void> {
    this.#thread?.worker.postMessage('close');
    await this.#thread?.ended;
    closeStore();
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
  }

  #copy(): void {
    try {
      this.#thread ??= this.#start();
    } catch {
      this.#forgo();
      return;
    }
    Atomics.store(this.#state, 0, CopyState.COPYING);
    this.#thread.worker.postMessage('copy');
  }

  #start(): Thread {
    this.#descriptor ??= openSync(this.#file, 'r+');
    const work = { file: this.#file, descriptor: this.#descriptor, few: FEW, state: this.#state };
    const worker = startWorker('./checkpoint-worker', work satisfies CheckpointWork);
    worker.on('error', () => this.#forgo());
    return { worker, ended: new Promise((resolve) => worker.once('exit', () => resolve())) };
  }

  #finish(): void {
    Atomics.store(this.#state, 0, CopyState.IDLE);
    if (this.#log.uncopied <= 2 * FEW || this.#log.pages >= LONG) this.#log.checkpoint();
    this.#from = this.#log.pages + AGAIN;
  }

  #forgo(): void {
    this.#forgone = true;
    this.#log.copyInCommitsFrom(MANY);
  }
}
