/** `livret restore FILE` */
import { access } from 'node:fs/promises';
import { type Config, readConfig } from '../../config.ts';
import { Archive, createProgress, LedgerFile, LivretError, openStore, restore } from '../../lrs/index.ts';
import { complain, count, print } from '../console.ts';
import { isServed } from '../control/client.ts';
import { ProgressLine } from '../progress-line.ts';
import { describeCounts } from './backup.ts';

interface RestoreOptions {
  checkOnly?: boolean;
  ledger?: string;
}

/** Gives 1 where contents were missing already when the backup was made. */
export async function restoreFrom(path: string, { checkOnly = false, ledger }: RestoreOptions): Promise<number> {
  const archive = await Archive.open(path);
  const progress = new ProgressLine();
  const told = reader(archive, progress);
  try {
    const result = checkOnly ? await look(archive, told) : await fill(archive, ledger, told);
    progress.clear();
    return result;
  } finally {
    progress.clear();
    await archive.close();
  }
}

/** How far the file is read. It is read twice. */
function reader(archive: Archive, progress: ProgressLine): () => void {
  const report = createProgress(archive.size);
  let read = 0;
  return () => {
    const now = report(read++, archive.at);
    if (now) progress.show(now);
  };
}

async function look(archive: Archive, told: () => void): Promise<number> {
  await archive.check(told);
  const { created, livret, engine } = archive.about;
  print(`Whole: of ${created}, written by Livret ${livret} on ${engine}.`);
  return 0;
}

async function fill(archive: Archive, ledger: string | undefined, told: () => void): Promise<number> {
  const config = readConfig(process.env);
  await refuseWhereServed(config);
  const lines = ledger === undefined ? [] : await readLedger(ledger);
  const store = await openStore({ engine: config.store, folder: config.data, restoring: true });
  try {
    const { counts, missing, erased } = await restore({ archive, store, ledger: lines, told });
    print(`Restored: ${describeCounts(counts)}, as of ${archive.about.created}`);
    if ((counts.erasure ?? 0) > 0 && (await store.ledger.lines()).length === 0) process.stderr.write(NO_LEDGER);
    if (erased > 0) print(`Erasures carried out again, of after that: ${count(erased)}`);
    for (const blob of missing) complain(`blob ${blob}: was lost when the backup was made`);
    return missing.length > 0 ? 1 : 0;
  } finally {
    await store.close();
  }
}

const NO_LEDGER = `People were forgotten before this backup, and the ledger of erasures is empty: is there one elsewhere?
Whoever was forgotten after the backup is in it still. Restore it again, into an empty folder, with --ledger.
`;

async function readLedger(path: string) {
  // A ledger without a file is an empty one; one that was asked for is there.
  await access(path);
  return new LedgerFile(path).lines();
}

async function refuseWhereServed({ data }: Config): Promise<void> {
  if (!(await isServed(data))) return;
  throw new LivretError('store.locked', { detail: `A server is running on ${data}: stop it first.` });
}
