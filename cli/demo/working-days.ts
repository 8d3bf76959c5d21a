/** The days of one person: of work, of leave, and those on which something urgent comes between. Days are YYYY-MM-DD. */
import { addDays, startOfDay } from '../../lrs/directory/index.ts';
import { type Calendar, isWorkingDay, weekdayOf } from '../../reporting/calendar/index.ts';
import { chanceOf } from './chance.ts';
import { calendarOf } from './ministry.ts';

const MINUTE = 60_000;

export interface WorkingDays {
  /** The first day of work from this one on that suits, at most some weeks later; the first of all where none does. */
  next(day: string, suits?: (day: string) => boolean): string;
  /** So many days of work later. */
  later(day: string, count: number): string;
  isUrgent(day: string): boolean;
  /** The instant (ms) at which the clock of the place shows so many minutes after midnight. */
  at(day: string, minutes: number): number;
}

export interface DaysOf {
  seed: number;
  /** Stable identifier of the agent. */
  rio: string;
  /** Where the person belongs on a day. */
  directionOn(day: string): string;
}

/** Worked out once a day and calendar. */
function remembered<T>(find: (calendar: Calendar, day: string) => T): (calendar: Calendar, day: string) => T {
  const known = new Map<string, Map<string, T>>();
  return (calendar, day) => {
    const days = known.get(calendar.id) ?? new Map<string, T>();
    known.set(calendar.id, days);
    const before = days.get(day);
    if (before !== undefined) return before;
    const found = find(calendar, day);
    days.set(day, found);
    return found;
  };
}

const isWorked = remembered(isWorkingDay);
const midnight = remembered(({ timeZone }, day) => startOfDay(day, timeZone));

/** How often something urgent comes: more often where the systems are looked after. */
const URGENT: Record<string, number> = { DTNUM: 0.2, DSIC: 0.2, CAB: 0.25 };
const URGENT_ELSEWHERE = 0.08;

const FURTHEST = 21;

/** Two or three weeks in summer, August above all, and of some the week after Christmas. */
function leavesOf(seed: number, rio: string): (day: string) => boolean {
  const years = new Map<string, (day: string) => boolean>();
  return (day) => {
    const year = day.slice(0, 4);
    const known = years.get(year);
    if (known) return known(day);
    const { between, happens } = chanceOf(seed, 'leave', rio, year);
    const from = addDays(`${year}-07-14`, between(0, 30));
    const to = addDays(from, between(14, 24));
    const christmas = happens(0.5);
    const isAway = (each: string): boolean =>
      (each >= from && each <= to) || (christmas && (each >= `${year}-12-24` || each <= `${year}-01-02`));
    years.set(year, isAway);
    return isAway(day);
  };
}

export function workingDaysOf({ seed, rio, directionOn }: DaysOf): WorkingDays {
  const isAway = leavesOf(seed, rio);
  const works = (day: string): boolean => isWorked(calendarOf(directionOn(day)), day) && !isAway(day);
  const next: WorkingDays['next'] = (from, suits = () => true) => {
    let first: string | undefined;
    let day = from;
    for (let n = 0; n < FURTHEST || first === undefined; n++) {
      if (works(day)) {
        if (suits(day)) return day;
        first ??= day;
      }
      day = addDays(day, 1);
    }
    return first;
  };
  return {
    next,
    later(from, count) {
      let day = from;
      for (let n = 0; n < count; n++) day = next(addDays(day, 1));
      return day;
    },
    isUrgent(day) {
      const direction = directionOn(day);
      return chanceOf(seed, 'urgent', direction, day).happens(URGENT[direction] ?? URGENT_ELSEWHERE);
    },
    at: (day, minutes) => midnight(calendarOf(directionOn(day)), day) + minutes * MINUTE,
  };
}

export { addDays, weekdayOf };
