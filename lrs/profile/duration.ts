/** Lengths of time in statements: ISO 8601 durations by components (Data 4.6; IEEE 9274.1.1 §4.4.3.2). */

// Groups: weeks, years, months, days, hours, minutes, seconds.
const DURATION =
  /^P(?:([\d.,]+)W|(?:([\d.,]+)Y)?(?:([\d.,]+)M)?(?:([\d.,]+)D)?(?:T(?:([\d.,]+)H)?(?:([\d.,]+)M)?(?:([\d.,]+)S)?)?)$/;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const numberOf = (digits: string | undefined): number => (digits === undefined ? 0 : Number(digits.replace(',', '.')));

/**
 * Milliseconds of a duration, rounded. Undefined where it is none, and where it has years or months, which have no fixed
 * length: a guess would be worse than no figure.
 */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (match === null || text === 'P') return undefined;
  if (numberOf(match[2]) !== 0 || numberOf(match[3]) !== 0) return undefined;
  const length =
    numberOf(match[1]) * 7 * DAY +
    numberOf(match[4]) * DAY +
    numberOf(match[5]) * HOUR +
    numberOf(match[6]) * MINUTE +
    numberOf(match[7]) * SECOND;
  return Number.isNaN(length) ? undefined : Math.round(length);
}

/** The duration of so many milliseconds, to the hundredth of a second that xAPI compares by: PT1H30M. */
export function formatDuration(milliseconds: number): string {
  const hundredths = Math.round(milliseconds / 10);
  const hours = Math.floor(hundredths / 360_000);
  const minutes = Math.floor((hundredths % 360_000) / 6000);
  const seconds = (hundredths % 6000) / 100;
  const parts = `${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${seconds > 0 ? `${seconds}S` : ''}`;
  return parts === '' ? 'PT0S' : `PT${parts}`;
}
