/** What somebody may have only so many of: whoever counts and then adds must be alone while they do. */
import { type CollectionChange, type CollectionSpec, put, type Store } from '../lrs/index.ts';
import { unlessConflict } from './privacy/index.ts';

/** By what is added to, and to whose. */
const ALONE: CollectionSpec<{ added: number }> = { name: 'reporting.alone', indexes: {} };

/** Of this process, so that many at once are served one after the other instead of refusing one another. */
const queues = new WeakMap<Store, Map<string, Promise<unknown>>>();

/**
 * Runs work while nobody else does so under this name, in this process or another: what it commits must have `alone` among
 * its changes. It is run again where another process was first.
 */
export async function whileAlone<T>(
  store: Store,
  name: string,
  work: (alone: CollectionChange) => Promise<T>,
): Promise<T> {
  const queue = queues.get(store) ?? new Map<string, Promise<unknown>>();
  queues.set(store, queue);
  const turn = (queue.get(name) ?? Promise.resolve()).then(() =>
    unlessConflict(async () => {
      const found = await store.collection(ALONE).get(name);
      const expect = found?.version ?? 'absent';
      return work(put(ALONE, name, { added: (found?.value.added ?? 0) + 1 }, { expect }));
    }),
  );
  const over = turn.catch(() => undefined);
  queue.set(name, over);
  try {
    return await turn;
  } finally {
    if (queue.get(name) === over) queue.delete(name);
  }
}
