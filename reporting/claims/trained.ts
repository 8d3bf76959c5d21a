/** « Près de 1 000 personnes en deux ans »: people who started for the first time, counted over cohorts up to one same day. */
import type { Answer } from '../answer.ts';
import type { Sources } from '../collected.ts';
import { TRAINED_BY } from './criteria.ts';
import { BLANK, type Judged } from './judged.ts';
import { verdictOfTally } from './verdict.ts';

/** Of the whole ministry, for every reader and whatever the direction, over the periods of two years that end with this one. */
export async function trainedOf(sources: Sources, period: string, direction: string | undefined): Promise<Judged> {
  const { test, years, texts } = TRAINED_BY;
  const [year = '', rest = ''] = [period.slice(0, 4), period.slice(4)];
  const periods = sources.reports.periodsBetween(`${Number(year) - years}${rest}`, period).slice(1);
  const from = periods[0]?.name ?? period;
  const cohorts: { name: string; answer: Answer }[] = [];
  // One after the other: at the console each may publish first.
  for (const { name } of periods) cohorts.push({ name, answer: await cohortUpTo(sources, name, period) });
  const counted = cohorts.filter(({ answer }) => answer.state === 'nobody' || answer.ministry);
  const missing = cohorts.filter(({ answer }) => !isWhole(answer, period)).map(({ name }) => name);
  const sum = counted.reduce((total, { answer }) => total + Number(answer.ministry?.newPeople ?? 0), 0);
  const value = counted.length > 0 ? sum : null;
  const firstData = (await sources.reports.publishedPeriods('completion')).at(-1);
  const place = counted.flatMap(({ answer }) => answer.ministry?.label ?? [])[0];
  const span = `${from} – ${period}`;
  return {
    ...{ name: TRAINED_BY.name, report: 'completion', figures: ['newPeople'], unit: 'people', test, texts },
    ...{ ...BLANK, value, n: value, label: place === undefined ? span : `${place}, ${span}` },
    wider: direction !== undefined,
    verdict: verdictOfTally({ value, from, firstData, missing }, test.above),
    empty: value === null ? 'notPublished' : null,
  };
}

/** What a cohort had done by the end of that later period, or by the latest published one before it. */
async function cohortUpTo({ ask }: Sources, period: string, last: string): Promise<Answer> {
  const asked = { report: 'completion', period, by: 'total' } as const;
  const latest = await ask(asked);
  const through = latest.horizons.findLast((horizon) => horizon <= last);
  if (latest.state !== 'published' || through === undefined || through === latest.through) return latest;
  return ask({ ...asked, through });
}

/** Whether everything that counts by the end of that period is in it. */
const isWhole = ({ state, through }: Answer, last: string): boolean =>
  state === 'nobody' || (state === 'published' && through === last);
