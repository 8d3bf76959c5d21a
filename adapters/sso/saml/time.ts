/** Times in messages, and whether they fit ours. */
import { refused } from './refused.ts';

// xs:dateTime with a time zone: without one it could be any hour of the day.
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/** ms since 1970; undefined for no attribute. Throws `sso.refused`. */
export function timeOf(value: string | undefined, name: string): number | undefined {
  if (value === undefined) return undefined;
  const time = DATE_TIME.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw refused(`${name} is not a time.`);
  return time;
}

/** When something is valid, in the clock of the sender. */
export interface Window {
  /** ms since 1970 */
  now: number;
  /** ms by which the clocks may differ. */
  skew: number;
}

/** Throws `sso.refused` for what is not valid yet, or is over. */
export function requireWithin({ now, skew }: Window, notBefore: number | undefined, notOnOrAfter: number): void {
  if (notBefore !== undefined && now + skew < notBefore) throw refused('It is not valid yet.');
  if (now - skew >= notOnOrAfter) throw refused('It has expired.');
}

/** ms for which a message is taken after it was made. */
const LONGEST_AGE = 60 * 60_000;

/** Throws `sso.refused` for what was made in the future, or long ago. Gives when it will have been too long. */
export function requireFresh({ now, skew }: Window, issueInstant: string | undefined): number {
  const made = timeOf(issueInstant, 'IssueInstant');
  if (made === undefined) throw refused('It has no IssueInstant.');
  if (made > now + skew) throw refused('It was made in the future.');
  if (made + LONGEST_AGE <= now - skew) throw refused('It was made too long ago.');
  return made + LONGEST_AGE + skew;
}

/** ms longer than it could be taken for which a message is known again: our own processes' clocks differ as well. */
export const KNOWN_LONGER = 5 * 60_000;
