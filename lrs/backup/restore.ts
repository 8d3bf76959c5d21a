/** Fills an empty store from an archive. */
import { LivretError } from '../errors.ts';
import type { DumpEntry } from '../store/dump.ts';
import type { LedgerLine } from '../store/erasure.ts';
import type { Store } from '../store/store.ts';
import { Forgotten } from './forgotten.ts';
import type { Counts } from './format.ts';
import type { Archive } from './read.ts';

export interface RestoreOptions {
  archive: Archive;
  store: Store;
  /** Ledger of erasures kept elsewhere: it is added to the store's own. */
  ledger?: readonly LedgerLine[];
  /** Hears of every entry. */
  told?: () => void;
}

export interface Restored {
  counts: Counts;
  /** Blobs that were lost or damaged in the store that was saved. */
  missing: string[];
  /** Erasures that came after the backup, and were carried out again. */
  erased: number;
}

/**
 * The whole archive is checked before anything is written. Rejects as Archive.check and Store.load do; `erasure.ledger`.
 * Where it breaks off, the store refuses to serve.
 */
export async function restore({ archive, store, ledger = [], told = () => {} }: RestoreOptions): Promise<Restored> {
  await archive.check(told);
  const { counts, missing } = await archive.manifest();
  await refuseUnlessEmpty(store);
  await store.ledger.add(ledger);
  const forgotten = new Forgotten(await store.ledger.lines());
  await archive.blobs(async (bytes) => (await store.blobs.put(bytes)).blob);
  let erased = 0;
  await store.load(looking(archive.entries(), forgotten, told), async () => {
    const erasures = forgotten.erasures();
    erased = erasures.length;
    return erasures;
  });
  return { counts, missing, erased };
}

async function* looking(
  entries: AsyncIterable<DumpEntry>,
  forgotten: Forgotten,
  told: () => void,
): AsyncGenerator<DumpEntry> {
  for await (const entry of entries) {
    forgotten.look(entry);
    told();
    yield entry;
  }
}

/** Sooner than the load would: neither blobs nor the ledger are to be put where something is kept. */
async function refuseUnlessEmpty(store: Store): Promise<void> {
  const refuse = (): never => {
    throw new LivretError('store.notEmpty', { detail: 'Something is kept in this one already.' });
  };
  if ((await store.statements.count()) > 0) refuse();
  for await (const { kind } of store.dump()) if (kind !== 'clock') refuse();
}
