/** What the clock on the wall shows, by the time zones of JavaScript's Intl. */
import type { RecountCalendar, RecountEvent, RecountPeriod } from './types.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** No zone has changed its clocks, or been ahead of UTC, by anything else than whole quarters of an hour since 1973. */
const QUARTER = 15 * MINUTE;

/** Minutes ahead of UTC, by zone and quarter of an hour: Intl is slow. */
const ahead = new Map<string, Map<number, number>>();
const formats = new Map<string, Intl.DateTimeFormat>();

/** Gives the memory back: of years of events in many zones it is much, and the process goes on after a check. */
export const forgetClocks = (): void => ahead.clear();

function minutesAhead(zone: string, quarter: number): number {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  formats.set(zone, format);
  const name = format.formatToParts(quarter * QUARTER).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const {
    sign = '+',
    hours = '0',
    minutes = '0',
  } = /(?<sign>[+-])(?<hours>\d\d):(?<minutes>\d\d)/.exec(name)?.groups ?? {};
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
}

/** The wall clock written as if it were UTC. */
function wall(zone: string, instant: number): Date {
  const quarter = Math.floor(instant / QUARTER);
  const known = ahead.get(zone) ?? new Map<number, number>();
  ahead.set(zone, known);
  const minutes = known.get(quarter) ?? minutesAhead(zone, quarter);
  known.set(quarter, minutes);
  return new Date(instant + minutes * MINUTE);
}

/** Days since 1970 of a civil day; a Monday has 4 more than a multiple of 7. */
export const numberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY;

/** 0 Monday to 6 Sunday of a day's number. */
export const weekdayOf = (day: number): number => (((day - 4) % 7) + 7) % 7;

/** The number of the civil day, and the hour, that an event lies in where the person belonged. */
export function dayAndHour({ instant, calendar }: RecountEvent): { day: number; hour: number } {
  const shown = wall(calendar.zone, instant);
  return { day: Math.floor(shown.getTime() / DAY), hour: shown.getUTCHours() };
}

/** Each hour of the period's civil days, from the first midnight on: 1 where the person was active in it, else 0. */
export function hoursOfPeriod(events: readonly RecountEvent[], { firstDay, lastDay }: RecountPeriod): number[] {
  const [first, last] = [numberOf(firstDay), numberOf(lastDay)];
  const hours = new Array<number>((last - first + 1) * 24).fill(0);
  for (const event of events) {
    const { day, hour } = dayAndHour(event);
    if (event.active && day >= first && day <= last) hours[(day - first) * 24 + hour] = 1;
  }
  return hours;
}

function isWorked({ zone, daily, closed }: RecountCalendar, instant: number): boolean {
  const shown = wall(zone, instant);
  const minutes = shown.getUTCHours() * 60 + shown.getUTCMinutes();
  const weekday = shown.getUTCDay() || 7;
  if (closed.has(shown.toISOString().slice(0, 10))) return false;
  return daily.some((span) => span.weekday === weekday && span.from <= minutes && minutes < span.to);
}

/** Milliseconds from one instant to another that lie outside working hours, minute by minute. */
export function offHours(calendar: RecountCalendar, from: number, to: number): number {
  let off = 0;
  for (let instant = from; instant < to; ) {
    const next = Math.min(to, (Math.floor(instant / MINUTE) + 1) * MINUTE);
    if (!isWorked(calendar, instant)) off += next - instant;
    instant = next;
  }
  return off;
}

/** Whether any time of a civil day, by its number, is worked. */
const openDays = new WeakMap<RecountCalendar, Map<number, boolean>>();

function isOpen(calendar: RecountCalendar, day: number): boolean {
  const days = openDays.get(calendar) ?? new Map<number, boolean>();
  openDays.set(calendar, days);
  const known = days.get(day);
  if (known !== undefined) return known;
  const isWorkday = calendar.daily.some(({ weekday }) => weekday === weekdayOf(day) + 1);
  const open = isWorkday && !calendar.closed.has(new Date(day * DAY).toISOString().slice(0, 10));
  days.set(day, open);
  return open;
}

/** Milliseconds of working time from one instant to a later one: a quarter of an hour never crosses a change of the clock. */
export function workedBetween(calendar: RecountCalendar, from: number, to: number): number {
  let worked = 0;
  for (let instant = from; instant < to; ) {
    const next = Math.min(to, (Math.floor(instant / QUARTER) + 1) * QUARTER);
    const shown = wall(calendar.zone, instant).getTime();
    const day = Math.floor(shown / DAY);
    if (isOpen(calendar, day)) {
      const begin = shown - day * DAY;
      const end = begin + next - instant;
      for (const span of calendar.daily) {
        if (span.weekday !== weekdayOf(day) + 1) continue;
        worked += Math.max(0, Math.min(end, span.to * MINUTE) - Math.max(begin, span.from * MINUTE));
      }
    }
    instant = next;
  }
  return worked;
}

/** Number of the civil day that an instant lies in. */
export const dayOf = ({ zone }: RecountCalendar, instant: number): number =>
  Math.floor(wall(zone, instant).getTime() / DAY);

/** Working days after the first civil day, up to and with the last; 0 where the last is not after the first. */
export function workingDaysBetween(calendar: RecountCalendar, first: number, last: number): number {
  let days = 0;
  for (let day = first + 1; day <= last; day += 1) if (isOpen(calendar, day)) days += 1;
  return days;
}
