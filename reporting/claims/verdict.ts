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
  const inside = low > (above ?? Number.NEGATIVE_INFINITY) && high < (below ?? Number.POSITIVE_INFINITY);
  if (inside) return 'supports';
  const outside = high <= (above ?? Number.NEGATIVE_INFINITY) || low >= (below ?? Number.POSITIVE_INFINITY);
  return outside ? 'refutes' : 'undecided';
}

/** Of a claim with several criteria: what all that have figures agree on. */
export function together(verdicts: readonly Verdict[]): Verdict {
  const [first, ...others] = new Set(verdicts.filter((verdict) => verdict !== 'noFigures'));
  if (first === undefined) return 'noFigures';
  return others.length === 0 ? first : 'undecided';
}
