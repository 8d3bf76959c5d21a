import { expect } from 'chai';
import { addDays } from '../../../lrs/directory/index.ts';
import { regularity } from '../../../reporting/metrics/regularity.ts';
import { parsePeriod } from '../../../reporting/periods/period.ts';
import { SETTINGS } from '../site.ts';
import { type Model, openModel } from './model.ts';
import { type PeriodName, RULES, type Told, valuesOf } from './recounted.ts';

const LOG24 = 4.584962500721156;

const YEAR: PeriodName = ['2021', 'year'];

describe('regularity', () => {
  let model: Model;
  before(async () => {
    model = await openModel(RULES);
  });
  after(() => model.close());

  const of = (told: readonly Told[], period?: PeriodName) => valuesOf(model, regularity, told, period);

  function expectValues(found: readonly number[] | undefined, ...wanted: number[]): void {
    for (const [index, value] of wanted.entries()) expect(found?.[index]).to.be.closeTo(value, 1e-9);
  }

  it('is log2(24) a day for someone who comes at nine every day, also when the clocks change', async () => {
    const days = Array.from({ length: 28 }, (_, index) => addDays('2021-03-14', index));
    const times = days.map((day) => `${day}T09:00:00${day < '2021-03-28' ? '+01:00' : '+02:00'}`);
    // D = {9: 28}: H = 0. PDH = 28 · log2 24, which is 89.0 with the natural logarithm; FDH = 28.
    const local = await of(times, YEAR);
    expectValues(local, 28 * LOG24, 1, 28, 1);
    expect((local?.[0] ?? 0) * Math.LN2).to.be.closeTo(89.0, 0.05);
    // Read in UTC the same person comes at eight on 14 days and at seven on 14: H = 1, which is 34.8.
    const utc = await valuesOf(model, regularity, times, YEAR, 'Temps universel');
    // FDH = 14 · |1 + e^(−2πi/24)| = 28 · cos(π/24).
    const fdh = 28 * Math.cos(Math.PI / 24);
    expectValues(utc, (LOG24 - 1) * 14, 1 - 1 / LOG24, fdh, fdh / 28);
    expect((utc?.[0] ?? 0) * Math.LN2).to.be.closeTo(34.8, 0.05);
  });

  it('has the values worked out by hand', async () => {
    // D = {9: 2, 14: 2}: H = 1, max D = 2. FDH = 2 · |1 + e^(−2πi·5/24)| = 4 · cos(5π/24) = 3.17341.
    const twice = ['2021-11-02T09:10:00+01:00', '2021-11-02T14:00:00+01:00', '2021-11-03T09:59:59+01:00'];
    expectValues(
      await of([...twice, '2021-11-03T14:30:00+01:00']),
      7.169925001442312,
      1 - 1 / LOG24,
      3.173413361164941,
      3.173413361164941 / 4,
    );
    // D = {8: 1, 9: 1, 10: 2}: H = 1.5, max D = 2. FDH² = 6 + 6 · cos 15° + 4 · cos 30° = 15.25966.
    const ties = ['2021-11-02T08:00:00+01:00', '2021-11-02T10:00:00+01:00', '2021-11-03T09:00:00+01:00'];
    const wanted = [6.169925001442312, 1 - 1.5 / LOG24, 3.9063610397494193, 3.9063610397494193 / 4] as const;
    expectValues(await of([...ties, '2021-11-03T10:00:00+01:00']), ...wanted);
    // Days count, not events: ten more in the same hour of the same day change nothing.
    const busy = Array.from({ length: 10 }, (_, minute) => `2021-11-03T10:0${minute}:00+01:00`);
    expectValues(await of([...ties, ...busy]), ...wanted);
    // At each hour once, on two days: nothing regular at all.
    const always = Array.from(
      { length: 24 },
      (_, hour) => `2021-11-0${2 + (hour % 2)}T${String(hour).padStart(2, '0')}:00:00+01:00`,
    );
    expectValues(await of(always), 0, 0, 0, 0);
  });

  it('counts an hour that the clocks show twice once', async () => {
    // On 31 October 02:30 comes twice, and 10:00 the day after: D = {2: 1, 10: 1}, not {2: 2, 10: 1}.
    const times = ['2021-10-31T00:30:00Z', '2021-10-31T01:30:00Z', '2021-11-01T09:00:00Z'];
    expectValues(await of(times), LOG24 - 1, 1 - 1 / LOG24);
  });

  it('needs two active days of civil time', async () => {
    expect(await of(['2021-11-02T09:00:00Z'])).to.equal(undefined);
    expect(await of(['2021-11-02T00:10:00+01:00', '2021-11-02T23:50:00+01:00'])).to.equal(undefined);
    // One day in UTC, two in Paris.
    expectValues(await of(['2021-11-02T21:30:00Z', '2021-11-02T23:30:00Z']), 3.584962500721156);
    // What others record about a person is not their activity.
    const waived: Told = ['2021-11-03T09:00:00Z', { kind: 'waived', active: false }];
    expect(await of(['2021-11-02T09:00:00Z', waived])).to.equal(undefined);
  });

  it('counts the civil days of the period, where the person belongs', async () => {
    const inside = ['2021-09-30T22:00:00Z', '2021-12-31T22:59:59.999Z'];
    const outside = ['2021-09-30T21:59:59.999Z', '2021-12-31T23:00:00Z'];
    expect(await of(outside)).to.equal(undefined);
    expectValues(await of([...inside, ...outside]), LOG24 - 1);
    // October begins two hours earlier in La Réunion than in Paris.
    const early = ['2021-09-30T20:00:00Z', '2021-10-05T20:00:00Z'];
    expect(await of(early)).to.equal(undefined);
    expectValues(await valuesOf(model, regularity, early, undefined, 'La Réunion'), 2 * LOG24);
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
    const period = parsePeriod('2021-Q4', 'quarter', SETTINGS.timeZone);
    const found = await model.ask((query) => regularity.contributions(query, period, SETTINGS, period.end));
    expect(found.map(({ person, leaf }) => [person, ...leaf]).sort()).to.deep.equal([
      ['left', 'DMAT'],
      ['moved', 'DSIC'],
    ]);
  });
});
