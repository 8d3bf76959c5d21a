/** A thread that copies the store and gives what it reads there, batch by batch as it is asked. */
import { parentPort, workerData } from 'node:worker_threads';
import type { DumpEntry } from '../dump.ts';
import { copyStore } from './copy.ts';
import { Dumper } from './dumper.ts';
import { gatherTexts } from './gather-texts.ts';
import { toWire, type WireError } from './messages.ts';
import type { Database } from './schema.ts';

export interface CopyWork {
  /** The store's file. */
  file: string;
  /** Where its copy goes. */
  copy: string;
  work: 'dump';
}

/** done: nothing comes after it. */
export type CopyAnswer = { batch: DumpEntry[]; done: boolean } | { failed: WireError };

/** Bounds of a batch: small enough not to hold up the thread that answers requests. */
const BATCH = 200;
const BATCH_BYTES = 256 * 1024;

function* reading(database: Database): Generator<DumpEntry, void, void> {
  yield* new Dumper(database).entries();
}

function nextBatch(entries: Generator<DumpEntry, void, void>): { batch: DumpEntry[]; done: boolean } {
  const batch: DumpEntry[] = [];
  for (let bytes = 0; batch.length < BATCH && bytes < BATCH_BYTES; ) {
    const next = entries.next();
    if (next.done) return { batch, done: true };
    batch.push(next.value);
    bytes += weightOf(next.value);
  }
  return { batch, done: false };
}

function weightOf(entry: DumpEntry): number {
  if (entry.kind === 'statement') return entry.text.length;
  if (entry.kind === 'document') return entry.contents.length;
  return entry.kind === 'item' ? entry.value.length : 0;
}

if (parentPort) {
  const port = parentPort;
  const { file, copy } = workerData as CopyWork;
  const opened = copyStore(file, copy).then((database) => ({ database, entries: reading(database) }));
  opened.catch(() => undefined);
  const answer = async (): Promise<void> => {
    try {
      const { entries } = await opened;
      const batch = nextBatch(entries);
      const texts = batch.batch.filter((entry) => entry.kind === 'statement');
      port.postMessage(batch satisfies CopyAnswer, gatherTexts(texts));
    } catch (error) {
      port.postMessage({ failed: toWire(error) } satisfies CopyAnswer);
    }
  };
  const close = async (): Promise<void> => {
    const { database, entries } = await opened;
    entries.return();
    database.close();
  };
  port.on('message', (message: 'next' | 'close') => {
    if (message === 'next') void answer();
    else
      void close()
        .catch(() => undefined)
        .finally(() => port.close());
  });
}
