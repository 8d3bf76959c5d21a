/** How far targets are reached by their day: over every cohort that is published, whatever periods the reader looks at. */
import type { Answer } from '../answer.ts';
import type { Sources } from '../collected.ts';
import type { Asked } from '../find-figures.ts';
import { LATER_PERIODS } from '../privacy/index.ts';
import type { Target } from '../targets/index.ts';
import { countsOf, type Found } from './counts.ts';

export interface Progress extends Target {
  /** By then, in the cohorts up to the last period that ends by then: what came later does not count. */
  reached: number;
  share: number;
  /** The cohort with which it is reached: of entry, since what was reached later by those who entered is counted there. */
  since: string | null;
  /** Whether the day is past; null where it is, but not all that happened up to it is published. */
  over: boolean | null;
  /** The sum holds more than the direction. */
  wider: boolean;
}

interface Cohort extends Found {
  period: string;
  /** All that will be published of it up to the day is. */
  whole: boolean;
}

/** Publishes nothing. Of the targets of a direction, or of the ministry. */
export async function progressOf(sources: Sources, direction: string | undefined): Promise<Progress[]> {
  const targets = (await sources.targets()).filter((target) => target.direction === direction);
  const first = targets.length === 0 ? undefined : (await sources.reports.publishedPeriods('completion')).at(-1);
  const closed = sources.reports.closedPeriodsFrom(first ?? sources.reports.lastClosedPeriod());
  const found = new Map<string, Promise<Cohort>>();
  const cohortAt = (period: string, through: string): Promise<Cohort> => {
    const key = `${period} ${through}`;
    const cohort =
      found.get(key) ?? readCohort(sources, { report: 'completion', period, by: 'total' }, through, direction);
    found.set(key, cohort);
    return cohort;
  };
  const progress: Progress[] = [];
  for (const target of targets) {
    const periods = first === undefined ? [] : closed.filter(({ lastDay }) => lastDay <= target.by);
    const through = periods.at(-1)?.name ?? '';
    const cohorts: Cohort[] = [];
    for (const { name } of periods) cohorts.push(await cohortAt(name, through));
    const holding = closed.find(({ lastDay }) => lastDay >= target.by);
    const last = holding && (await cohortAt(holding.name, holding.name));
    progress.push(progressIn(target, cohorts, last));
  }
  return progress;
}

/** `last`: that of the period in which the day lies, once that is over. */
function progressIn(target: Target, cohorts: readonly Cohort[], last: Cohort | undefined): Progress {
  let reached = 0;
  let since: string | null = null;
  for (const { period, counts } of cohorts) {
    reached += counts?.[target.figure] ?? 0;
    if (reached >= target.people) since ??= period;
  }
  const known = cohorts.length > 0 && last?.whole === true && cohorts.every(({ whole }) => whole);
  const over = last && !known ? null : last !== undefined;
  const wider = cohorts.some((each) => each.wider);
  return { ...target, reached, share: reached / target.people, since, over, wider };
}

/** A cohort as of the end of a period, or of the last one before that is published. */
async function readCohort(
  { look }: Sources,
  asked: Asked,
  through: string,
  direction: string | undefined,
): Promise<Cohort> {
  const { horizons }: Answer = await look(asked);
  const last = horizons.findLast((horizon) => horizon <= through);
  const found = await countsOf(look, { ...asked, ...(last !== undefined && { through: last }) }, direction);
  // Horizons follow each other, period after period, up to so many.
  const complete = horizons.length === 0 || last === through || horizons.length > LATER_PERIODS;
  return { ...found, period: asked.period, whole: found.counts !== null && complete };
}
