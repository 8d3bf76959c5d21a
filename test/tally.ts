/** What one process of mocha counted. */
export interface Tally {
  passed: number;
  failed: number;
  /** Titles of what was skipped. */
  skipped: readonly string[];
}

/**
 * The last lines of a run: loudly what was skipped, and the one line that CI looks for. A process without a tally did not
 * come to its end; that counts as a failure.
 */
export function closingLines(tallies: readonly (Tally | undefined)[]): string[] {
  const whole = tallies.filter((tally) => tally !== undefined);
  const broken = tallies.length - whole.length;
  const sum = (count: (tally: Tally) => number): number => whole.reduce((total, tally) => total + count(tally), 0);
  // Both say what is missing on this machine.
  const skipped = [...new Set(whole.flatMap((tally) => tally.skipped))];
  return [
    ...skipped.map((title) => `SKIPPED: ${title}`),
    ...(skipped.length > 0 ? [`${skipped.length} SKIPPED: this run does not cover everything.`] : []),
    ...(broken > 0 ? ['BROKEN OFF: a process of the tests did not come to its end.'] : []),
    `${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed) + broken} failed`,
  ];
}
