import type { Worker } from 'node:worker_threads';
import { LivretError } from '../../errors.ts';
import {
  fromWire,
  type GroupDone,
  type SentTask,
  sent,
  type Task,
  type WireError,
  type WriterRequest,
} from './messages.ts';
import { startWorker } from './start-worker.ts';

/** Statements and tasks in one message: a transaction takes whole messages. */
const MESSAGE_STATEMENTS = 1_000;
const MESSAGE_TASKS = 500;

interface Waiting {
  task: Task;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

type WriterMessage = GroupDone | { opened: { stored: number } } | { failed: WireError };

/** The store's side of the writer: sends what is asked for at the same time together. */
export class WriterThread {
  readonly #worker: Worker;
  /** Asked for in this turn of the event loop. */
  #asked: Waiting[] = [];
  /** Sent, in the order in which the writer answers. */
  #sent: Waiting[] = [];
  readonly #listeners = new Set<() => void>();
  #stored = 0;
  #failure: LivretError | undefined;
  #closing = false;

  readonly #exited: Promise<void>;

  private constructor(worker: Worker) {
    this.#worker = worker;
    this.#exited = new Promise((resolve) => worker.once('exit', () => resolve()));
  }

  /** Opens the store's file in a thread; rejects as openForWriting throws. */
  static open(file: string): Promise<WriterThread> {
    const worker = startWorker('./writer-worker', { file });
    const thread = new WriterThread(worker);
    return new Promise((resolve, reject) => {
      worker.on('error', (error) => {
        thread.#fail(error);
        reject(error);
      });
      worker.on('exit', () => thread.#fail(new Error('the writer stopped')));
      worker.on('message', (message: WriterMessage) => {
        if ('failed' in message) reject(fromWire(message.failed));
        else if ('opened' in message) {
          thread.#stored = message.opened.stored;
          resolve(thread);
        } else thread.#done(message);
      });
    });
  }

  /** `stored` of the last commit. There is one writer, so none can come before it any more. */
  get stored(): number {
    return this.#stored;
  }

  /** False once it has failed or begun to close. */
  get accepting(): boolean {
    return !this.#closing && this.#failure === undefined;
  }

  run(task: Task): Promise<unknown> {
    if (this.#closing) return Promise.reject(new LivretError('store.unavailable', { detail: 'It is closing.' }));
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#asked.push({ task, resolve, reject });
      // requests read in the same turn of the event loop cost one message
      if (this.#asked.length === 1) setImmediate(() => this.#send());
    });
  }

  onCommit(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes nothing more, and resolves once what was taken is written. */
  async finish(): Promise<void> {
    this.#closing = true;
    while (this.#asked.length + this.#sent.length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** Finishes, and resolves once the thread has ended. */
  async close(): Promise<void> {
    await this.finish();
    this.#post('close');
    await this.#exited;
  }

  #send(): void {
    let statements = 0;
    let message: SentTask[] = [];
    for (const { task } of this.#asked) {
      const size = task.kind === 'commit' ? task.statements.length : 1;
      if (message.length >= MESSAGE_TASKS || (message.length > 0 && statements + size > MESSAGE_STATEMENTS)) {
        this.#post(message);
        message = [];
        statements = 0;
      }
      message.push(sent(task));
      statements += size;
    }
    this.#sent.push(...this.#asked);
    this.#asked = [];
    this.#post(message);
  }

  #post(message: WriterRequest): void {
    this.#worker.postMessage(message);
  }

  #done({ results, stored }: GroupDone): void {
    const answered = this.#sent.splice(0, results.length);
    this.#stored = stored;
    results.forEach((result, n) => {
      if ('error' in result) answered[n]?.reject(fromWire(result.error));
      else answered[n]?.resolve(result.value);
    });
    for (const listener of this.#listeners) listener();
  }

  /** The thread is gone: nobody may wait for ever, and nothing more is accepted. */
  #fail(cause: Error): void {
    if (this.#failure) return;
    this.#failure = new LivretError('store.unavailable', { detail: 'The writer has stopped; restart Livret.', cause });
    for (const { reject } of [...this.#sent, ...this.#asked]) reject(this.#failure);
    this.#sent = [];
    this.#asked = [];
  }
}
