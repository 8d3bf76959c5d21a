/**
 * Leases: of several processes on one store, one at a time does a piece of repeated work. Built on compare-and-set
 * alone, so that it holds on every engine. Clocks of the processes may differ by less than the term.
 */
import { hasCode } from '../errors.ts';
import { type CollectionSpec, put, type Store } from './store.ts';

interface StoredLease {
  /** Who holds it; empty between two runs. */
  holder: string;
  /** ms since 1970: nobody else may take it before. */
  until: number;
  /** Grows by one with every holder. */
  fence: number;
}

const LEASES: CollectionSpec<StoredLease> = { name: 'leases', indexes: {} };

export interface LeaseOptions {
  /** Names this process among others. */
  holder: string;
  /** ms after which a holder that shows no sign of life has lost it. It is renewed three times a term. */
  term: number;
  /** ms after the end of the work in which nobody starts it again. */
  pause: number;
  /** Passed on to the work, which should end soon once it is aborted. */
  signal: AbortSignal;
}

export interface HeldLease {
  /** Greater than that of every holder before: lets what is written be told from what a holder given up for dead writes late. */
  fence: number;
  /** Aborted when the lease is lost, and with `options.signal`. */
  signal: AbortSignal;
}

/**
 * Does the work if the lease of that name is free and its pause over; gives whether it did. The pause begins when the work
 * ends, failed or not. Rejects with what the work rejects with, or `store.unavailable`.
 */
export async function withLease(
  store: Store,
  name: string,
  options: LeaseOptions,
  work: (lease: HeldLease) => Promise<void>,
): Promise<boolean> {
  const taken = await take(store, name, options);
  if (taken === undefined) return false;
  const lost = new AbortController();
  const renewal = keepRenewing(store, name, options, taken.fence, lost);
  try {
    await work({ fence: taken.fence, signal: AbortSignal.any([lost.signal, options.signal]) });
  } finally {
    await renewal.stop();
    const ended: StoredLease = { holder: '', until: Date.now() + options.pause, fence: taken.fence };
    if (!lost.signal.aborted) await replace(store, name, taken.fence, ended);
  }
  return true;
}

async function take(store: Store, name: string, { holder, term }: LeaseOptions): Promise<StoredLease | undefined> {
  const found = await store.collection(LEASES).get(name);
  if (found !== undefined && found.value.until > Date.now()) return undefined;
  const lease: StoredLease = { holder, until: Date.now() + term, fence: (found?.value.fence ?? 0) + 1 };
  const taken = await compareAndSet(store, name, lease, found?.version ?? 'absent');
  return taken ? lease : undefined;
}

/** Renews until stopped. Aborts `lost` when somebody else holds the lease, or when the term has passed without a renewal. */
function keepRenewing(store: Store, name: string, options: LeaseOptions, fence: number, lost: AbortController) {
  let expires = Date.now() + options.term;
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    // A renewal that hangs is none.
    if (Date.now() >= expires) lost.abort();
    running = running.then(async () => {
      const until = Date.now() + options.term;
      try {
        if (await replace(store, name, fence, { holder: options.holder, until, fence })) expires = until;
        else lost.abort();
      } catch {
        // The store is out of reach for a moment: the lease is ours until it expires.
        if (Date.now() >= expires) lost.abort();
      }
    });
  }, options.term / 3);
  return {
    async stop(): Promise<void> {
      clearInterval(timer);
      await running;
    },
  };
}

/** Writes the lease while it still has this fence; gives whether it had. */
async function replace(store: Store, name: string, fence: number, lease: StoredLease): Promise<boolean> {
  const found = await store.collection(LEASES).get(name);
  return found?.value.fence === fence && (await compareAndSet(store, name, lease, found.version));
}

async function compareAndSet(store: Store, name: string, lease: StoredLease, expect: number | 'absent') {
  try {
    await store.commit({ changes: [put(LEASES, name, lease, { expect })] });
    return true;
  } catch (error) {
    if (hasCode(error, 'collection.conflict')) return false;
    throw error;
  }
}
