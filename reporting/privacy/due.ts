/** Which periods the job publishes by itself. */

import { storedAt } from '../../lrs/index.ts';
import { DAY } from '../calendar/index.ts';
import type { Metric } from '../metrics/metric.ts';
import { isClosed, type Period, periodAt } from '../periods/period.ts';
import { findPublication } from './publish.ts';
import type { Publisher } from './publisher.ts';
import { LOOKS } from './records.ts';

/** A look that found too few people is worth another one after a day. */
const LOOK_AGAIN = DAY;

// Civil time, which is slow to work out, once for all that lie together: every zone is ahead of UTC by whole quarters of an hour.
const MONTHS = `
  SELECT epoch_ms(min(instant)) AS instant, min(position) AS position
  FROM (
    SELECT min(instant) AS instant, min(position) AS position FROM events GROUP BY time_bucket(INTERVAL 15 MINUTE, instant)
  )
  GROUP BY date_trunc('month', timezone($zone, timezone('UTC', instant)))
`;

/** A period that has statements. */
export interface Told {
  period: Period;
  /** Milliseconds: when the first of them was stored. */
  since: number;
}

/**
 * Periods that are over, hold statements and are not published. The delay runs from the end of the period, and from when
 * its first statement was stored: a history that is being imported is not frozen halfway.
 */
export async function duePeriods(publisher: Publisher, metric: Metric, told: readonly Told[]): Promise<Period[]> {
  const { settings, now } = publisher;
  const due: Period[] = [];
  for (const { period, since } of told) {
    const start = Math.max(period.end, since) + settings.publishDelay * DAY;
    if (isClosed(period, now()) && now() >= start && (await isOpen(publisher, metric, period))) due.push(period);
  }
  return due;
}

async function isOpen(publisher: Publisher, metric: Metric, period: Period): Promise<boolean> {
  const known = await findPublication(publisher, metric, period);
  if (!known) return true;
  const { state, publishedAt } = known.value;
  if (state === 'published') return false;
  const look = await publisher.store.collection(LOOKS).get(known.id);
  return publisher.now() >= Math.max(publishedAt, look?.value.at ?? 0) + LOOK_AGAIN;
}

/** Oldest first. */
export async function periodsWithStatements(publisher: Publisher): Promise<Told[]> {
  const { period: length, timeZone } = publisher.settings;
  const months = await publisher.projection.snapshot(({ query }) => query(MONTHS, { zone: timeZone }));
  const periods = new Map<string, Told>();
  for (const { instant, position } of months) {
    const period = periodAt(Number(instant), length, timeZone);
    const since = storedAt(Number(position));
    const known = periods.get(period.name);
    if (!known || since < known.since) periods.set(period.name, { period, since });
  }
  return [...periods.values()].sort((a, b) => a.period.start - b.period.start);
}
