/**
 * How many different people have started, and completed, since then: sums over the cohorts of completion, in which each
 * person counts once, when they start or complete for the first time (newPeople, newGraduates; published-cells.md, rule
 * 5). Cells are published ones: where one holds more than the direction asked for, so does the sum, and it says so.
 */
import { requireDirection, type Sources } from '../collected.ts';
import { type Counts, countsOf, type Found } from './counts.ts';
import type { Progress } from './progress.ts';

export interface CumulativePeriod extends Found {
  period: string;
  from: string;
  to: string;
  /** From the first period up to this one, of those that are published. */
  sums: Counts;
}

export interface Cumulative {
  report: 'cumulative';
  from: string;
  to: string;
  direction: string | null;
  periods: CumulativePeriod[];
  /** Names of the periods that are not published: the sums are without them. */
  missing: string[];
  sums: Counts;
  /** Whatever the periods are. */
  targets: Progress[];
}

export interface CumulativeAsked {
  from?: string;
  to?: string;
  direction?: string;
}

/** Rejects as Reports.periodsBetween does, and `request.parameter` for a direction that there is not. */
export async function cumulativeOf(sources: Sources, asked: CumulativeAsked): Promise<Omit<Cumulative, 'targets'>> {
  const { direction } = asked;
  await requireDirection(sources, direction);
  const published = await sources.reports.publishedPeriods('completion');
  const last = sources.reports.lastClosedPeriod();
  const to = asked.to ?? published[0] ?? asked.from ?? last;
  const from = asked.from ?? published.findLast((period) => period <= to) ?? to;
  const periods: CumulativePeriod[] = [];
  let sums: Counts = { newPeople: 0, newGraduates: 0 };
  // Since the oldest that is published, however many: what the reader did not name is no reason to refuse.
  const most = asked.from === undefined ? Number.POSITIVE_INFINITY : undefined;
  for (const period of sources.reports.periodsBetween(from, to, most)) {
    const found = await countsOf(sources.ask, { report: 'completion', period: period.name, by: 'total' }, direction);
    sums = {
      newPeople: sums.newPeople + (found.counts?.newPeople ?? 0),
      newGraduates: sums.newGraduates + (found.counts?.newGraduates ?? 0),
    };
    periods.push({ period: period.name, from: period.firstDay, to: period.lastDay, ...found, sums });
  }
  return {
    ...{ report: 'cumulative', from, to, direction: direction ?? null, periods },
    missing: periods.filter(({ counts }) => counts === null).map(({ period }) => period),
    sums,
  };
}
