/** People from a list brought into the directory. */
import type { Directory, Outcome } from '../../lrs/directory/index.ts';
import { Collector, type Counts, type Findings } from './findings.ts';
import { Listed } from './leavers.ts';
import type { Problem, Row } from './row.ts';
import { type ReadLine, readLines } from './rows.ts';

export interface ImportOptions {
  /** IANA time zone of the dates in the file. */
  timeZone: string;
  /** Reads and checks everything, and says what would change. */
  dryRun: boolean;
  /** The file has everybody of its providers: who is not in it has left. `force`: however many those are, or up to so many. */
  complete?: { force: boolean | number };
  /** Who imports it, for the history (see HistoryEntry). Default 'import'. */
  by?: string;
  /** Told about every line that is not imported, in order within a batch. */
  refused(line: number, problems: Problem[]): Promise<void>;
  /** Told after every batch. */
  progress(counts: Counts): Promise<void>;
}

type Ready = ReadLine & { row: Row };

const isReady = (read: ReadLine): read is Ready => !('problems' in read.row);

/** People a commit: large enough for speed (a commit is one sync to disk), small enough not to hold up others. */
const BATCH = 500;

/**
 * Imports what can be imported and tells what cannot; running it again changes nothing. The lines of a batch are one
 * commit: after a failure half way, what was imported stays, and the file is simply imported again. Rejects
 * `people.file` where the file makes no sense, `store.unavailable`.
 */
export async function importPeople(
  directory: Directory,
  input: AsyncIterable<Uint8Array>,
  { timeZone, dryRun, complete, by = 'import', refused, progress }: ImportOptions,
): Promise<Findings> {
  const at = Date.now();
  const known = directory.known();
  const listed = new Listed();
  const found = new Collector(await directory.tree());
  let batch: Ready[] = [];

  const refuse = async (line: number, problems: Problem[]): Promise<void> => {
    found.counts.refused += 1;
    await refused(line, problems);
  };

  const settle = async ({ line, again }: Ready, outcome: Outcome): Promise<void> => {
    if (outcome.change !== 'refused') found.done(line, outcome, again);
    else await refuse(line, [{ column: 'debut', problem: outcome.error.detail ?? outcome.error.message }]);
  };

  const flush = async (): Promise<void> => {
    const records = batch.map(({ row }) => row.record);
    const outcomes = await directory.upsertAll(records, { at, dryRun, known, by });
    for (const [i, outcome] of outcomes.entries()) {
      const ready = batch[i];
      if (ready) await settle(ready, outcome);
    }
    batch = [];
    await progress(found.counts);
  };

  const columns = (recognised: Findings['columns']): void => {
    found.columns = recognised;
  };
  for await (const read of readLines(input, timeZone, columns)) {
    found.counts.lines += 1;
    listed.add(read.identifier);
    if (isReady(read)) {
      found.read(read.line, read.row);
      batch.push(read);
    } else if ('problems' in read.row) await refuse(read.line, read.row.problems);
    if (batch.length === BATCH) await flush();
  }
  await flush();
  if (complete) found.left = await listed.closeOthers(directory, { at, dryRun, by, ...complete });
  return found.findings();
}
