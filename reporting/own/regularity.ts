/** A person's own regularity, by the very code of the metrics: the read model is narrowed to that person, and asked as ever. */
import { addDays, startOfDay } from '../../lrs/directory/index.ts';
import { METRICS } from '../metrics/index.ts';
import type { Contribution, FigureSpec, Metric } from '../metrics/metric.ts';
import { type Period, periodAt } from '../periods/period.ts';
import type { Query } from '../projection/database.ts';
import type { ReportingSettings } from '../settings.ts';

/** Null: not enough data (see the metric). */
export interface OwnRegularity {
  /** Civil days from the first active one to the last one; null where there is none. */
  firstDay: string | null;
  lastDay: string | null;
  pdh: number | null;
  pdhNormalised: number | null;
  ws1: number | null;
}

/** Which figures, by metric. */
const OWN = { regularity: ['pdh', 'pdhNormalised'], 'weekly-regularity': ['ws1'] } as const;

const DAYS = `
  SELECT strftime(min(day), '%Y-%m-%d') AS "firstDay", strftime(max(day), '%Y-%m-%d') AS "lastDay"
  FROM active_hours
`;

/** The one membership holds always: who belongs nowhere has regularity of their own all the same. */
const ALWAYS_SOMEWHERE = `
  CREATE OR REPLACE TEMP TABLE memberships AS
  SELECT $person::VARCHAR AS person, '' AS direction, NULL::VARCHAR AS service, NULL::VARCHAR AS site,
    ${Number.MIN_SAFE_INTEGER}::BIGINT AS starts, ${Number.MAX_SAFE_INTEGER}::BIGINT AS ends, '' AS calendar
`;

/** `query` shows that person alone (narrow.ts); afterwards it has them belong to one place always: the last thing asked of a view. */
export async function regularityOf(query: Query, person: string, site: ReportingSettings): Promise<OwnRegularity> {
  const [days] = await query(DAYS);
  const [firstDay, lastDay] = [days?.firstDay, days?.lastDay];
  const none = { firstDay: null, lastDay: null, pdh: null, pdhNormalised: null, ws1: null };
  if (typeof firstDay !== 'string' || typeof lastDay !== 'string') return none;
  await query(ALWAYS_SOMEWHERE, { person });
  const period = wholeOf(firstDay, lastDay, site.timeZone);
  const figures = await Promise.all(
    Object.entries(OWN).map(([metric, names]) =>
      figuresOf((read) => read.contributions(query, period, site, period.end), person, metric, names),
    ),
  );
  return { ...none, firstDay, lastDay, ...Object.fromEntries(figures.flat()) };
}

/** The whole of what a person did, as a period: it is never published, and has no name. */
function wholeOf(firstDay: string, lastDay: string, zone: string): Period {
  const [start, end] = [startOfDay(firstDay, zone), startOfDay(addDays(lastDay, 1), zone)];
  return { ...periodAt(start, 'year', zone), firstDay, lastDay, start, end };
}

/** Figures of a metric about one person, with their names. */
async function figuresOf(
  ask: (metric: Metric) => Promise<readonly Contribution[]>,
  person: string,
  name: string,
  figures: readonly string[],
): Promise<[name: string, value: number | null][]> {
  const metric = METRICS.find((each) => each.name === name);
  if (metric === undefined) return [];
  // A metric that reads another table is not narrowed: it gives nobody else away all the same.
  const own = (await ask(metric)).find((contribution) => contribution.person === person);
  return figures.map((figure) => [figure, own?.values[placeOf(metric, figure)] ?? null]);
}

/** Where the value that a figure is made of stands among a metric's values; -1 where it has no such figure. */
function placeOf({ figures }: Metric, name: string): number {
  const found = figures.find(
    (figure): figure is Extract<FigureSpec, { of: number }> =>
      figure.name === name && 'of' in figure && typeof figure.of === 'number',
  );
  return found?.of ?? -1;
}
