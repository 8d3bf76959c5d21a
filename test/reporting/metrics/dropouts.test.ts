import { expect } from 'chai';
import { dropouts } from '../../../reporting/metrics/dropouts.ts';
import type { Contribution } from '../../../reporting/metrics/metric.ts';
import { type Model, openModel } from './model.ts';
import { bothWays, fillWith, happening, type PeriodName, RULES, type Told } from './recounted.ts';

/** 2 October 2021, 09:00 UTC and 90 × 24 hours are 31 December, 09:00 UTC; the quarter ends at 23:00. */
describe('dropouts', () => {
  let model: Model;
  before(async () => {
    model = await openModel(RULES);
  });
  after(() => model.close());

  /** Whether they dropped out, after which modules, and where they had been, the same from both ways. */
  async function of(told: readonly Told[], quarter = '2021-Q4') {
    const period: PeriodName = [quarter, 'quarter'];
    const from = 'Temps universel' as const;
    const own = [{ happenings: told.map(happening), from, to: from, moves: Date.parse('2021-06-01T00:00:00Z') }];
    await fillWith(model, own);
    const { found, wanted, keys } = await bothWays(model, dropouts, own, period);
    expect(found).to.deep.equal(wanted);
    expect(keys.found).to.deep.equal(keys.wanted);
    const [values] = found.values();
    const [lists]: (Contribution['keys'] | undefined)[] = [...keys.found.values()];
    return values && { dropped: values[0], after: lists?.droppedAfter, been: lists?.beenIn };
  }
  const done = (module: string) => ({ kind: 'completed', module });

  it('counts who did nothing for more than 90 × 24 hours, in the quarter in which these are over, once', async () => {
    const told: Told[] = ['2021-09-20T09:00:00Z', ['2021-09-25T09:00:00Z', { module: 'two' }]];
    expect(await of(told)).to.deep.equal({ dropped: 1, after: ['two'], been: ['one', 'two'] });
    for (const quarter of ['2021-Q3', '2022-Q1']) expect(await of(told, quarter), quarter).to.equal(undefined);
    expect(await of(['2021-10-02T22:59:59.999Z'])).to.deep.equal({ dropped: 1, after: ['one'], been: ['one'] });
    expect(await of(['2021-10-02T23:00:00Z'])).to.equal(undefined);
    expect(await of(['2021-10-02T23:00:00Z'], '2022-Q1')).to.include({ dropped: 1 });
  });

  it('counts who came back later; not after 90 × 24 hours exactly', async () => {
    expect(await of(['2021-10-01T09:00:00Z', '2021-12-30T09:00:00.001Z'])).to.include({ dropped: 1 });
    expect(await of(['2021-10-01T09:00:00Z', '2021-12-30T09:00:00Z'])).to.include({ dropped: 0 });
  });

  it('counts who gets no further and goes on working as one who has not', async () => {
    const told: Told[] = [
      ['2021-09-20T09:00:00Z', done('one')],
      ...['2021-10-20', '2021-12-10', '2022-01-10'].map((day): Told => [`${day}T09:00:00Z`, { module: 'two' }]),
      // Again, which is not further.
      ['2021-10-21T09:00:00Z', done('one')],
    ];
    expect(await of(told)).to.deep.equal({ dropped: 0, after: [], been: ['one'] });
  });

  it('leaves out who got further within the time, whoever says so', async () => {
    for (const more of [done('two'), { ...done('two'), kind: 'satisfied', active: false }]) {
      const told: Told[] = [
        ['2021-09-20T09:00:00Z', done('one')],
        ['2021-12-10T09:00:00Z', more],
      ];
      expect(await of(told), more.kind).to.equal(undefined);
      // From there on nothing for long.
      expect(await of(told, '2022-Q1')).to.deep.equal({ dropped: 1, after: ['two'], been: ['one', 'two'] });
    }
  });

  it('leaves out who has completed the parcours or had it waived, and who never began', async () => {
    for (const kind of ['completed', 'satisfied', 'waived']) {
      const told: Told[] = ['2021-09-20T09:00:00Z', ['2021-12-01T09:00:00Z', { kind, module: null, active: false }]];
      expect(await of(told), kind).to.equal(undefined);
    }
    expect(await of([['2021-09-20T09:00:00Z', { kind: 'registered', module: null, active: false }]])).to.equal(
      undefined,
    );
    const late: Told[] = ['2021-09-20T09:00:00Z', ['2022-03-01T09:00:00Z', { kind: 'completed', module: null }]];
    expect(await of(late)).to.include({ dropped: 1 });
  });

  it('looks at each parcours by itself, and names the last module there was', async () => {
    const excel = { parcours: 'excel', module: 'cells' };
    const told: Told[] = [
      ['2021-09-20T09:00:00Z', { module: 'one' }],
      ['2021-09-21T09:00:00Z', { module: null }],
      ['2021-09-22T09:00:00Z', excel],
      ['2021-11-22T09:00:00Z', excel],
    ];
    expect(await of(told)).to.deep.equal({ dropped: 1, after: ['one'], been: ['cells', 'one'] });
  });
});
