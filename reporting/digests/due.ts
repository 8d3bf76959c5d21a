/** When a digest is due, and when it is tried again. Pure. */
import { addDays, dayOf } from '../../lrs/directory/index.ts';
import type { Frequency } from './subscription.ts';

const HOUR = 3_600_000;

/** Mail is there when people come to work. */
const MORNING = 7 * HOUR;

/** ms after the publication of a period: the job publishes one report after the other, and a digest tells of several. */
const SETTLED = HOUR;

/** What is published last, of what a digest tells of. */
export interface Newest {
  period: string;
  /** ms since 1970 */
  publishedAt: number;
}

/**
 * What of a subscription is due at an instant (ms), by a name that no other has: of a period, of a month, of the Monday of
 * a week in the time zone. Undefined where there is nothing to tell of yet.
 */
export function dueAt(frequency: Frequency, newest: Newest | undefined, now: number, zone: string): string | undefined {
  if (!newest) return undefined;
  if (frequency === 'publication') return now >= newest.publishedAt + SETTLED ? newest.period : undefined;
  const day = dayOf(now - MORNING, zone);
  return frequency === 'monthly' ? day.slice(0, 7) : addDays(day, -daysSinceMonday(day));
}

const daysSinceMonday = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

const FIRST_PAUSE = HOUR / 6;
const LONGEST_PAUSE = 24 * HOUR;

/** ms from the first try to the last. */
export const GIVEN_UP_AFTER = 72 * HOUR;

/** ms until the next try: ten minutes, and twice as long each time. */
export const pauseAfter = (tries: number): number => Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (tries - 1));
