/** A process that stores statements and is killed while it reads them into the read model. Arguments: its engine and folder. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Projection } from '../../../reporting/projection/projection.ts';
import { did, names, openSiteAt, RULES } from '../site.ts';

const PEOPLE = 100;
const EACH = 90;

const [engine = '', folder = ''] = process.argv.slice(2);
const site = await openSiteAt({ engine, folder });
await site.people('DRH', names('ada', PEOPLE));
const statements = names('ada', PEOPLE).flatMap((name) =>
  Array.from({ length: EACH }, (_, index) =>
    did(name, new Date(Date.UTC(2021, 9, 2) + index * 3_600_000 * 7).toISOString(), {
      course: `https://c.test/${index % 3}`,
    }),
  ),
);
await site.part.close();
await site.commit(statements);
const { store, directory } = site;
// Tells which page of the feed it is at, and how many people are in the tables; whoever started it kills it when it has seen enough.
const feed = store.statements.feed.bind(store.statements);
let page = 0;
store.statements.feed = (after, limit) => {
  appendFileSync(1, `page ${page++}\n`);
  return feed(after, limit);
};
const projection = await Projection.open({
  ...{ store, directory, rules: RULES, file: join(folder, 'reports.duckdb'), memory: 2 ** 26 },
  sizes: { batch: 1000, portion: 3 * EACH, between: 30_000 },
  onError(error) {
    throw error;
  },
});
const done = projection.drain().then(() => true);
while (!(await Promise.race([done, wait(5).then(() => false)]))) {
  const [row] = await projection.snapshot(({ query }) =>
    query('SELECT count(DISTINCT person)::INTEGER AS people FROM sessions'),
  );
  appendFileSync(1, `people ${row?.people}\n`);
}
