/** Fills an empty store from an archive. */
import type { DumpEntry } from '../store/dump.ts';
import type { LedgerLine } from '../store/erasure.ts';
import type { Store } from '../store/store.ts';
import { Forgotten } from './forgotten.ts';
import type { Counts, Manifest } from './format.ts';
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
  const forgotten = new Forgotten([...(await store.ledger.lines()), ...ledger]);
  let manifest: Manifest | undefined;
  let erased = 0;
  async function* entries(): AsyncGenerator<DumpEntry> {
    const reading = archive.entries(async (bytes) => (await store.blobs.put(bytes)).blob);
    for (let next = await reading.next(); ; next = await reading.next()) {
      if (next.done) {
        manifest = next.value;
        return;
      }
      forgotten.look(next.value);
      told();
      yield next.value;
    }
  }
  await store.load(entries(), async () => {
    await store.ledger.add(ledger);
    const erasures = forgotten.erasures();
    erased = erasures.length;
    return erasures;
  });
  return { counts: manifest?.counts ?? {}, missing: manifest?.missing ?? [], erased };
}
