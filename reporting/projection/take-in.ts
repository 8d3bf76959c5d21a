/** The store's feed into the tables, batch after batch. */
import { type Position, type Store, storedAt } from '../../lrs/index.ts';
import { Batch } from './batch.ts';

/** Statements read at once: few enough that little is held. */
const PAGE = 500;

export interface Intake {
  /** Keeps a batch, in one transaction with its cursor. One at a time, in the order of the feed. */
  keep(batch: Batch): Promise<void>;
  /** Called after each page, and throws to break off. */
  goOn(): void;
  /** There is much: called before each batch but the last one, while none is being kept. */
  more(): Promise<void>;
}

/**
 * Takes in everything stored up to `target` (ms), from just after `after`, in batches of `size` and up to a page more;
 * gives how far that reaches.
 */
export async function takeIn(
  store: Store,
  after: Position,
  target: number,
  size: number,
  { keep, goOn, more }: Intake,
): Promise<Position> {
  const { statements } = store;
  let keeping: Promise<void> = Promise.resolve();
  try {
    const limit = Math.min(PAGE, size);
    let next = statements.feed(after, limit);
    for (let batch = new Batch(); ; ) {
      const page = await next;
      const done = page.entries.length === 0 || storedAt(page.through) > target;
      if (!done) {
        // The store reads the next page while this one is taken in.
        next = statements.feed(page.through, limit);
        next.catch(() => undefined);
      }
      await batch.take(page, statements);
      // Nobody may take what is half read for the whole.
      goOn();
      if (!done && batch.entries < size) continue;
      await keeping;
      if (!done) await more();
      // DuckDB writes this one while the next is made.
      keeping = batch.entries > 0 ? keep(batch) : Promise.resolve();
      keeping.catch(() => undefined);
      if (done) {
        await keeping;
        return batch.cursor;
      }
      batch = new Batch();
    }
  } finally {
    // Whoever comes next finds no transaction open.
    await keeping.catch(() => undefined);
  }
}
