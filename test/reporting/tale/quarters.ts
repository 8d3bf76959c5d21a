/** The quarters that the tale is of. */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The current one included: two are over. */
const QUARTERS = 3;

/** First millisecond (UTC) of the quarter that lies `back` before the one of `now`. */
function quarterStart(now: number, back: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) * 3 - back * 3, 1);
}

/** First milliseconds of the quarters told of, the current one first. */
export const quarterStarts = (now: number): number[] =>
  Array.from({ length: QUARTERS }, (_, back) => quarterStart(now, back));

/** Counts quarters since the year 0. */
export function quarterNumber(start: number): number {
  const date = new Date(start);
  return date.getUTCFullYear() * 4 + Math.floor(date.getUTCMonth() / 3);
}
