import { expect } from 'chai';
import { readHeads } from '../../reporting/privacy/index.ts';
import { ACTS, HEADS, PUBLICATIONS } from '../../reporting/privacy/records.ts';
import { onEachEngine } from '../engines/index.ts';
import { did, names, openSite, type Site } from './site.ts';

const DAY = 86_400_000;

onEachEngine('the publishing job', function (engine) {
  this.timeout(30_000);
  let site: Site;
  beforeEach(async () => {
    site = await openSite(engine, { publishDelay: 7 });
    await site.people('DRH', names('a', 20));
  });
  afterEach(() => site.close());

  const began = (time: string) =>
    names('a', 20).flatMap((name) => [did(name, time), did(name, time.replace('-02T', '-03T'))]);

  /** What the job has published by some instant, of one metric of each family. */
  async function publishedAt(now: number): Promise<string[]> {
    site.clock.now = now;
    for (const job of site.part.jobs) await job.run();
    expect(site.errors).to.deep.equal([]);
    const found = await site.store.collection(PUBLICATIONS).find();
    return found
      .filter(({ value }) => value.state === 'published')
      .map(({ id }) => id)
      .filter((id) => /^(completion|regularity):/.test(id))
      .sort();
  }

  it('waits its days after the end of a period, and after the first of its statements came in', async () => {
    await site.commit(began('2021-11-02T09:00:00Z'));
    await site.part.drain();
    const stored = Date.now();
    expect(await publishedAt(Date.parse('2021-12-01T00:00:00Z'))).to.deep.equal([]);
    // An old history that was imported a moment ago.
    expect(await publishedAt(stored + 6.9 * DAY)).to.deep.equal([]);
    expect(await publishedAt(stored + 7.1 * DAY)).to.include.members(['completion:2021-Q4', 'regularity:2021-Q4']);
  });

  it('waits for the end of a period that is going on', async () => {
    const year = new Date().getUTCFullYear() + 1;
    await site.commit(began(`${year}-02-02T09:00:00Z`));
    await site.part.drain();
    const end = Date.parse(`${year}-04-01T00:00:00+02:00`);
    expect(await publishedAt(end + 6.9 * DAY)).to.deep.equal([]);
    expect(await publishedAt(end + 7.1 * DAY)).to.include.members([`completion:${year}-Q1`, `regularity:${year}-Q1`]);
  });

  it('looks again a day after it found too few', async () => {
    await site.commit([did('a-0000', '2021-11-02T09:00:00Z')]);
    await site.part.drain();
    const due = Date.now() + 7.1 * DAY;
    expect(await publishedAt(due)).to.deep.equal([]);
    await site.commit(began('2021-11-02T09:00:00Z'));
    expect(await publishedAt(due + DAY / 2)).to.deep.equal([]);
    expect(await publishedAt(due + 1.1 * DAY)).to.include.members(['completion:2021-Q4', 'regularity:2021-Q4']);
  });

  it('leaves no trace of a look that finds the same, and looks no more often', async () => {
    await site.commit([did('a-0000', '2021-11-02T09:00:00Z')]);
    await site.part.drain();
    const due = Date.now() + 7.1 * DAY;
    const kept = async () => ({
      heads: await site.store.collection(HEADS).find(),
      records: await site.store.collection(PUBLICATIONS).find(),
      acts: await site.store.collection(ACTS).find(),
    });
    await publishedAt(due);
    const first = await kept();
    expect(first.acts).to.not.be.empty;
    for (const days of [1.1, 2.2, 3.3]) await publishedAt(due + days * DAY);
    expect(await kept()).to.deep.equal(first);
    await site.commit(began('2021-11-02T09:00:00Z'));
    expect(await publishedAt(due + 4 * DAY)).to.deep.equal([]);
    expect(await publishedAt(due + 4.4 * DAY)).to.include.members(['completion:2021-Q4', 'regularity:2021-Q4']);
  });

  it('ends where its turn does, and goes on in the next one', async () => {
    await site.commit(began('2021-11-02T09:00:00Z'));
    await site.part.drain();
    site.clock.now = Date.now() + 7.1 * DAY;
    const ending = new AbortController();
    const { commit } = site.store;
    site.store.commit = async (changes) => {
      const committed = await commit.call(site.store, changes);
      ending.abort();
      return committed;
    };
    const job = site.part.jobs.find(({ name }) => name === 'reports.publish');
    await job?.run({ fence: 1, signal: ending.signal });
    expect(await readHeads(site.store)).to.have.length(1);
    site.store.commit = commit;
    await job?.run({ fence: 2, signal: new AbortController().signal });
    expect((await readHeads(site.store)).length).to.be.greaterThan(10);
    expect(site.errors).to.deep.equal([]);
  });
});
