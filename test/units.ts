/** Cuts the files of the tests into units of work, each for one process of mocha. */

/**
 * Files that take longest, longest first: each is a unit, and these are begun first, so that none of them is left to run
 * alone at the end. The run's last lines say which files took longest; an order that is somewhat wrong costs little.
 */
export const LONG: readonly string[] = [
  'test/cli/backup.test.ts',
  'test/e2e/pages.test.ts',
  'test/faults/cut-off.test.ts',
  'test/faults/two-servers.test.ts',
  'test/cli/commands.test.ts',
  'test/e2e/demo.test.ts',
  'test/cli/restore-killed.test.ts',
  'test/cli/serve.test.ts',
  'test/e2e/roles.test.ts',
];

/** Bytes of tests in a unit: starting a process costs two seconds or three, which many small units would pay often. */
const SIZE = 50_000;

/** A file of tests, by its path from the root, with its length in bytes. */
export interface TestFile {
  path: string;
  size: number;
}

/**
 * Units of work in the order to begin them: the files of LONG, then all others in the order of their paths, so many to a
 * unit that it has about SIZE bytes. Their source is all that is known of them: it keeps the units of a size without
 * anybody measuring. Throws where a file of `long` is not there.
 */
export function unitsOf(files: readonly TestFile[], long: readonly string[] = LONG): string[][] {
  const paths = new Set(files.map(({ path }) => path));
  const gone = long.filter((path) => !paths.has(path));
  if (gone.length > 0) throw new Error(`test/units.ts names tests that are not there: ${gone.join(', ')}`);
  const units: string[][] = [];
  let unit: string[] = [];
  let filled = 0;
  for (const { path, size } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    if (long.includes(path)) continue;
    if (unit.length > 0 && filled + size > SIZE) {
      units.push(unit);
      unit = [];
      filled = 0;
    }
    unit.push(path);
    filled += size;
  }
  if (unit.length > 0) units.push(unit);
  return [...long.map((path) => [path]), ...units];
}
