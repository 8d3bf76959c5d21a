/** Days of the site's time zone as instants. */

/** ms by which local time is ahead of UTC at an instant. */
function offsetAt(instant: number, format: Intl.DateTimeFormat): number {
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

const HOURS_24 = 24 * 60 * 60 * 1000;

/** Reads days in one IANA time zone. Throws RangeError where there is no such zone. */
export function createLocalDays(timeZone: string): { startOf(year: number, month: number, day: number): number } {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return {
    /**
     * The first instant (ms since 1970) of a local day, 00:00 or later where the clocks skip midnight. The day may be 32
     * or more: Date.UTC's calendar goes on into the next month.
     */
    startOf(year, month, day) {
      const asUtc = Date.UTC(year, month - 1, day);
      // The offsets of a day before and after are the two there can be around midnight.
      const candidates = [asUtc - HOURS_24, asUtc + HOURS_24].map((near) => asUtc - offsetAt(near, format));
      const inThatDay = candidates.filter((instant) => instant + offsetAt(instant, format) >= asUtc);
      return Math.min(...inThatDay);
    },
  };
}
