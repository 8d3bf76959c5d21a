import type { DumpEntry } from '../dump.ts';
import type { Erasure } from '../store.ts';
import type { Task } from './messages.ts';

/** One transaction: the larger, the fewer pages of the indexes are written again and again. */
const BATCH = 10_000;
const BATCH_BYTES = 16 * 2 ** 20;

/** Store.load, in tasks of the writer. While one batch is written the next one is read. */
export async function loadEntries(
  run: (task: Task) => Promise<unknown>,
  entries: AsyncIterable<DumpEntry>,
  forget: () => Promise<readonly Erasure[]>,
): Promise<void> {
  let writing: Promise<unknown> = Promise.resolve();
  for await (const batch of batches(entries)) {
    await writing;
    writing = run({ kind: 'load', entries: batch });
    // Awaited before the next one; until then nobody is to be told.
    writing.catch(() => undefined);
  }
  await writing;
  await run({ kind: 'load-end', erasures: [...(await forget())] });
}

async function* batches(entries: AsyncIterable<DumpEntry>): AsyncGenerator<DumpEntry[]> {
  let batch: DumpEntry[] = [];
  let bytes = 0;
  for await (const entry of entries) {
    batch.push(entry);
    bytes += 'text' in entry ? entry.text.length : 'contents' in entry ? entry.contents.length : 0;
    if (batch.length < BATCH && bytes < BATCH_BYTES) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  yield batch;
}
