import { expect } from 'chai';
import fc from 'fast-check';
import { addDays } from '../../../lrs/directory/index.ts';
import { regularity } from '../../../reporting/metrics/regularity.ts';
import { type PeriodLength, parsePeriod } from '../../../reporting/periods/period.ts';
import { SETTINGS } from '../site.ts';
import { type Deed, type Model, openModel } from './model.ts';

const PARIS = 'Europe/Paris';

describe('regularity', () => {
  let model: Model;
  before(async () => {
    model = await openModel();
  });
  after(() => model.close());

  const ask = (name: string, length: PeriodLength = 'quarter', timeZone = PARIS) =>
    model.ask((query) => {
      const period = parsePeriod(name, length, timeZone);
      return regularity.contributions(query, period, { ...SETTINGS, timeZone }, period.end);
    });

  async function pdhOf(times: readonly string[], timeZone = PARIS): Promise<number | undefined> {
    await model.fill(
      times.map((time) => ({ person: 'ada', time })),
      [{ person: 'ada', direction: 'DRH' }],
    );
    const [ada] = await ask('2021', 'year', timeZone);
    return ada?.values[0];
  }

  it('is log2(24) a day for someone who comes at nine every day, also when the clocks change', async () => {
    const days = Array.from({ length: 28 }, (_, index) => addDays('2021-03-15', index));
    const times = days.map((day) => `${day}T09:00:00${day < '2021-03-28' ? '+01:00' : '+02:00'}`);
    expect(await pdhOf(times)).to.be.closeTo(28 * 4.584962500721156, 1e-9);
    // Read in UTC the same person comes at eight on 13 days and at seven on 15.
    const entropy = -((13 / 28) * Math.log2(13 / 28) + (15 / 28) * Math.log2(15 / 28));
    expect(await pdhOf(times, 'UTC')).to.be.closeTo((4.584962500721156 - entropy) * 15, 1e-9);
  });

  it('has the values worked out by hand', async () => {
    // D = {9: 2, 14: 2}: H = 1, max D = 2.
    const twice = ['2021-11-02T09:10:00+01:00', '2021-11-02T14:00:00+01:00', '2021-11-03T09:59:59+01:00'];
    expect(await pdhOf([...twice, '2021-11-03T14:30:00+01:00'])).to.be.closeTo(7.169925001442312, 1e-9);
    // D = {8: 1, 9: 1, 10: 2}: H = 1.5, max D = 2.
    const ties = ['2021-11-02T08:00:00+01:00', '2021-11-02T10:00:00+01:00', '2021-11-03T09:00:00+01:00'];
    expect(await pdhOf([...ties, '2021-11-03T10:00:00+01:00'])).to.be.closeTo(6.169925001442312, 1e-9);
    // Days count, not events: ten more in the same hour of the same day change nothing.
    const busy = Array.from({ length: 10 }, (_, minute) => `2021-11-03T10:0${minute}:00+01:00`);
    expect(await pdhOf([...ties, ...busy])).to.be.closeTo(6.169925001442312, 1e-9);
    // At each hour once, on two days: nothing regular at all.
    const always = Array.from(
      { length: 24 },
      (_, hour) => `2021-11-0${2 + (hour % 2)}T${String(hour).padStart(2, '0')}:00:00+01:00`,
    );
    expect(await pdhOf(always)).to.be.closeTo(0, 1e-9);
  });

  it('needs two active days of civil time', async () => {
    expect(await pdhOf(['2021-11-02T00:10:00+01:00', '2021-11-02T23:50:00+01:00'])).to.equal(undefined);
    // One day in UTC, two in Paris.
    expect(await pdhOf(['2021-11-02T21:30:00Z', '2021-11-02T23:30:00Z'])).to.be.closeTo(3.584962500721156, 1e-9);
  });

  it('counts the events of the period, to the instant', async () => {
    const inside = ['2021-09-30T22:00:00Z', '2021-12-31T22:59:59.999Z'];
    const outside = ['2021-09-30T21:59:59.999Z', '2021-12-31T23:00:00Z'];
    const ofAda = (times: string[]) => times.map((time) => ({ person: 'ada', time }));
    await model.fill(ofAda(outside), [{ person: 'ada', direction: 'DRH' }]);
    expect(await ask('2021-Q4')).to.deep.equal([]);
    await model.fill(ofAda([...inside, ...outside]), [{ person: 'ada', direction: 'DRH' }]);
    expect((await ask('2021-Q4'))[0]?.values[0]).to.be.closeTo(Math.log2(24) - 1, 1e-9);
  });

  it('stands where the person is at the end of the period; for leavers, where they were last', async () => {
    const times = ['2021-11-02T09:00:00Z', '2021-11-03T09:00:00Z'];
    const people = ['moved', 'left', 'later', 'gone', 'unknown'];
    const deeds = people.flatMap((person) => times.map((time) => ({ person, time })));
    await model.fill(deeds, [
      { person: 'moved', direction: 'DRH', to: '2021-12-31T10:00:00Z' },
      { person: 'moved', direction: 'DSIC', from: '2021-12-31T10:00:00Z' },
      { person: 'left', direction: 'DAC', to: '2021-10-15T00:00:00Z' },
      { person: 'left', direction: 'DMAT', from: '2021-10-15T00:00:00Z', to: '2021-11-20T00:00:00Z' },
      { person: 'later', direction: 'DRH', from: '2022-01-01T00:00:00+01:00' },
      { person: 'gone', direction: 'DRH', to: '2021-10-01T00:00:00+02:00' },
    ]);
    const places = (await ask('2021-Q4')).map(({ person, leaf }) => [person, ...leaf]).sort();
    expect(places).to.deep.equal([
      ['left', 'DMAT'],
      ['moved', 'DSIC'],
    ]);
  });

  it('agrees with a count by hand over random histories around a change of the clocks', async () => {
    // Winter time begins in Paris on 31 October 2021 at 01:00 UTC: until then hours are two ahead of UTC, then one.
    const change = Date.parse('2021-10-31T01:00:00Z');
    const expected = (instants: readonly number[]): number | undefined => {
      const local = instants.map((instant) =>
        new Date(instant + (instant < change ? 7_200_000 : 3_600_000)).toISOString(),
      );
      if (new Set(local.map((time) => time.slice(0, 10))).size < 2) return undefined;
      const hours = [...new Set(local.map((time) => time.slice(0, 13)))].map((time) => time.slice(11));
      const counts = [...new Set(hours)].map((hour) => hours.filter((each) => each === hour).length);
      const entropy = counts.reduce((h, d) => h - (d / hours.length) * Math.log2(d / hours.length), 0);
      return (Math.log2(24) - entropy) * Math.max(...counts);
    };
    const instant = fc.integer({ min: change - 4 * 86_400_000, max: change + 4 * 86_400_000 });
    const histories = fc.array(fc.array(instant, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(histories, async (people) => {
        const deeds: Deed[] = people.flatMap((instants, index) =>
          instants.map((each) => ({ person: `p${index}`, time: new Date(each).toISOString() })),
        );
        await model.fill(
          deeds,
          people.map((_, index) => ({ person: `p${index}`, direction: 'DRH' })),
        );
        const found = new Map((await ask('2021-Q4')).map(({ person, values }) => [person, values[0]]));
        for (const [index, instants] of people.entries()) {
          const wanted = expected(instants);
          if (wanted === undefined) expect(found.has(`p${index}`)).to.equal(false);
          else expect(found.get(`p${index}`)).to.be.closeTo(wanted, 1e-9);
        }
      }),
      { numRuns: 25 },
    );
  });
});
