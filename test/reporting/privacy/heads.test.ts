import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { type CollectionChange, remove } from '../../../lrs/index.ts';
import type { Answer } from '../../../reporting/index.ts';
import { METRICS } from '../../../reporting/metrics/index.ts';
import { completeHeads, putPublication, readHeads } from '../../../reporting/privacy/heads.ts';
import { readStanding } from '../../../reporting/privacy/read.ts';
import { HEADS, PUBLICATIONS } from '../../../reporting/privacy/records.ts';
import { refused } from '../../contract/given.ts';
import { onEachEngine, type Place } from '../../engines/index.ts';
import { COMPLETED, did, names, openSiteAt, type Site } from '../site.ts';

const Q4 = '2021-Q4';

onEachEngine('heads of publications', function (engine) {
  this.timeout(60_000);
  let place: Place;
  let site: Omit<Site, 'close' | 'removePlace'>;
  beforeEach(async () => {
    place = await engine.place();
    site = await openSiteAt(place);
  });
  afterEach(async () => {
    expect(site.errors).to.deep.equal([]);
    await site.leave();
    await place.remove();
  });

  const begin = (who: readonly string[], at: Pick<Site, 'commit'> = site) =>
    at.commit(who.map((name) => did(name, '2021-11-02T09:00:00Z')));
  const complete = (who: readonly string[], time = '2021-11-03T09:00:00Z') =>
    site.commit(who.map((name) => did(name, time, { verb: { id: COMPLETED } })));
  const jobs = async (now: number) => {
    site.clock.now = now;
    for (const job of site.part.jobs) await job.run();
  };
  const answer = (of: Pick<Site, 'run'>, more = {}) =>
    of.run<Answer>('report', { name: 'completion', period: Q4, ...more });
  /** What is kept of the whole ministry by itself says what the atoms say together. */
  const sameWhole = async (more = {}) => {
    const [whole, parts] = [
      await answer(site, { by: 'total', ...more }),
      await answer(site, { by: 'parcours', ...more }),
    ];
    expect(whole.ministry).to.deep.equal(parts.ministry);
    expect(whole.cells).to.have.length(1);
    expect([whole.through, whole.horizons, whole.asOf]).to.deep.equal([parts.through, parts.horizons, parts.asOf]);
    return whole.ministry;
  };
  /** Heads as they stand, each of which says what its record says; with the version by which memories are told. */
  const heads = async () => {
    const [found, records] = await Promise.all([
      site.store.collection(HEADS).find(),
      site.store.collection(PUBLICATIONS).find(),
    ]);
    expect(found.map(({ id, value }) => [id, value])).to.deep.equal(
      records.map(({ id, value: { metric, period, start, state, revision, asOf } }) => {
        return [id, { metric, period, start, state, revision, asOf }];
      }),
    );
    return new Map(found.map(({ id, value, version }) => [id, { ...value, version }]));
  };

  it('say what the records say after each publication, republication, horizon and erasure', async () => {
    site.clock.now = Date.parse('2022-01-10T00:00:00Z');
    await site.people('DRH', names('a', 20));
    await begin(names('a', 3));
    expect((await answer(site)).state).to.equal('tooFew');
    const few = (await heads()).get('completion:2021-Q4');
    expect(few).to.include({ state: 'tooFew', revision: 1 });
    await begin(names('a', 20));
    expect((await answer(site)).state).to.equal('published');
    const first = (await heads()).get('completion:2021-Q4');
    expect(first).to.include({ state: 'published', revision: 2 });
    await complete(names('a', 7));
    expect((await answer(site, { republish: true })).ministry).to.include({ completedModules: 7 });
    expect((await heads()).get('completion:2021-Q4')).to.include({ revision: 3 });
    expect(await sameWhole()).to.include({ completedModules: 7 });
    await jobs(Date.parse('2022-04-10T00:00:00Z'));
    expect((await heads()).get('completion:2021-Q4')).to.include({ revision: 4 });
    expect((await answer(site)).horizons).to.deep.equal([Q4, '2022-Q1']);
    await sameWhole();
    await sameWhole({ through: Q4 });
    await complete(names('a', 15));
    expect((await answer(site, { republish: true, through: Q4 })).ministry).to.include({ completedModules: 15 });
    for (const through of [Q4, '2022-Q1']) expect(await sameWhole({ through })).to.include({ completedModules: 15 });
    await site.store.erase({ id: 'gone', agents: ['account:https://agents.test|a-0000'], mode: 'erase' });
    const before = await answer(site);
    await jobs(Date.parse('2022-04-11T00:00:00Z'));
    await heads();
    expect((await answer(site)).ministry).to.deep.equal(before.ministry);
  });

  it('change in one commit with their record, or neither does', async () => {
    await site.people('DRH', names('a', 20));
    await begin(names('a', 20));
    await answer(site);
    const before = await heads();
    const found = await site.store.collection(PUBLICATIONS).get('completion:2021-Q4');
    if (!found) throw new Error('nothing is published');
    const changes = (version: number): CollectionChange[] => putPublication({ ...found.value, revision: 9 }, version);
    await refused(site.store.commit({ changes: changes(found.version - 1) }), 'collection.conflict');
    expect(await heads()).to.deep.equal(before);
    await site.store.commit({ changes: changes(found.version) });
    expect((await heads()).get('completion:2021-Q4')).to.include({ revision: 9 });
  });

  it('are made of what a program published that knew of none', async () => {
    await site.people('DRH', names('a', 20));
    await begin(names('a', 20));
    const published = await answer(site);
    const known = await readHeads(site.store);
    await site.store.commit({ changes: known.map(({ metric, period }) => remove(HEADS, `${metric}:${period}`)) });
    expect(await readHeads(site.store)).to.deep.equal([]);
    await site.reopen();
    expect(await readHeads(site.store)).to.deep.equal(known);
    await heads();
    expect((await answer(site)).ministry).to.deep.equal(published.ministry);
    expect(await completeHeads(site.store)).to.equal(0);
  });

  it('list every metric’s periods at once, and one metric’s alone', async () => {
    await site.people('DRH', names('a', 20));
    await begin(names('a', 20));
    await site.commit(
      names('a', 20).map((name) => did(`${name}`, '2022-02-02T09:00:00Z', { course: 'https://c.test/x' })),
    );
    for (const period of [Q4, '2022-Q1']) await site.report('completion', period);
    await site.report('sessions', '2022-Q1');
    const all = await readHeads(site.store);
    expect(all.map(({ metric, period }) => [metric, period]).slice(-1)).to.deep.equal([['completion', Q4]]);
    for (const { name } of METRICS) {
      expect(await readHeads(site.store, name)).to.deep.equal(all.filter(({ metric }) => metric === name));
    }
  });

  describe(engine.shared ? 'with two processes on one store' : 'with one process', () => {
    // A store of one process is published to by the one that reads it.
    let other: typeof site;
    beforeEach(async () => {
      await site.people('DRH', names('a', 40));
      await begin(names('a', 20));
      await answer(site);
      other = site;
      if (!engine.shared) return;
      const folder = join(place.folder, 'other');
      await mkdir(folder);
      other = await openSiteAt(place, {}, folder);
    });
    afterEach(async () => {
      if (other !== site) await other.leave();
    });

    it('what was published again is given at once', async () => {
      expect((await answer(site)).ministry).to.include({ enrolments: 20 });
      await begin(names('a', 30), other);
      expect((await answer(other, { republish: true })).ministry).to.include({ enrolments: 30 });
      expect((await answer(site)).ministry).to.include({ enrolments: 30 });
    });

    it('what one has stored is in what the other publishes at once', async () => {
      for (const count of [25, 30, 35, 40]) {
        await begin(names('a', count));
        expect((await answer(other, { republish: true })).ministry).to.include({ enrolments: count });
      }
    });

    it('no answer is made of the record of one revision and the atoms of another', async () => {
      const name = { metric: 'completion', period: Q4 };
      let publishing = true;
      const seen = new Map<number, number>();
      const reader = (async () => {
        while (publishing) {
          const { record, publication } = (await readStanding(site.store, name)) ?? {};
          const [sums] = publication?.atoms.map((atom) => atom.sums) ?? [];
          const { revision = 0 } = record ?? {};
          expect(seen.get(revision) ?? sums?.units).to.equal(sums?.units);
          seen.set(revision, sums?.units ?? 0);
        }
      })();
      for (const count of [25, 30, 35, 40]) {
        // By the process that publishes, whose read model has it then.
        await begin(names('a', count), other);
        expect((await answer(other, { republish: true })).ministry).to.include({ enrolments: count });
      }
      publishing = false;
      await reader;
      for (const [revision, units] of seen) expect(units).to.equal(15 + 5 * revision);
      expect((await answer(site)).ministry).to.include({ enrolments: 40 });
    });
  });
});
