import type { Worker } from 'node:worker_threads';
import { LivretError } from '../../errors.ts';
import { fromWire, type Read, type ReadAnswer, type ReadRequest } from './messages.ts';
import { startWorker } from './start-worker.ts';

interface Thread {
  worker: Worker;
  exited: Promise<void>;
  waiting: Map<number, { resolve(value: unknown): void; reject(error: Error): void }>;
}

/** Hands each read to the thread that has the least to do. */
export class ReaderThreads {
  readonly #file: string;
  readonly #count: number;
  readonly #threads = new Set<Thread>();
  #next = 0;
  #closed = false;

  constructor(file: string, count: number) {
    this.#file = file;
    this.#count = count;
  }

  run(read: Read): Promise<unknown> {
    if (this.#closed) return Promise.reject(new LivretError('store.unavailable', { detail: 'It is closed.' }));
    // also makes good for a thread that failed
    while (this.#threads.size < this.#count) this.#start();
    const thread = [...this.#threads].reduce((least, each) => (each.waiting.size < least.waiting.size ? each : least));
    return new Promise((resolve, reject) => {
      const request: ReadRequest = { request: this.#next++, read };
      thread.waiting.set(request.request, { resolve, reject });
      thread.worker.postMessage(request);
    });
  }

  /** Takes nothing more, answers what was asked, and resolves once the threads have ended. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(
      [...this.#threads].map(async ({ worker, exited, waiting }) => {
        while (waiting.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
        worker.postMessage('close');
        await exited;
      }),
    );
  }

  #start(): void {
    const worker = startWorker('./reader', { file: this.#file });
    const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    const thread: Thread = { worker, exited, waiting: new Map() };
    this.#threads.add(thread);
    thread.worker.on('error', (cause) => {
      this.#threads.delete(thread);
      for (const { reject } of thread.waiting.values()) reject(new LivretError('store.unavailable', { cause }));
      thread.waiting.clear();
    });
    thread.worker.on('message', (answer: ReadAnswer) => {
      const waiting = thread.waiting.get(answer.request);
      thread.waiting.delete(answer.request);
      if ('error' in answer) waiting?.reject(fromWire(answer.error));
      else waiting?.resolve(answer.value);
    });
  }
}
