import { expect } from 'chai';
import { hours } from '../../../reporting/metrics/hours.ts';
import { type Model, openModel } from './model.ts';
import { RULES, valuesOf } from './recounted.ts';

describe('hours of the week', () => {
  let model: Model;
  before(async () => {
    model = await openModel(RULES);
  });
  after(() => model.close());

  async function of(times: readonly string[], place?: Parameters<typeof valuesOf>[4]) {
    const values = await valuesOf(model, hours, times, undefined, place);
    if (values === undefined) return undefined;
    const [spread, offHours, ...classes] = values;
    return { spread, offHours, active: classes.flatMap((value, hour) => (value === 1 ? [hour] : [])) };
  }

  it('has the values worked out by hand, on a public holiday too', async () => {
    // Wednesday 11:45–12:15 where work stops at 12:00: 15 minutes off. Thursday 11 November, a holiday, 10:00–10:30: 30.
    const found = await of([
      '2021-11-10T11:45:00+01:00',
      '2021-11-10T12:15:00+01:00',
      '2021-11-11T10:00:00+01:00',
      '2021-11-11T10:30:00+01:00',
    ]);
    expect(found?.offHours).to.be.closeTo(45 / 60, 1e-9);
    // One week each in three hours of the week: log2 3. Wednesday from 48 on, Thursday from 72 on.
    expect(found?.spread).to.be.closeTo(1.584962500721156, 1e-9);
    expect(found?.active).to.deep.equal([48 + 11, 48 + 12, 72 + 10]);
  });

  it('weighs the hours of the week by weeks, not by events', async () => {
    // Monday at ten in three weeks, at eleven in one: H(3/4, 1/4) = 0.81128.
    const found = await of([
      '2021-11-08T10:00:00+01:00',
      '2021-11-08T10:20:00+01:00',
      '2021-11-15T10:00:00+01:00',
      '2021-11-22T10:50:00+01:00',
      '2021-11-22T11:10:00+01:00',
    ]);
    expect(found?.spread).to.be.closeTo(0.8112781244591328, 1e-9);
    expect(found?.offHours).to.equal(0);
  });

  it('knows the holidays and the clock of each place', async () => {
    // Monday 20 December at ten in La Réunion, where slavery was abolished on that day; seven in the morning in Paris.
    const times = ['2021-12-20T06:00:00Z', '2021-12-20T06:20:00Z'];
    expect(await of(times, 'La Réunion')).to.deep.equal({ spread: 0, offHours: 1, active: [10] });
    // An hour that is worked in La Réunion a week earlier, and not in Paris.
    const before = ['2021-12-13T06:00:00Z', '2021-12-13T06:20:00Z'];
    expect((await of(before, 'La Réunion'))?.offHours).to.equal(0);
    expect((await of(before))?.offHours).to.equal(1);
  });

  it('counts an hour that the clocks show twice in one class, and all its minutes', async () => {
    const times = ['2021-10-31T00:30:00Z', '2021-10-31T00:59:00Z', '2021-10-31T01:29:00Z'];
    expect(await of(times)).to.deep.equal({ spread: 0, offHours: 1, active: [144 + 2] });
  });

  it('needs a session longer than one event', async () => {
    expect(await of(['2021-11-10T11:45:00+01:00', '2021-11-12T11:45:00+01:00'])).to.equal(undefined);
  });
});
