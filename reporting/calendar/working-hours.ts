/** Working hours of a week, as a setting writes them: `Mon-Thu 08:30-12:00,Mon-Thu 13:30-18:00,Fri 08:30-17:00`. */

/** Civil time of one weekday that is worked. */
export interface DailyHours {
  /** 1 Monday to 7 Sunday, as ISO 8601 and DuckDB's isodow count. */
  weekday: number;
  /** Minutes after midnight; `to` is the first that is not worked, 1440 at most. */
  from: number;
  to: number;
}

export interface WorkingHours {
  /** As given, without spaces that mean nothing. */
  text: string;
  /** In the order of the week; they do not overlap. */
  daily: readonly DailyHours[];
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const PART = /^(?<first>[A-Z][a-z]{2})(-(?<last>[A-Z][a-z]{2}))? (?<from>\d\d:\d\d)-(?<to>\d\d:\d\d)$/;

/** Minutes after midnight; NaN for what no clock shows. 24:00 ends a day. */
function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  const total = hours * 60 + minutes;
  return minutes < 60 && total <= 1440 ? total : Number.NaN;
}

function readPart(part: string): DailyHours[] | undefined {
  const { first = '', last = first, from: begin = '', to: end = '' } = PART.exec(part)?.groups ?? {};
  const [monday, sunday] = [WEEKDAYS.indexOf(first) + 1, WEEKDAYS.indexOf(last) + 1];
  const [from, to] = [minutesOf(begin), minutesOf(end)];
  if (monday < 1 || sunday < monday || !(from < to)) return undefined;
  return Array.from({ length: sunday - monday + 1 }, (_, index) => ({ weekday: monday + index, from, to }));
}

/** Reads the setting; undefined when it is not such a list, or two of its spans overlap. */
export function parseWorkingHours(text: string): WorkingHours | undefined {
  const parts = text.split(',').map((part) => part.trim().replace(/\s+/g, ' '));
  const read = parts.map(readPart);
  const daily = read.flatMap((part) => part ?? []);
  if (read.includes(undefined)) return undefined;
  daily.sort((a, b) => a.weekday - b.weekday || a.from - b.from);
  const overlap = daily.some((span, i) => {
    const before = daily[i - 1];
    return before !== undefined && before.weekday === span.weekday && before.to > span.from;
  });
  return overlap ? undefined : Object.freeze({ text: parts.join(','), daily: Object.freeze(daily) });
}
