import { expect } from 'chai';
import { completion } from '../../../reporting/metrics/completion.ts';
import { parsePeriod } from '../../../reporting/periods/period.ts';
import { COMPLETED, SETTINGS } from '../site.ts';
import { type Deed, type Model, openModel } from './model.ts';

describe('completion', () => {
  let model: Model;
  before(async () => {
    model = await openModel();
  });
  after(() => model.close());

  const ask = async (name: string, through = name) => {
    const [period, last] = [name, through].map((each) => parsePeriod(each, 'quarter', 'Europe/Paris'));
    if (!period || !last) throw new Error('no period');
    const found = await model.ask((query) => completion.contributions(query, period, SETTINGS, last.end));
    return found.map(({ person, leaf, values }) => [person, ...leaf, ...values]).sort();
  };
  const ada = (time: string, more: Partial<Deed> = {}): Deed => ({ person: 'ada', time, course: 'word', ...more });
  const done = (object: string) => ({ verb: COMPLETED, object });

  it('takes the first statement on a parcours for the enrolment, and its place for good', async () => {
    await model.fill(
      [ada('2021-12-31T22:59:59Z'), ada('2022-02-01T09:00:00Z'), ada('2022-02-01T09:00:00Z', { course: 'excel' })],
      [
        { person: 'ada', direction: 'DRH', to: '2022-01-15T00:00:00Z' },
        { person: 'ada', direction: 'DSIC', from: '2022-01-15T00:00:00Z' },
      ],
    );
    expect(await ask('2021-Q4')).to.deep.equal([['ada', 'DRH', 'word', 0, 0]]);
    expect(await ask('2022-Q1')).to.deep.equal([['ada', 'DSIC', 'excel', 0, 0]]);
  });

  it('counts a unit once, up to the end of the period asked for, and never the parcours itself', async () => {
    await model.fill(
      [
        ada('2021-11-02T09:00:00Z', done('one')),
        ada('2021-11-03T09:00:00Z', done('one')),
        ada('2022-03-01T09:00:00Z', done('two')),
        ada('2021-11-05T09:00:00Z', done('word')),
        ada('2021-11-05T09:00:00Z', { verb: 'passed', object: 'three' }),
        ada('2021-11-06T09:00:00Z', { ...done('one'), course: 'excel' }),
      ],
      [{ person: 'ada', direction: 'DRH' }],
    );
    expect(await ask('2021-Q4')).to.deep.equal([
      ['ada', 'DRH', 'excel', 1, 1],
      ['ada', 'DRH', 'word', 1, 1],
    ]);
    expect(await ask('2021-Q4', '2022-Q1')).to.deep.include(['ada', 'DRH', 'word', 1, 2]);
  });

  it('leaves out who belonged nowhere on entering, and what is part of no parcours', async () => {
    const { course: _course, ...outside } = ada('2021-11-02T09:00:00Z');
    await model.fill(
      [outside, ada('2021-11-03T09:00:00Z')],
      [{ person: 'ada', direction: 'DRH', from: '2021-11-04T00:00:00Z' }],
    );
    expect(await ask('2021-Q4')).to.deep.equal([]);
  });
});
