/** Headcounts from a file into the store: all of it, or nothing. */
import type { Directory } from '../../lrs/directory/index.ts';
import { put, type Store } from '../../lrs/index.ts';
import { type Problem, readFile } from './read-file.ts';
import { HEADCOUNTS, type Headcount, headcountId, readHeadcounts } from './records.ts';

export interface ImportOptions {
  by: string;
  /** Reads and checks everything, and stores nothing. */
  dryRun: boolean;
}

export interface Imported {
  lines: number;
  new: number;
  changed: number;
  unchanged: number;
  /** Lines with something wrong; then nothing is stored. */
  refused: number;
  stored: boolean;
  problems: Problem[];
}

/** Imports a file in one commit; the same again changes nothing. Rejects `headcounts.file`, `store.unavailable`. */
export async function importHeadcounts(
  { store, directory }: { store: Store; directory: Directory },
  input: AsyncIterable<Uint8Array>,
  { by, dryRun }: ImportOptions,
): Promise<Imported> {
  const tree = await directory.tree();
  const { count, good, problems } = await readFile(input, (name) => tree.direction(name) !== undefined);
  const known = new Map((await readHeadcounts(store)).map((headcount) => [headcountId(headcount), headcount.people]));
  const wanted = new Map(
    good.map(({ direction, day, people }): [string, Headcount] => {
      const headcount = { direction, day, people, by };
      return [headcountId(headcount), headcount];
    }),
  );
  const differing = [...wanted].filter(([id, { people }]) => known.get(id) !== people);
  const added = differing.filter(([id]) => !known.has(id)).length;
  const refused = new Set(problems.map(({ line }) => line)).size;
  const stored = refused === 0 && !dryRun;
  if (stored && differing.length > 0)
    await store.commit({ changes: differing.map(([id, headcount]) => put(HEADCOUNTS, id, headcount)) });
  const changed = differing.length - added;
  // A line that is there twice is known by its second time.
  const unchanged = count - refused - differing.length;
  return { lines: count, new: added, changed, unchanged, refused, stored, problems };
}
