/** `livret reports check` */
import type { Progress } from '../../lrs/index.ts';
import type { Json } from '../../web/index.ts';
import { call } from '../call.ts';
import { count, print, printJson } from '../console.ts';
import { ProgressLine } from '../progress-line.ts';

interface Difference {
  what: string;
  period: string | null;
  person: string | null;
  where: string;
  read: string | number | null;
  recounted: string | number | null;
}

interface Result {
  asOf: string;
  statements: number;
  people: number;
  moving: number;
  periods: string[];
  checked: { what: string; compared: number; differences: number }[];
  differences: Difference[];
  total: number;
  outdated: { report: string; period: string; through: string; added: number; removed: number; changed: number }[];
}

interface CheckOptions {
  report?: string;
  period?: string;
  json?: boolean;
}

/** Gives 1 where anything differs. */
export async function checkReports({ report, period, json = false }: CheckOptions): Promise<number> {
  const progress = new ProgressLine();
  const emit = async (line: Json): Promise<void> => progress.show(line as unknown as Progress);
  const result = (await call('reports.check', { report, period }, { emit })) as unknown as Result;
  progress.clear();
  if (json) printJson(result);
  else for (const line of linesOf(result)) print(line);
  return result.total > 0 ? 1 : 0;
}

function linesOf({
  asOf,
  statements,
  people,
  moving,
  periods,
  checked,
  differences,
  total,
  outdated,
}: Result): string[] {
  const lines: string[] = [];
  for (const thing of checked) {
    const own = differences.filter(({ what }) => what === thing.what);
    lines.push(`${thing.what}: ${count(thing.compared)} compared, ${count(thing.differences)} differences`);
    lines.push(...own.map((difference) => `  ${describe(difference)}`));
    if (thing.differences > own.length) lines.push(`  … and ${count(thing.differences - own.length)} more`);
  }
  if (outdated.length > 0) {
    lines.push(
      'Published, and otherwise today (late statements, people moved or erased, other settings); no differences:',
    );
    for (const { report, period, through, added, removed, changed } of outdated) {
      const until = through === period ? '' : ` through ${through}`;
      lines.push(
        `  ${report} ${period}${until}: ${count(added)} more, ${count(removed)} less, ${count(changed)} other`,
      );
    }
  }
  if (moving > 0) lines.push(`${count(moving)} people changed meanwhile and were not compared: check again.`);
  const range = periods.length > 1 ? `${periods[0]} to ${periods.at(-1)}` : (periods[0] ?? 'no period');
  lines.push(
    `${count(statements)} statements, ${count(people)} people, ${range}, as of ${asOf}`,
    total === 0 ? '0 differences' : `${count(total)} differences`,
  );
  return lines;
}

function describe({ period, person, where, read, recounted }: Difference): string {
  const about = [period, person, where].filter((part) => part !== null && part !== '').join(', ');
  return `${about}: ${read ?? 'nothing'} in the reports, ${recounted ?? 'nothing'} by the store`;
}
