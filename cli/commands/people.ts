/** `livret people import FILE` */
import type { Progress } from '../../lrs/index.ts';
import type { Json } from '../../web/index.ts';
import { call, openFile } from '../call.ts';
import { count, print } from '../console.ts';
import { ProgressLine } from '../progress-line.ts';

interface Counts {
  new: number;
  changed: number;
  unchanged: number;
  refused: number;
}

interface Refused {
  kind: 'refused';
  line: number;
  problems: { column: string | null; problem: string }[];
}

/** Gives 1 where a line was refused. */
export async function importPeople(path: string, { dryRun }: { dryRun?: boolean }): Promise<number> {
  const { input, totalBytes } = await openFile(path);
  const progress = new ProgressLine();
  const emit = async (line: Json): Promise<void> => {
    const told = line as unknown as ({ kind: 'progress' } & Progress) | Refused;
    if (told.kind === 'progress') progress.show(told);
    else {
      progress.clear();
      process.stderr.write(`line ${told.line}: ${told.problems.map(describe).join('; ')}\n`);
    }
  };
  const counts = (await call('people.import', { dryRun, totalBytes }, { input, emit })) as unknown as Counts;
  progress.clear();
  const { changed, unchanged, refused } = counts;
  print(
    `${count(counts.new)} new, ${count(changed)} changed, ${count(unchanged)} unchanged, ${count(refused)} refused` +
      (dryRun ? ' (nothing was changed: dry run)' : ''),
  );
  return refused > 0 ? 1 : 0;
}

const describe = ({ column, problem }: Refused['problems'][number]): string =>
  column === null ? problem : `${column} ${problem}`;
