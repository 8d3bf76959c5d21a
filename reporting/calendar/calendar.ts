/** When people of a place work: civil time, weekly hours, public holidays and other closed days. Pure. */
import { addDays, dayOf } from '../../lrs/directory/index.ts';
import { type Span, spansOf, weekdayOf } from './civil-time.ts';
import { type HolidayZone, holidaysOf } from './holidays.ts';
import type { WorkingHours } from './working-hours.ts';

export interface Calendar {
  /** Made of all that it says: places that work alike share one, and another setting is another calendar. */
  id: string;
  /** IANA name. */
  timeZone: string;
  hours: WorkingHours;
  holidays: HolidayZone;
  /** Days, YYYY-MM-DD, on which nobody works besides. */
  closed: readonly string[];
}

const holidaysKnown = new Map<string, ReadonlySet<string>>();

function isHoliday(zone: HolidayZone, day: string): boolean {
  const key = `${zone} ${day.slice(0, 4)}`;
  const days = holidaysKnown.get(key) ?? new Set(holidaysOf(zone, Number(day.slice(0, 4))).map((each) => each.day));
  holidaysKnown.set(key, days);
  return days.has(day);
}

const hoursOf = ({ hours, holidays, closed }: Calendar, day: string) =>
  isHoliday(holidays, day) || closed.includes(day)
    ? []
    : hours.daily.filter(({ weekday }) => weekday === weekdayOf(day));

/** Whether any time of that civil day is worked. */
export const isWorkingDay = (calendar: Calendar, day: string): boolean => hoursOf(calendar, day).length > 0;

/** The civil days from the first to the last, both included. */
export function* daysFrom(firstDay: string, lastDay: string): Generator<string> {
  for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) yield day;
}

/**
 * The working time of the civil days from the first to the last, both included, in order. An instant lies in it exactly
 * when the clock of the place then shows working hours of a working day, however the clock is changed.
 */
export function workingSpans(calendar: Calendar, firstDay: string, lastDay: string): Span[] {
  const spans = [...daysFrom(firstDay, lastDay)].flatMap((day) =>
    hoursOf(calendar, day).flatMap(({ from, to }) => spansOf(calendar.timeZone, day, from, to)),
  );
  return spans.sort((a, b) => a.from - b.from);
}

/** Milliseconds of working time from `a` to `b`; negative when `b` comes first. */
export function workingMs(calendar: Calendar, a: number, b: number): number {
  if (b < a) return -workingMs(calendar, b, a);
  const spans = workingSpans(calendar, dayOf(a, calendar.timeZone), dayOf(b, calendar.timeZone));
  return spans.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, b) - Math.max(from, a)), 0);
}

/**
 * Working days from `a` to `b`: those after the civil day of `a`, up to and with the civil day of `b`. So 0 on the same
 * day, 1 from a Friday to the Monday after it, 0 from a Friday to the Sunday; negative when the day of `b` comes first.
 */
export function workingDays(calendar: Calendar, a: number, b: number): number {
  if (b < a) return -workingDays(calendar, b, a);
  const [first, last] = [dayOf(a, calendar.timeZone), dayOf(b, calendar.timeZone)];
  return [...daysFrom(first, last)].filter((day) => day !== first && isWorkingDay(calendar, day)).length;
}
