/** A process that stores statements and is killed while it reads them into the read model. Arguments: its engine and folder. */
import { appendFileSync } from 'node:fs';
import { did, names, openSiteAt } from '../site.ts';

const PEOPLE = 100;
const EACH = 90;

const [engine = '', folder = ''] = process.argv.slice(2);
const site = await openSiteAt({ engine, folder });
await site.people('DRH', names('ada', PEOPLE));
await site.part.drain();
await site.part.close();
const statements = names('ada', PEOPLE).flatMap((name) =>
  Array.from({ length: EACH }, (_, index) =>
    did(name, new Date(Date.UTC(2021, 9, 2) + index * 3_600_000 * 7).toISOString(), {
      course: `https://c.test/${index % 3}`,
    }),
  ),
);
await site.commit(statements);
// Tells which page of the feed it is at; whoever started it kills it when it has seen enough.
const feed = site.store.statements.feed.bind(site.store.statements);
let page = 0;
site.store.statements.feed = (after, limit) => {
  appendFileSync(1, `page ${page++}\n`);
  return feed(after, limit);
};
await site.reopen();
await site.part.drain();
