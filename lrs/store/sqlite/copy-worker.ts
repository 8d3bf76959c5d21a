/** A thread that copies the store and gives what it reads there, batch by batch as it is asked. */
import { parentPort, workerData } from 'node:worker_threads';
import type { DumpEntry } from '../dump.ts';
import { copyStore } from './copy.ts';
import { Dumper } from './dumper.ts';
import { gatherTexts } from './gather-texts.ts';
import { toWire, type WireError } from './messages.ts';
import type { Database } from './schema.ts';
import type { Verified } from './verify/finding.ts';
import { verify } from './verify/verifier.ts';

export interface CopyWork {
  /** The store's file. */
  file: string;
  /** Where its copy goes. */
  copy: string;
  work: keyof CopyYields;
}

/** What each kind of work gives. */
export interface CopyYields {
  dump: DumpEntry;
  verify: Verified;
}

type Yielded = CopyYields[keyof CopyYields];

/** done: nothing comes after it. */
export type CopyAnswer = CopyBatch | { failed: WireError };

export interface CopyBatch {
  batch: Yielded[];
  done: boolean;
}

/** Bounds of a batch: small enough not to hold up the thread that answers requests, soon enough to show how far it is. */
const BATCH = 200;
const BATCH_BYTES = 256 * 1024;
const BATCH_MS = 200;

const reading = (database: Database, work: CopyWork['work']): Generator<Yielded, void, void> =>
  work === 'dump' ? new Dumper(database).entries() : verify(database);

function nextBatch(source: Generator<Yielded, void, void>): CopyBatch {
  const batch: Yielded[] = [];
  const until = Date.now() + BATCH_MS;
  for (let bytes = 0; batch.length < BATCH && bytes < BATCH_BYTES && Date.now() < until; ) {
    const next = source.next();
    if (next.done) return { batch, done: true };
    batch.push(next.value);
    bytes += weightOf(next.value);
  }
  return { batch, done: false };
}

function weightOf(yielded: Yielded): number {
  if ('text' in yielded) return yielded.text.length;
  return 'contents' in yielded ? yielded.contents.length : 0;
}

if (parentPort) {
  const port = parentPort;
  const { file, copy, work } = workerData as CopyWork;
  const opened = copyStore(file, copy).then((database) => ({ database, source: reading(database, work) }));
  opened.catch(() => undefined);
  const answer = async (): Promise<void> => {
    try {
      const { source } = await opened;
      const answer = nextBatch(source);
      port.postMessage(answer satisfies CopyAnswer, gatherTexts(answer.batch.filter((each) => 'text' in each)));
    } catch (error) {
      port.postMessage({ failed: toWire(error) } satisfies CopyAnswer);
    }
  };
  const close = async (): Promise<void> => {
    const { database, source } = await opened;
    source.return();
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
