/** Following the store: at rest, and when there is much to catch up with. */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import type { Progress } from '../../../reporting/projection/progress.ts';
import { Projection, type Snapshot } from '../../../reporting/projection/projection.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { did, names, openSite, RULES, type Site } from '../site.ts';

const COUNT = 1000;
const BATCH = 100;

const count = ({ query }: Snapshot) =>
  query(
    `SELECT (SELECT count(*) FROM events)::INTEGER AS events, (SELECT sum(events) FROM sessions)::INTEGER AS worked`,
  );

describe('the read model, following the store', function () {
  this.timeout(60_000);
  let site: Site;
  let projection: Projection;
  const errors: unknown[] = [];
  const told: unknown[] = [];
  before(async () => {
    site = await openSite(sqlite);
    await site.people('DRH', names('ada', 10));
    await site.commit(names('ada', COUNT).map((_, n) => did(`ada-000${n % 10}`, `2021-11-02T09:${10 + (n % 50)}:00Z`)));
    projection = await Projection.open({
      ...{ store: site.store, directory: site.directory, file: join(site.folder, 'followed.duckdb'), rules: RULES },
      ...{ memory: 2 ** 26, sizes: { batch: BATCH, portion: 250, between: 30_000 } },
      onError: (error) => void errors.push(error),
      tell: (what, details) => void told.push({ what, ...details }),
    });
    await projection.drain();
  });
  after(async () => {
    await projection.close();
    await site.close();
    expect(errors).to.deep.equal([]);
  });

  it('says how far it is while it catches up, and answers meanwhile', async () => {
    expect(told).to.deep.equal([{ what: 'the reports are catching up with the store', taken: 0, total: COUNT }]);
    const heard: Progress[] = [];
    const answers: Promise<unknown>[] = [];
    let rebuilt = false;
    await projection.rebuild((progress) => {
      heard.push(progress);
      expect(projection.progress).to.deep.equal(progress);
      answers.push(projection.snapshot(count).then(() => rebuilt));
    });
    rebuilt = true;
    expect(heard.map(({ taken }) => taken)).to.deep.equal(Array.from({ length: COUNT / BATCH }, (_, n) => n * BATCH));
    expect(new Set(heard.map(({ total }) => total))).to.deep.equal(new Set([COUNT]));
    expect((await Promise.all(answers)).at(0)).to.equal(false);
    expect(projection.progress).to.equal(undefined);
    expect(await projection.snapshot(count)).to.deep.equal([{ events: COUNT, worked: COUNT }]);
  });

  it('has what is stored in the tables of people before long, by itself', async () => {
    await site.commit([did('ada-0000', '2021-11-03T09:00:00Z')]);
    for (;;) {
      const [found] = await projection.snapshot(count);
      if (found?.worked === COUNT + 1) break;
      await wait(20);
    }
    // Everything stored at or before it: the last commit too.
    await projection.drain();
    expect(projection.freshness).to.be.greaterThan(Date.now() - 60_000);
  });
});
