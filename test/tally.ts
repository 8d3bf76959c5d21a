/** What one process of mocha counted. */
export interface Tally {
  passed: number;
  /** What failed, a title and the error each. */
  failed: readonly string[];
  /** Titles of what was skipped. */
  skipped: readonly string[];
  /** How long each file took, in seconds. */
  seconds: Readonly<Record<string, number>>;
}

/** How many of the files that took longest the last lines name. */
const LONGEST = 20;

/**
 * The last lines of a run: which files took longest, once more what failed, loudly what was skipped, and the one line that
 * CI looks for. A process without a tally did not come to its end; that counts as a failure.
 */
export function closingLines(tallies: readonly (Tally | undefined)[]): string[] {
  const whole = tallies.filter((tally) => tally !== undefined);
  const broken = tallies.length - whole.length;
  const failed = whole.flatMap((tally) => tally.failed);
  // Each says what is missing on this machine.
  const skipped = [...new Set(whole.flatMap((tally) => tally.skipped))];
  const passed = whole.reduce((total, tally) => total + tally.passed, 0);
  return [
    ...longest(whole),
    ...failed.map((text) => `FAILED: ${text}\n`),
    ...skipped.map((title) => `SKIPPED: ${title}`),
    ...(skipped.length > 0 ? [`${skipped.length} SKIPPED: this run does not cover everything.`] : []),
    ...(broken > 0 ? ['BROKEN OFF: a process of the tests did not come to its end.'] : []),
    `${passed} passed, ${failed.length + broken} failed`,
  ];
}

function longest(tallies: readonly Tally[]): string[] {
  const files = tallies.flatMap(({ seconds }) => Object.entries(seconds)).toSorted(([, a], [, b]) => b - a);
  return files.slice(0, LONGEST).map(([file, seconds]) => `${seconds.toFixed(1).padStart(6)} s  ${file}`);
}
