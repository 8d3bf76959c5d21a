/** Targets: what is reached by their day, whatever came later and whatever the reader looks at. */
import { expect } from 'chai';
import type { Cumulative } from '../../reporting/cumulative/index.ts';
import { sqlite } from '../engines/sqlite.ts';
import { COMPLETED, COURSE_TYPE, did, names, openSite, openSiteAt } from './site.ts';

const COURSE = 'https://courses.test/word';
const STARTS = ['2021-08-03', '2021-11-03', '2022-02-03'];

describe('targets', function () {
  this.timeout(60_000);
  let place: Awaited<ReturnType<typeof sqlite.place>>;
  let site: Awaited<ReturnType<typeof openSiteAt>>;

  before(async () => {
    place = await sqlite.place();
    site = await openSiteAt(place);
    for (const [index, day] of STARTS.entries()) {
      const own = names(`q${index}`, 20);
      await site.people('DRH', own);
      await site.commit(own.map((name) => did(name, `${day}T09:00:00Z`)));
    }
    // Those of the first cohort complete two periods later.
    const completed = {
      verb: { id: COMPLETED },
      object: { id: COURSE, definition: { type: COURSE_TYPE } },
    };
    await site.commit(names('q0', 20).map((name) => did(name, '2022-03-01T09:00:00Z', completed)));
    await site.part.drain();
    site.clock.now = Date.now() + 8 * 86_400_000;
    for (const job of site.part.jobs) await job.run();
    expect(site.errors).to.deep.equal([]);
    for (const [figure, people, by] of [
      ['newGraduates', 20, '2021-12-31'],
      ['newGraduates', 20, '2022-03-31'],
      ['newPeople', 60, '2022-03-31'],
      ['newPeople', 70, '2022-05-01'],
      ['newPeople', 80, '2022-12-31'],
      ['newPeople', 90, '2099-12-31'],
    ] as const) {
      await site.run('targets.set', { figure, people, by });
    }
  });
  after(async () => {
    await site.leave();
    await place.remove();
  });

  it('are reached by what happened up to their day, over all that is published', async () => {
    for (const asked of [{}, { from: '2022-Q1', to: '2022-Q1' }]) {
      const { targets, sums } = await site.run<Cumulative>('report', { name: 'cumulative', ...asked });
      const told = targets.map(({ by, figure, reached, since, over }) => [by, figure, reached, since, over]);
      expect(told).to.have.deep.members([
        ['2021-12-31', 'newGraduates', 0, null, true],
        ['2022-03-31', 'newGraduates', 20, '2021-Q3', true],
        ['2022-03-31', 'newPeople', 60, '2022-Q1', true],
        // Nothing is published of the rest of the year: they may have been reached.
        ['2022-05-01', 'newPeople', 60, null, null],
        ['2022-12-31', 'newPeople', 60, null, null],
        ['2099-12-31', 'newPeople', 60, null, false],
      ]);
      expect(sums.newPeople).to.equal('from' in asked ? 20 : 60);
    }
  });

  it('and sums are told by a site that has periods of another length by now', async () => {
    await site.leave();
    site = await openSiteAt(place, { period: 'month' });
    const { periods, targets } = await site.run<Cumulative>('report', { name: 'cumulative' });
    expect(periods.map(({ period }) => period)).to.deep.equal(['2026-10']);
    expect(targets.map(({ over }) => over)).to.deep.equal([null, null, null, null, null, false]);
  });
});

describe('people added up', () => {
  it('go back to the oldest period that is published, however long ago; periods that are named are not that many', async () => {
    const site = await openSite(sqlite, { period: 'month' });
    try {
      const own = [names('old', 8), names('new', 8)] as const;
      for (const [index, day] of ['2010-11-03', '2021-12-03'].entries()) {
        await site.people('DRH', own[index] ?? []);
        await site.commit((own[index] ?? []).map((name) => did(name, `${day}T09:00:00Z`)));
      }
      await site.part.drain();
      for (const period of ['2010-11', '2021-12']) await site.report('completion', period);
      const { from, periods, sums } = await site.run<Cumulative>('report', { name: 'cumulative', to: '2021-12' });
      expect([from, periods.length, sums.newPeople]).to.deep.equal(['2010-11', 134, 16]);
      const asked = { name: 'cumulative', from: '2010-11', to: '2021-12' };
      const error = await site.run('report', asked).catch((refusal: unknown) => refusal);
      expect(error).to.have.property('code', 'request.parameter');
    } finally {
      await site.close();
    }
  }).timeout(60_000);
});
