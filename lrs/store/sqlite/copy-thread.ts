import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { removeDatabase } from './copy.ts';
import type { CopyAnswer, CopyBatch, CopyWork, CopyYields } from './copy-worker.ts';
import { fromWire } from './messages.ts';
import { startWorker } from './start-worker.ts';

const COPIES = 'copies';

/** What a process left behind that died while it read a copy. For the one that holds the store. */
export const sweepCopies = (folder: string): void => rmSync(join(folder, COPIES), { recursive: true, force: true });

/**
 * What a thread of its own reads in a copy of the store; the copy is gone when this ends, however it ends. While one
 * batch is used the next one is read.
 */
export async function* readCopy<W extends CopyWork['work']>(
  folder: string,
  file: string,
  work: W,
): AsyncGenerator<CopyYields[W][]> {
  const copies = join(folder, COPIES);
  await mkdir(copies, { recursive: true, mode: 0o700 });
  const copy = join(copies, `${randomUUID()}.sqlite`);
  const worker = startWorker('./copy-worker', { file, copy, work } satisfies CopyWork);
  const exited = once(worker, 'exit').catch(() => undefined);
  try {
    let coming = ask(worker);
    for (;;) {
      const { batch, done } = await coming;
      if (!done) coming = ask(worker);
      coming.catch(() => undefined);
      yield batch as CopyYields[W][];
      if (done) return;
    }
  } finally {
    worker.postMessage('close');
    await exited;
    removeDatabase(copy);
  }
}

async function ask(worker: Worker): Promise<CopyBatch> {
  worker.postMessage('next');
  // An error of the thread rejects this too.
  const [answer] = (await once(worker, 'message')) as [CopyAnswer];
  if ('failed' in answer) throw fromWire(answer.failed);
  return answer;
}
