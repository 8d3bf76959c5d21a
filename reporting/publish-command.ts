/** `livret reports publish`: many reports and periods in one go. */
import { hasCode, LivretError } from '../lrs/index.ts';
import type { Command, CommandCall } from '../web/index.ts';
import { METRICS, metricOf } from './metrics/index.ts';
import type { Reports } from './reports.ts';

/**
 * reports.publish { reports?, periods?, from?, to? } publishes these reports (all where none is named) for these periods,
 * or for those from one to another (the last that is over, where nothing is said), as `report` does: what is published
 * already stays. Emits { kind: 'report', report, period, state, already } for each, the oldest period first, and { kind:
 * 'refused', report, period, why } for one that cannot be, which does not keep the others. Gives how many { published, refused }.
 */
export const createPublishCommand = (reports: Reports): Command => ({
  name: 'reports.publish',
  async run({ args, emit }) {
    const named = textsIn(args, 'reports');
    const metrics = named.length === 0 ? METRICS : [...new Set(named.map(metricOf))];
    const counts = { published: 0, refused: 0 };
    for (const period of periodsIn(args, reports)) {
      for (const { name: report } of metrics) {
        try {
          const already = (await reports.publishedPeriods(report)).includes(period);
          const { state } = await reports.publish({ report, period }, { by: 'console' });
          await emit({ kind: 'report', report, period, state, already });
          if (state === 'published' && !already) counts.published++;
        } catch (error) {
          if (!isOfReport(error)) throw error;
          counts.refused++;
          await emit({ kind: 'refused', report, period, why: error.detail ?? error.message });
        }
      }
    }
    return counts;
  },
});

/** Whether it is this report for this period that cannot be published; anything else, such as a lost store, holds for all. */
const isOfReport = (error: unknown): error is LivretError => hasCode(error, 'report.noDirections', 'report.overlap');

/** Names of periods that are over, the oldest first. Throws as periodsBetween does, and `request.parameter` where none is named. */
function periodsIn(args: CommandCall['args'], reports: Reports): string[] {
  const last = reports.lastClosedPeriod();
  const { from, to = last } = args;
  const named = textsIn(args, 'periods').flatMap((name) => reports.periodsBetween(name, name));
  const between = typeof from === 'string' && typeof to === 'string' ? reports.periodsBetween(from, to) : [];
  if (args.to !== undefined && from === undefined) {
    throw new LivretError('request.parameter', { detail: '--to goes with --from.' });
  }
  if (named.length + between.length === 0) {
    const detail = `Of which period? Say it with --period, for example --period ${last}, or with --from.`;
    throw new LivretError('request.parameter', { detail });
  }
  const ordered = [...named, ...between].toSorted((a, b) => a.start - b.start);
  return [...new Set(ordered.map(({ name }) => name))];
}

function textsIn(args: CommandCall['args'], name: string): string[] {
  const given = args[name] ?? [];
  return Array.isArray(given) ? given.map(String) : [String(given)];
}
