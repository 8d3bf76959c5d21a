/** On which days and at which hours somebody learns, as they would say it themselves. Pure. */
import { addDays } from '../../lrs/directory/index.ts';
import { weekdayOf } from '../calendar/index.ts';
import type { OwnActiveHour } from './model.ts';

/** Hours of a day, as a clock shows them: from 9 to 11 is two hours. */
export interface HourSpan {
  from: number;
  to: number;
}

export interface Rhythm {
  /** Weeks from Monday to Sunday with an active day. */
  weeks: number;
  /** In how many weeks each hour (0 to 23) of each weekday (Monday first) was active. */
  grid: number[][];
  /** Enough of both to say what is usual. */
  enough: boolean;
  /** Those that hold most of the active days, 1 Monday to 7 Sunday; null where no few do. */
  weekdays: readonly number[] | null;
  /** The shortest time of day that holds most of the active hours; null where no short one does. */
  hours: HourSpan | null;
}

const ENOUGH = { weeks: 2, days: 4 };
/** What « most » is. */
export const MOST = 2 / 3;
const FEW_WEEKDAYS = 3;
const SHORT = 4;

export function rhythmOf(activeHours: readonly OwnActiveHour[]): Rhythm {
  const grid = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
  const days = new Set(activeHours.map(({ day }) => day));
  const weeks = new Set([...days].map((day) => addDays(day, 1 - weekdayOf(day))));
  for (const { day, hour } of activeHours) {
    const row = grid[weekdayOf(day) - 1];
    if (row?.[hour] !== undefined) row[hour] += 1;
  }
  return {
    weeks: weeks.size,
    grid,
    enough: weeks.size >= ENOUGH.weeks && days.size >= ENOUGH.days,
    weekdays: usualWeekdays([...days]),
    hours: usualHours(activeHours),
  };
}

function usualWeekdays(days: readonly string[]): readonly number[] | null {
  const counts = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    weekday,
    days: days.filter((day) => weekdayOf(day) === weekday).length,
  }));
  const chosen: typeof counts = [];
  let held = 0;
  for (const each of counts.toSorted((a, b) => b.days - a.days)) {
    // One that is as usual as the last one goes with it.
    if (held >= MOST * days.length && each.days < (chosen.at(-1)?.days ?? 0)) break;
    chosen.push(each);
    held += each.days;
  }
  const usual = chosen.filter((each) => each.days > 0).map(({ weekday }) => weekday);
  return usual.length === 0 || usual.length > FEW_WEEKDAYS ? null : usual.toSorted();
}

function usualHours(activeHours: readonly OwnActiveHour[]): HourSpan | null {
  const counts = new Array<number>(24).fill(0);
  for (const { hour } of activeHours) counts[hour] = (counts[hour] ?? 0) + 1;
  for (let length = 1; length <= SHORT; length += 1) {
    let best = { from: 0, held: 0 };
    for (let from = 0; from + length <= 24; from += 1) {
      const held = counts.slice(from, from + length).reduce((sum, count) => sum + count, 0);
      if (held > best.held) best = { from, held };
    }
    if (best.held > 0 && best.held >= MOST * activeHours.length) return { from: best.from, to: best.from + length };
  }
  return null;
}
