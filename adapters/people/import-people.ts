/** A file of people brought into the directory. */
import type { Directory, Outcome } from '../../lrs/directory/index.ts';
import type { Cells } from './columns.ts';
import { type Line, readFile } from './read-file.ts';
import { Repeats } from './repeats.ts';
import { type Problem, type Row, readRow } from './row.ts';

/** How many lines went which way; a line about a person already met in the file counts by what it changed. */
export interface Counts {
  lines: number;
  new: number;
  changed: number;
  unchanged: number;
  refused: number;
}

export interface ImportOptions {
  /** IANA time zone of the dates in the file. */
  timeZone: string;
  /** Reads and checks everything, and says what would change. */
  dryRun: boolean;
  /** Told about every line that is not imported, in order within a batch. */
  refused(line: number, problems: Problem[]): Promise<void>;
  /** Told after every batch. */
  progress(counts: Counts): Promise<void>;
}

type Ready = Row & { line: number };

/** People a commit: large enough for speed (a commit is one sync to disk), small enough not to hold up others. */
const BATCH = 500;

const COLUMN_COUNT = (found: number): Problem[] => [
  { column: null, problem: `has ${found} cells, not as many as the header` },
];

/**
 * Imports what can be imported and tells what cannot; running it again changes nothing. The lines of a batch are one
 * commit: after a failure half way, what was imported stays, and the file is simply imported again. Rejects
 * `people.file` where the file makes no sense, `store.unavailable`.
 */
export async function importPeople(
  directory: Directory,
  input: AsyncIterable<Uint8Array>,
  { timeZone, dryRun, refused, progress }: ImportOptions,
): Promise<Counts> {
  const repeats = new Repeats();
  const known = directory.known();
  const at = Date.now();
  const counts: Counts = { lines: 0, new: 0, changed: 0, unchanged: 0, refused: 0 };
  let batch: Ready[] = [];

  const refuse = async (line: number, problems: Problem[]): Promise<void> => {
    counts.refused += 1;
    await refused(line, problems);
  };

  const settle = async ({ line, agentKey }: Ready, outcome: Outcome): Promise<void> => {
    if (outcome.change === 'refused') {
      await refuse(line, [{ column: 'debut', problem: outcome.error.detail ?? outcome.error.message }]);
    } else {
      // A dry run stores nothing, so that a second line about a new person looks new as well.
      counts[outcome.change === 'new' && repeats.isLater(agentKey, line) ? 'changed' : outcome.change] += 1;
    }
  };

  const flush = async (): Promise<void> => {
    const outcomes = await directory.upsertAll(
      batch.map(({ record }) => record),
      { at, dryRun, known, by: 'import' },
    );
    for (const [i, outcome] of outcomes.entries()) {
      const ready = batch[i];
      if (ready) await settle(ready, outcome);
    }
    batch = [];
    await progress(counts);
  };

  const take = ({ line, cells }: { line: number; cells: Cells }): Problem[] => {
    const row = readRow(cells, timeZone);
    if ('problems' in row) return row.problems;
    const repeated = repeats.check(row, line);
    if (repeated) return [repeated];
    batch.push({ ...row, line });
    return [];
  };

  for await (const { line, cells } of readFile(input) as AsyncIterable<Line>) {
    counts.lines += 1;
    const problems = typeof cells === 'number' ? COLUMN_COUNT(cells) : take({ line, cells });
    if (problems.length > 0) await refuse(line, problems);
    if (batch.length === BATCH) await flush();
  }
  await flush();
  return counts;
}
