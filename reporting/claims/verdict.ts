/** What a figure says of a claim, by a criterion that was written down before anybody looked. Pure. */
import type { Estimate } from './estimate.ts';

/** undecided: the interval reaches to both sides. noFigures: there is none to judge by. */
export type Verdict = 'supports' | 'refutes' | 'undecided' | 'noFigures';

/** The claim holds above the one, below the other; between both where there are two. */
export interface Test {
  above?: number;
  below?: number;
}

/** The whole interval must lie on one side. */
export function verdictOf({ low, high }: Estimate, { above, below }: Test): Verdict {
  // Nothing varies, and the threshold is met exactly.
  if (low === high && (low === above || low === below)) return 'undecided';
  const inside = low > (above ?? Number.NEGATIVE_INFINITY) && high < (below ?? Number.POSITIVE_INFINITY);
  if (inside) return 'supports';
  const outside = high <= (above ?? Number.NEGATIVE_INFINITY) || low >= (below ?? Number.POSITIVE_INFINITY);
  return outside ? 'refutes' : 'undecided';
}

/** Some of what is counted. */
export interface Tally {
  /** null where nothing is published. */
  value: number | null;
  /** Names of the first period that is counted, and of the first one with figures on this site. */
  from: string;
  firstData: string | undefined;
  /** Periods that are not published. */
  missing: readonly string[];
}

/** Of people counted over periods. What was not recorded may have been many: fewer refutes only where all can have been counted. */
export function verdictOfTally({ value, from, firstData, missing }: Tally, above: number): Verdict {
  if (value === null) return 'noFigures';
  if (value > above) return 'supports';
  // In the period of the first data the site may have begun late.
  const isWhole = missing.length === 0 && firstData !== undefined && firstData < from;
  return isWhole ? 'refutes' : 'undecided';
}

/** Of a claim with several criteria: what all that have figures agree on. Only all of them together support it. */
export function together(verdicts: readonly Verdict[]): Verdict {
  const found = new Set(verdicts);
  const isWhole = !found.delete('noFigures');
  const [first, ...others] = found;
  if (first === undefined) return 'noFigures';
  return others.length > 0 || (first === 'supports' && !isWhole) ? 'undecided' : first;
}
