import { expect } from 'chai';
import { weeklyRegularity } from '../../../reporting/metrics/weekly-regularity.ts';
import { type Model, openModel } from './model.ts';
import { RULES, valuesOf } from './recounted.ts';

describe('weekly regularity', () => {
  let model: Model;
  before(async () => {
    model = await openModel(RULES);
  });
  after(() => model.close());

  async function of(times: readonly string[]) {
    const values = await valuesOf(model, weeklyRegularity, times);
    if (values === undefined) return undefined;
    const [pwd, pwdNormalised, ws1, ws2, ws3, fwh, fwhNormalised, fwd, fwdNormalised] = values;
    return { pwd, pwdNormalised, ws1, ws2, ws3, fwh, fwhNormalised, fwd, fwdNormalised };
  }

  function expectValues(found: Record<string, number | undefined> | undefined, wanted: Record<string, number>): void {
    for (const [name, value] of Object.entries(wanted)) expect(found?.[name], name).to.be.closeTo(value, 1e-9);
  }

  it('has the values worked out by hand', async () => {
    // Monday at nine and ten, Wednesday at nine; the week after Monday and Thursday at nine.
    const found = await of([
      '2021-11-08T09:05:00+01:00',
      '2021-11-08T10:05:00+01:00',
      '2021-11-10T09:00:00+01:00',
      '2021-11-15T09:00:00+01:00',
      '2021-11-18T09:00:00+01:00',
      '2021-11-18T09:59:00+01:00',
    ]);
    expectValues(found, {
      // W = {Mon: 2, Wed: 1, Thu: 1}: H = 1.5, max W = 2, log2 7 = 2.80735.
      pwd: (2.807354922057604 - 1.5) * 2,
      pwdNormalised: 1 - 1.5 / 2.807354922057604,
      // One day of two in common.
      ws1: 1 / 2,
      // P̂ = (2/3, 1/3, 0) and (1/2, 0, 1/2), mixture (7/12, 1/6, 1/4): 1 − (1.38443 − (0.91830 + 1) / 2).
      ws2: 0.5747164126866469,
      // Monday ((2 − 1) / 3)² = 1/9, Wednesday and Thursday 1: 1 − (19/9) / 3.
      ws3: 8 / 27,
      // |2 e^(−9iθ) + e^(−10iθ) + e^(−57iθ) + e^(−81iθ)|, θ = 2π/168: hours of the week from Monday's midnight on.
      fwh: 2.3685795773207787,
      fwhNormalised: 2.3685795773207787 / 5,
      // |2 + e^(−4πi/7) + e^(−6πi/7)|
      fwd: 1.6592228290023414,
      fwdNormalised: 1.6592228290023414 / 4,
    });
  });

  it('is 1 for someone who comes on Mondays at nine, also when the clocks change', async () => {
    const times = ['2021-10-18T07:00:00Z', '2021-10-25T07:00:00Z', '2021-11-01T08:00:00Z', '2021-11-08T08:00:00Z'];
    expectValues(await of(times), { ws1: 1, ws2: 1, ws3: 1, pwdNormalised: 1, fwhNormalised: 1, fwdNormalised: 1 });
    expectValues(await of(times), { pwd: 4 * 2.807354922057604, fwh: 4, fwd: 4 });
  });

  it('counts an empty week between as not alike, but has no shares to compare in it', async () => {
    // Weeks 1, 2 (empty), 3: pairs 1-2 and 2-3 have 0, 1-3 has 1.
    const one = await of(['2021-11-01T09:00:00+01:00', '2021-11-15T09:00:00+01:00']);
    expectValues(one, { ws1: 1 / 3, ws2: 1, ws3: 1 / 3, fwd: 2, fwdNormalised: 1 });
    // Weeks 1 to 4, 2 and 3 empty: of six pairs the one of two empty weeks is left out.
    const two = await of(['2021-11-01T09:00:00+01:00', '2021-11-22T09:00:00+01:00']);
    expectValues(two, { ws1: 1 / 5, ws2: 1, ws3: 1 / 5 });
  });

  it('is 0 for weeks that have nothing in common', async () => {
    const found = await of(['2021-11-08T09:00:00+01:00', '2021-11-16T09:00:00+01:00']);
    expectValues(found, { ws1: 0, ws2: 0, ws3: 0 });
  });

  it('needs two weeks of the period', async () => {
    expect(await of(['2021-11-08T00:00:00+01:00', '2021-11-14T23:59:59+01:00'])).to.equal(undefined);
    // A Thursday in September, a Friday in October: one day of the week counts.
    expect(await of(['2021-09-30T09:00:00+02:00', '2021-10-01T09:00:00+02:00'])).to.equal(undefined);
    // Sunday and Monday.
    expectValues(await of(['2021-11-14T23:59:59+01:00', '2021-11-15T00:00:00+01:00']), { ws1: 0, ws2: 0, ws3: 0 });
  });
});
