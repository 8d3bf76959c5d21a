/** Civil days of a time zone and the instants they begin at. A day is 'YYYY-MM-DD'; instants are milliseconds since 1970. */

const DAY = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const fields = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    ...fields,
    second: '2-digit',
  });
  formats.set(zone, format);
  return format;
}

/** What a clock on the wall of the zone shows, written as if it were UTC. Throws RangeError when the zone is not an IANA name. */
export function wallClock(instant: number, zone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const offsetAt = (instant: number, zone: string): number =>
  wallClock(instant, zone) - Math.floor(instant / 1000) * 1000;

/** The civil day of an instant. Throws RangeError when the zone is not an IANA name. */
export const dayOf = (instant: number, zone: string): string =>
  new Date(wallClock(instant, zone)).toISOString().slice(0, 10);

/**
 * The first instant of a civil day: midnight, or what follows it where the clocks skip midnight. Throws RangeError when
 * the zone is not an IANA name.
 */
export function startOfDay(day: string, zone: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // The offset in force at midnight is the one of the day before or of the day after: the clocks change once in between.
  const candidates = [midnight - DAY, midnight + DAY].map((around) => midnight - offsetAt(around, zone));
  const first = candidates.sort((a, b) => a - b).find((instant) => dayOf(instant, zone) === day);
  return first ?? midnight;
}

/** Whether it is a civil day, YYYY-MM-DD; 30 February is none. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text;

/** The civil day `count` days later (earlier when negative). */
export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY).toISOString().slice(0, 10);
