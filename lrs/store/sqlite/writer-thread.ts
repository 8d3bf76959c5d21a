import type { Worker } from 'node:worker_threads';
import { LivretError } from '../../errors.ts';
import { fromWire, type GroupDone, sent, type Task, type TaskGroup, type WireError } from './messages.ts';
import { startWorker } from './start-worker.ts';

/** Statements in one transaction: enough to share the cost of reaching the disk, few enough to answer soon. */
const GROUP_STATEMENTS = 1_000;
const GROUP_TASKS = 500;
/** While one group is being written the next one is already there. */
const GROUPS_UNDER_WAY = 2;

interface Waiting {
  task: Task;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

type WriterMessage = GroupDone | { opened: { through: number; stored: number } } | { failed: WireError };

/** The store's side of the writer: gathers what is asked for at the same time into groups. */
export class WriterThread {
  readonly #worker: Worker;
  readonly #queue: Waiting[] = [];
  readonly #groups = new Map<number, Waiting[]>();
  readonly #listeners = new Set<() => void>();
  #next = 0;
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
    const worker = startWorker('./writer', { file });
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
      this.#queue.push({ task, resolve, reject });
      // requests read in the same turn of the event loop join the group
      if (this.#queue.length === 1) setImmediate(() => this.#send());
    });
  }

  onCommit(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes nothing more, writes what was taken, and resolves once the thread has ended. */
  async close(): Promise<void> {
    this.#closing = true;
    while (this.#queue.length + this.#groups.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    this.#worker.postMessage('close');
    await this.#exited;
  }

  #send(): void {
    while (this.#queue.length > 0 && this.#groups.size < GROUPS_UNDER_WAY) {
      const waiting = this.#take();
      const group: TaskGroup = { group: this.#next++, tasks: waiting.map(({ task }) => sent(task)) };
      this.#groups.set(group.group, waiting);
      this.#worker.postMessage(group);
    }
  }

  #take(): Waiting[] {
    let statements = 0;
    let end = 0;
    for (const { task } of this.#queue) {
      statements += task.kind === 'commit' ? task.statements.length : 1;
      if (end > 0 && (statements > GROUP_STATEMENTS || end >= GROUP_TASKS)) break;
      end++;
    }
    return this.#queue.splice(0, end);
  }

  #done({ group, results, stored }: GroupDone): void {
    const waiting = this.#groups.get(group) ?? [];
    this.#groups.delete(group);
    this.#stored = stored;
    this.#send();
    results.forEach((result, n) => {
      if ('error' in result) waiting[n]?.reject(fromWire(result.error));
      else waiting[n]?.resolve(result.value);
    });
    for (const listener of this.#listeners) listener();
  }

  /** The thread is gone: nobody may wait for ever, and nothing more is accepted. */
  #fail(cause: Error): void {
    if (this.#failure) return;
    this.#failure = new LivretError('store.unavailable', { detail: 'The writer has stopped; restart Livret.', cause });
    for (const { reject } of [...this.#queue, ...[...this.#groups.values()].flat()]) reject(this.#failure);
    this.#queue.length = 0;
    this.#groups.clear();
  }
}
