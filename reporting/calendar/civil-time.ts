/** What a clock on the wall shows, and the instants at which it shows it. Days are YYYY-MM-DD, instants milliseconds since 1970. */
import { wallClock } from '../../lrs/directory/index.ts';

export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** The day, and its hour from 0 to 23, that an instant lies in. Throws RangeError when the zone is not an IANA name. */
export function localOf(zone: string, instant: number): { day: string; hour: number } {
  const wall = new Date(wallClock(instant, zone));
  return { day: wall.toISOString().slice(0, 10), hour: wall.getUTCHours() };
}

/** 1 Monday to 7 Sunday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

export interface Span {
  from: number;
  /** First instant after it. */
  to: number;
}

/** What the clock is ahead of UTC, in milliseconds, while it does not change. */
interface Offset extends Span {
  ahead: number;
}

const aheadAt = (zone: string, instant: number): number => wallClock(instant, zone) - Math.floor(instant / 1000) * 1000;

/** The first instant after `from`, up to `to`, that has another offset than `from`; a second is as fine as they change. */
function changeBetween(zone: string, from: number, to: number): number {
  const ahead = aheadAt(zone, from);
  let [same, other] = [from, to];
  while (other - same > 1000) {
    const middle = Math.floor((same + other) / 2000) * 1000;
    if (aheadAt(zone, middle) === ahead) same = middle;
    else other = middle;
  }
  return other;
}

const known = new Map<string, readonly Offset[]>();

/** The offsets of the zone from one instant to another, both at midnight UTC. No zone has changed twice within a day. */
function offsetsBetween(zone: string, from: number, to: number): readonly Offset[] {
  const key = `${zone} ${from} ${to}`;
  const before = known.get(key);
  if (before) return before;
  const offsets: Offset[] = [];
  let begin = from;
  for (let day = from; day < to; day += DAY) {
    if (aheadAt(zone, day) === aheadAt(zone, day + DAY)) continue;
    const change = changeBetween(zone, day, day + DAY);
    offsets.push({ from: begin, to: change, ahead: aheadAt(zone, begin) });
    begin = change;
  }
  offsets.push({ from: begin, to, ahead: aheadAt(zone, begin) });
  known.set(key, offsets);
  return offsets;
}

const yearStart = (year: number): number => Date.UTC(year, 0, 1);

/**
 * The instants at which the clock shows from `from` to `to` minutes of that day: none where it skips them, two spans where
 * it shows them twice with something else between.
 */
export function spansOf(zone: string, day: string, from: number, to: number): Span[] {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const year = Number(day.slice(0, 4));
  // Whole years, so that the offsets are looked for once; two days more, because a day may begin and end in other years.
  const offsets = offsetsBetween(zone, yearStart(year) - 2 * DAY, yearStart(year + 1) + 2 * DAY);
  const spans: Span[] = [];
  for (const offset of offsets) {
    const begin = Math.max(offset.from, midnight + from * MINUTE - offset.ahead);
    const end = Math.min(offset.to, midnight + to * MINUTE - offset.ahead);
    if (begin >= end) continue;
    const last = spans.at(-1);
    if (last?.to === begin) last.to = end;
    else spans.push({ from: begin, to: end });
  }
  return spans;
}
