/** What the job would do by itself some days after a quarter is over and imported. */
import { count, print } from '../console.ts';
import { ProgressLine } from '../progress-line.ts';
import type { Doors } from './doors.ts';

/** Every report of these quarters, then what was to come of the cohorts since. `done` hears of each quarter. */
export async function publishReports(
  { run, jobs }: Doors,
  quarters: readonly string[],
  done: (quarter: string) => Promise<void>,
): Promise<void> {
  const { reports } = (await run('reports.list')) as unknown as { reports: { name: string }[] };
  const [[first], [oldest]] = [reports, quarters];
  if (first === undefined || oldest === undefined) return;
  // The first one waits for all statements to be in the read model.
  print('Modèle de lecture / Read model');
  await run('report', { name: first.name, period: oldest });
  print('Rapports / Reports');
  const progress = new ProgressLine();
  const begun = performance.now();
  const total = quarters.length * reports.length;
  let published = 0;
  for (const period of quarters) {
    for (const { name } of reports) {
      await run('report', { name, period });
      published++;
      const seconds = (performance.now() - begun) / 1000;
      progress.show({
        lines: published,
        perSecond: Math.round(published / seconds),
        share: published / total,
        secondsLeft: Math.ceil((seconds * (total - published)) / published),
      });
    }
    await done(period);
  }
  progress.clear();
  print(`${count(published)} published`);
  await jobs.find(({ name }) => name === 'reports.publish')?.run();
}
