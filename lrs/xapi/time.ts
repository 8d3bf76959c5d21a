/** Timestamps: ISO 8601 in 1.0.3 (Data 4.5), RFC 3339 in 2.0 (§4.2.7). */
import { withoutTrailingZeros } from './scalars.ts';
import type { XapiVersion } from './types.ts';

// Groups: year, month, day, hour, minute, second, fraction, offset.
const EXTENDED = /^(\d{4})-(\d\d)-(\d\d)T(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?(Z|[+-]\d\d(?::?\d\d)?)?$/;
const BASIC = /^(\d{4})(\d\d)(\d\d)T(\d\d)(?:(\d\d)(?:(\d\d)(?:[.,](\d+))?)?)?(Z|[+-]\d\d(?:\d\d)?)?$/;
const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)$/;

/** Seconds of the first and the last instant that RFC 3339 can name in UTC: its years have four digits. */
const FIRST_SECOND = Date.parse('0000-01-01T00:00:00Z') / 1000;
const LAST_SECOND = Date.parse('9999-12-31T23:59:59Z') / 1000;

interface Instant {
  /** since 1970, UTC */
  seconds: number;
  /** digits of the fraction of a second, as written */
  fraction: string;
}

/** The instant a timestamp names, to every digit it has; without an offset it is taken as UTC. Undefined where it is no timestamp. */
function readInstant(text: string, version: XapiVersion): Instant | undefined {
  const match = version === '2.0.0' ? RFC3339.exec(text) : (EXTENDED.exec(text) ?? BASIC.exec(text));
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((digits) => Number(digits ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const fraction = match[7] ?? '';
  const offset = readOffset(match[8]);
  if (offset === undefined || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  // ISO 8601 knows 24:00:00 as the end of a day; second 60 is a leap second.
  const midnight = version === '1.0.3' && hour === 24 && minute === 0 && second === 0 && !/[1-9]/.test(fraction);
  if ((hour > 23 && !midnight) || minute > 59 || second > 60) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const seconds = date.getTime() / 1000 + hour * 3600 + (minute - offset) * 60 + second;
  if (version === '2.0.0' && (seconds < FIRST_SECOND || seconds > LAST_SECOND)) return undefined;
  return { seconds, fraction };
}

/** Minutes east of Greenwich. −00:00 says that the offset is unknown: such an instant is none, and refused (XAPI-00123). */
function readOffset(text: string | undefined): number | undefined {
  if (text === undefined || text === 'Z' || text === 'z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(3).replace(':', ''));
  if (hours > 23 || minutes > 59) return undefined;
  const size = hours * 60 + minutes;
  if (text[0] === '+') return size;
  return size === 0 ? undefined : -size;
}

const daysIn = (year: number, month: number): number => {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
};

/** Whether the text is a timestamp in this version of the standard. Any time is accepted, the future too. */
export const isTimestamp = (text: string, version: XapiVersion): boolean => readInstant(text, version) !== undefined;

/** Milliseconds since 1970 of a timestamp, finer digits cut; undefined where it is none. */
export function parseTimestamp(text: string, version: XapiVersion): number | undefined {
  const instant = readInstant(text, version);
  if (instant === undefined) return undefined;
  return instant.seconds * 1000 + Number(instant.fraction.slice(0, 3).padEnd(3, '0'));
}

/** The same instant in UTC, every digit of its fraction kept. The text must be a timestamp. */
export function toUtc(text: string, version: XapiVersion): string {
  if (text.endsWith('Z') && RFC3339.test(text)) return text;
  const instant = readInstant(text, version);
  if (instant === undefined) throw new TypeError('not a timestamp');
  const whole = new Date(instant.seconds * 1000).toISOString().replace(/\.000Z$/, '');
  return `${whole}${instant.fraction === '' ? '' : `.${instant.fraction}`}Z`;
}

/** One text for each instant, whatever its offset and number of digits: equal texts are equal instants. */
export function comparableInstant(text: string): string {
  const instant = readInstant(text, '1.0.3') ?? readInstant(text, '2.0.0');
  return instant === undefined ? text : `${instant.seconds}.${withoutTrailingZeros(instant.fraction)}`;
}
