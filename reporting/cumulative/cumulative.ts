/**
 * How many different people have started, and completed, since then: sums over the cohorts of completion, in which each
 * person counts once, when they start or complete for the first time (newPeople, newGraduates; published-cells.md, rule
 * 5). Cells are published ones: where one holds more than the direction asked for, so does the sum, and it says so.
 */
import type { AnswerState } from '../answer.ts';
import { askWhere, requireDirection, type Sources } from '../collected.ts';
import type { Target, TargetFigure } from '../targets/index.ts';

export type Counts = Record<TargetFigure, number>;

export interface CumulativePeriod {
  period: string;
  from: string;
  to: string;
  state: AnswerState;
  /** What the cells hold that were added; null where there are none. */
  label: string | null;
  /** They hold more than the direction that was asked for. */
  wider: boolean;
  /** Up to the end of which period things counted. */
  through: string | null;
  /** In this cohort; null where it is not published. */
  counts: Counts | null;
  /** From the first period up to this one, of those that are published. */
  sums: Counts;
}

export interface Progress extends Target {
  /** Up to the last period that ends by then. */
  reached: number;
  share: number;
  /** The period in which it was reached. */
  since: string | null;
  /** Whether the day lies behind the last period that is counted. */
  over: boolean;
  /** The sum holds more than the direction. */
  wider: boolean;
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
  targets: Progress[];
}

export interface CumulativeAsked {
  from?: string;
  to?: string;
  direction?: string;
}

/** Rejects as Reports.periodsBetween does, and `request.parameter` for a direction that there is not. */
export async function cumulativeOf(sources: Sources, asked: CumulativeAsked): Promise<Cumulative> {
  const { direction } = asked;
  await requireDirection(sources, direction);
  const published = await sources.reports.publishedPeriods('completion');
  const last = sources.reports.lastClosedPeriod();
  const to = asked.to ?? published[0] ?? asked.from ?? last;
  const from = asked.from ?? published.findLast((period) => period <= to) ?? to;
  const periods: CumulativePeriod[] = [];
  let sums: Counts = { newPeople: 0, newGraduates: 0 };
  for (const period of sources.reports.periodsBetween(from, to)) {
    const found = await countsOf(sources, period.name, direction);
    sums = {
      newPeople: sums.newPeople + (found.counts?.newPeople ?? 0),
      newGraduates: sums.newGraduates + (found.counts?.newGraduates ?? 0),
    };
    periods.push({ period: period.name, from: period.firstDay, to: period.lastDay, ...found, sums });
  }
  const targets = (await sources.targets()).filter((target) => target.direction === direction);
  return {
    ...{ report: 'cumulative', from, to, direction: direction ?? null, periods },
    missing: periods.filter(({ counts }) => counts === null).map(({ period }) => period),
    sums,
    targets: targets.map((target) => progressOf(target, periods)),
  };
}

type Found = Pick<CumulativePeriod, 'state' | 'label' | 'wider' | 'through' | 'counts'>;

const NOBODY: Found = {
  state: 'nobody',
  label: null,
  wider: false,
  through: null,
  counts: { newPeople: 0, newGraduates: 0 },
};

async function countsOf(sources: Sources, period: string, direction: string | undefined): Promise<Found> {
  const place = direction === undefined ? {} : { direction };
  const answer = await askWhere(sources, { report: 'completion', period, by: 'total', ...place });
  if (!answer) return NOBODY;
  const { state, through, cells, ministry } = answer;
  if (state === 'nobody') return { ...NOBODY, through };
  if (state !== 'published') return { ...NOBODY, state, counts: null };
  const held = direction === undefined ? (ministry ? [ministry] : []) : cells;
  const sum = (figure: TargetFigure): number => held.reduce((total, cell) => total + Number(cell[figure] ?? 0), 0);
  return {
    state,
    through,
    label: held.map(({ label }) => label).join(' ; '),
    wider: held.some(({ wider }) => wider),
    counts: { newPeople: sum('newPeople'), newGraduates: sum('newGraduates') },
  };
}

function progressOf(target: Target, periods: readonly CumulativePeriod[]): Progress {
  const counted = periods.filter(({ to }) => to <= target.by);
  const reached = counted.at(-1)?.sums[target.figure] ?? 0;
  const since = counted.find(({ sums }) => sums[target.figure] >= target.people)?.period ?? null;
  const over = (periods.at(-1)?.to ?? '') >= target.by;
  const wider = counted.some((each) => each.wider);
  return { ...target, reached, share: reached / target.people, since, over, wider };
}
