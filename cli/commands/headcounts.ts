/** `livret headcounts import | list` */
import type { Json } from '../../web/index.ts';
import { call, openFile } from '../call.ts';
import { complain, count, print, printJson, printTable } from '../console.ts';

interface Refused {
  line: number;
  column: string | null;
  problem: string;
}

interface Counts {
  new: number;
  changed: number;
  unchanged: number;
  refused: number;
}

interface Headcount {
  direction: string;
  day: string;
  people: number;
}

/** Gives 1 where a line was refused. */
export async function importHeadcounts(path: string, { dryRun }: { dryRun?: boolean }): Promise<number> {
  const { input } = await openFile(path);
  const emit = async (line: Json): Promise<void> => {
    const { line: number, column, problem } = line as unknown as Refused;
    complain(`line ${number}: ${column === null ? '' : `${column} `}${problem}`);
  };
  const found = (await call('headcounts.import', { dryRun }, { input, emit })) as unknown as Counts;
  const nothing = found.refused > 0 ? ' (nothing was stored)' : ' (nothing was stored: dry run)';
  print(
    `${count(found.new)} new, ${count(found.changed)} changed, ${count(found.unchanged)} unchanged, ` +
      `${count(found.refused)} refused${found.refused > 0 || dryRun ? nothing : ''}`,
  );
  return found.refused > 0 ? 1 : 0;
}

export async function listHeadcounts({ json }: { json?: boolean }): Promise<void> {
  const headcounts = (await call('headcounts.list')) as unknown as Headcount[];
  if (json) return printJson(headcounts);
  if (headcounts.length === 0) return print('There are no headcounts.');
  printTable(
    ['DAY', 'DIRECTION', 'PEOPLE'],
    headcounts.map(({ day, direction, people }) => [day, direction, String(people)]),
  );
}
