/** Fills a store with the bench's statements, many at a time. */
import { openStore } from '../../lrs/index.ts';
import { peopleOf } from './bodies.ts';
import { givenOptions, prepare } from './prepared.ts';

const COMMIT = 500;
const AT_ONCE = 4;

const { engine, folder, count } = givenOptions<{ engine: string; folder: string; count: number }>();

const store = await openStore({ engine, folder });
for (let done = 0; done < count; done += COMMIT * AT_ONCE) {
  const commits = Array.from({ length: AT_ONCE }, (_, n) => Math.min(COMMIT, count - done - n * COMMIT));
  await Promise.all(
    commits.map((size, n) =>
      size > 0 ? store.commit({ statements: prepare(size, 1_000_000 + done + n, peopleOf(count)) }) : undefined,
    ),
  );
}
await store.close();
