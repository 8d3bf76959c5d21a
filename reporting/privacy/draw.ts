/**
 * Counts of behaviour are rounded at the atom to a multiple of 3, up or down by chance so that they are right on average
 * (rule 6): 10 gives 9 two times out of three, else 12.
 */
import { createHmac } from 'node:crypto';

export const ROUNDING = 3;

/** What stands for a count of people. `who` are the people counted. */
export type Draw = (who: readonly string[]) => number;

/** Families whose counts are exact. */
export const exact: Draw = (who) => who.length;

/** The count that `chance` (0 ≤ chance < 1) picks. */
export function roundedBy(count: number, chance: number): number {
  const rest = count % ROUNDING;
  return count - rest + (chance < rest / ROUNDING ? ROUNDING : 0);
}

const CHANCES = 2 ** 48;

/**
 * The chance comes from a secret and from who is counted: the same people give the same figure wherever they are counted,
 * in another metric or once more, so that nobody gets at the true one by the mean of several draws.
 */
export const rounding =
  (secret: string): Draw =>
  (who) => {
    const hash = createHmac('sha256', secret).update(who.toSorted().join()).digest();
    return roundedBy(who.length, hash.readUIntBE(0, 6) / CHANCES);
  };
