import { expect } from 'chai';
import { completion } from '../../../reporting/metrics/completion.ts';
import { askMetric } from './ask.ts';
import { type Belonging, type Deed, type Model, openModel } from './model.ts';

const STAGES = [
  'censused',
  'diagnosed',
  'enrolled',
  'started',
  'inProgress',
  'completed',
  'waived',
  'newPeople',
  'newGraduates',
] as const;

describe('completion', () => {
  let model: Model;
  before(async () => {
    model = await openModel();
  });
  after(() => model.close());

  const HOME: Belonging[] = [{ person: 'ada', direction: 'DRH' }];
  const ada = (time: string, more: Partial<Deed> = {}): Deed => ({
    person: 'ada',
    time: time.length === 10 ? `${time}T09:00:00Z` : time,
    course: 'word',
    ...more,
  });
  /** About the parcours itself, by somebody else. */
  const about = (time: string, kind: string, course = 'word'): Deed =>
    ada(time, { kind, active: false, course, object: course });
  const done = (object: string, kind = 'completed') => ({ kind, object });

  const ask = async (quarter: string, through?: string) =>
    (await askMetric(model, completion, quarter, through)).map(({ leaf, values, keys }) => ({
      leaf: leaf.slice(0, 2),
      stages: STAGES.filter((_, place) => values[place] === 1),
      modules: values.slice(STAGES.length),
      keys,
    }));

  it('takes the first statement on a parcours for the enrolment, and its place for good', async () => {
    await model.fill(
      [ada('2021-12-31T22:59:59Z'), ada('2022-02-01'), ada('2022-02-01', { course: 'excel' })],
      [
        { person: 'ada', direction: 'DRH', to: '2022-01-15T00:00:00Z' },
        { person: 'ada', direction: 'DSIC', from: '2022-01-15T00:00:00Z' },
      ],
    );
    const stages = ['enrolled', 'started'];
    expect(await ask('2021-Q4')).to.containSubset([{ leaf: ['DRH', 'word'], stages: [...stages, 'newPeople'] }]);
    expect(await ask('2022-Q1')).to.containSubset([{ leaf: ['DSIC', 'excel'], stages }]);
  });

  it('tells the stages of the funnel as they were at an instant', async () => {
    await model.fill(
      [
        about('2021-10-04', 'needed'),
        about('2021-11-02', 'diagnosed'),
        about('2021-12-01', 'registered'),
        ada('2022-01-10'),
        ada('2022-02-01', done('one')),
        ada('2022-05-02', { kind: 'completed', object: 'word' }),
      ],
      HOME,
    );
    const at = async (day: string) => (await ask('2021-Q4', `${day}T00:00:00Z`))[0]?.stages;
    expect(await at('2021-10-05')).to.deep.equal(['censused']);
    expect(await at('2021-11-30')).to.deep.equal(['censused', 'diagnosed']);
    expect(await at('2022-01-01')).to.deep.equal(['censused', 'diagnosed', 'enrolled']);
    expect(await at('2022-02-01')).to.deep.equal(['censused', 'diagnosed', 'enrolled', 'started', 'newPeople']);
    expect(await at('2022-04-01'))
      .to.include('inProgress')
      .and.not.include('completed');
    expect(await at('2022-07-01')).to.include.members(['completed', 'newGraduates']);
    expect(await ask('2022-Q1')).to.deep.equal([]);
  });

  it('counts a module once, whenever it was completed, and never the parcours itself', async () => {
    await model.fill(
      [
        ada('2021-11-02', done('one')),
        ada('2021-11-03', done('one')),
        ada('2022-03-01', done('two')),
        ada('2021-11-05', { kind: 'completed', object: 'word' }),
        ada('2021-11-05', done('three', 'passed')),
        ada('2021-11-06', done('four', 'failed')),
        ada('2021-11-06', done('three', 'failed')),
        ada('2021-11-06', { ...done('five', 'waived'), active: false }),
        ada('2021-11-06', { ...done('one'), course: 'excel' }),
      ],
      HOME,
    );
    const [excel, word] = (await ask('2021-Q4', '2022-04-01T00:00:00Z')).toSorted((a, b) =>
      String(a.leaf[1]).localeCompare(String(b.leaf[1])),
    );
    expect(excel).to.deep.include({ leaf: ['DRH', 'excel'], modules: [1, 0] });
    expect(word).to.deep.include({ leaf: ['DRH', 'word'], modules: [2, 1] });
    expect(word?.keys?.byModule).to.deep.equal(['one', 'two']);
    const [, before] = (await ask('2021-Q4')).toSorted((a, b) => String(a.leaf[1]).localeCompare(String(b.leaf[1])));
    expect(before?.keys?.byModule).to.deep.equal(['one']);
  });

  it('counts a person as new in one parcours only', async () => {
    await model.fill(
      [
        ada('2021-11-02', { course: 'excel' }),
        about('2021-10-04', 'registered'),
        ada('2022-01-10'),
        ada('2022-01-11', { kind: 'completed', object: 'word' }),
        ada('2022-01-12', { kind: 'completed', object: 'excel', course: 'excel' }),
      ],
      HOME,
    );
    const found = await ask('2021-Q4', '2022-04-01T00:00:00Z');
    const having = (stage: (typeof STAGES)[number]) =>
      found.filter(({ stages }) => stages.includes(stage)).map(({ leaf: [, parcours] }) => parcours);
    expect(having('newPeople')).to.deep.equal(['excel']);
    expect(having('newGraduates')).to.deep.equal(['word']);
  });

  it('leaves out who belonged nowhere on entering, and what is part of no parcours', async () => {
    const { course: _course, ...outside } = ada('2021-11-02');
    await model.fill([outside, ada('2021-11-03')], [{ person: 'ada', direction: 'DRH', from: '2021-11-04T00:00:00Z' }]);
    expect(await ask('2021-Q4')).to.deep.equal([]);
  });
});
