import { expect } from 'chai';
import { change } from '../../../reporting/metrics/change.ts';
import { type Model, openModel } from './model.ts';
import { type Happening, type PeriodName, RULES, type Told, valuesOf } from './recounted.ts';

describe('change in the course of a parcours', () => {
  let model: Model;
  before(async () => {
    model = await openModel(RULES);
  });
  after(() => model.close());

  const at = (day: string, hour: number): string => `2021-${day}T${String(hour).padStart(2, '0')}:10:00+01:00`;
  const done: Told = [at('12-20', 18), { kind: 'completed', module: null, active: false }];
  const slot = (day: string, id: string, kind: string, more: Partial<Happening> = {}): Told => [
    at(day, 8),
    { kind, slot: id, active: false, ...more },
  ];

  /** For hours, weeks and slots: more, same or less; – where nothing can be compared. */
  async function of(told: readonly Told[], period?: PeriodName) {
    const values = await valuesOf(model, change, told, period);
    if (values === undefined) return undefined;
    return [0, 3, 6].map((first) => ['more', 'same', 'less'][values.indexOf(1, first) - first] ?? '–');
  }

  /** Six Mondays, at nine but where it is said. */
  const mondays = (...hours: number[]): string[] =>
    ['11-08', '11-15', '11-22', '11-29', '12-06', '12-13'].map((day, index) => at(day, hours[index] ?? 9));

  it('compares thirds of the same number of active days and of weeks', async () => {
    // Hours of the first two days {9: 1, 14: 1}: 1 − 1/4.585 = 0.78; of the last two {9: 2}: 1. Weeks all alike.
    expect(await of([...mondays(9, 14), done])).to.deep.equal(['more', 'same', '–']);
    expect(await of([...mondays(9, 9, 9, 9, 9, 14), done])).to.deep.equal(['less', 'same', '–']);
    // The middle third counts in neither.
    expect(await of([...mondays(9, 9, 14, 7), done])).to.deep.equal(['same', 'same', '–']);
  });

  it('compares the days of the first weeks with those of the last', async () => {
    // Weeks of the first third: Monday, Monday, WS1 = 1; of the last: Monday, Tuesday, WS1 = 0.
    const last = [...mondays().slice(0, 5), at('12-14', 9)];
    expect(await of([...last, done])).to.deep.equal(['same', 'less', '–']);
    // Seven weeks and 15 days: first {Mon, Tue}, {Mon}: 1/2; last {Mon}, {Mon}: 1. Hours all the same.
    const days = ['11-01', '11-02', '11-08', '11-15', '11-22', '11-29', '12-06', '12-13'];
    expect(await of([...days.map((day) => at(day, 9)), done])).to.deep.equal(['same', 'more', '–']);
  });

  it('counts empty weeks of a third, but no pair of two of them; 0.05 is no change yet', async () => {
    // Twelve weeks. First Mon, –, –, Mon: 1 of 5 pairs. Last Mon, Mon, Tue and Wed, Wed: (1 + 1/2) of 6. 0.25 − 0.2 = 0.05.
    const first = ['2021-11-01', '2021-11-22'];
    const middle = ['2021-11-29', '2021-12-06', '2021-12-13', '2021-12-20'];
    const last = ['2021-12-27', '2022-01-03', '2022-01-11', '2022-01-12', '2022-01-19'];
    const told = [...first, ...middle, ...last].map((day) => `${day}T09:10:00+01:00`);
    const completed: Told = ['2022-01-20T09:00:00+01:00', { kind: 'completed', module: null, active: false }];
    expect(await of([...told, completed], ['2022-Q1', 'quarter'])).to.deep.equal(['same', 'same', '–']);
  });

  it('has no weeks to compare where a third has fewer than two active ones', async () => {
    // Six days in one week.
    const days = ['11-08', '11-09', '11-10', '11-11', '11-12', '11-13'];
    expect(await of([...days.map((day) => at(day, 9)), done])).to.deep.equal(['same', '–', '–']);
    // Nine weeks of which the second and third are empty: one active in the first third.
    const gap = ['11-01', '11-22', '11-29', '12-06', '12-13', '12-20', '12-27'];
    const later: Told = [at('12-30', 18), { kind: 'completed', module: null, active: false }];
    expect(await of([...gap.map((day) => at(day, 9)), later])).to.deep.equal(['same', '–', '–']);
  });

  it('compares the slots kept, whichever word came last', async () => {
    const kept = [slot('11-08', 'a', 'slotMissed'), slot('11-15', 'b', 'slotMissed'), slot('11-22', 'c', 'slotKept')];
    expect(await of([...mondays(), ...kept, done])).to.deep.equal(['same', 'same', 'more']);
    // It was kept after all.
    const late = [...kept, slot('11-23', 'a', 'slotKept')];
    expect(await of([...mondays(), ...late, done])).to.deep.equal(['same', 'same', 'same']);
    // Two slots have no thirds; another parcours has its own.
    const two = [...kept.slice(0, 2), slot('11-22', 'c', 'slotKept', { parcours: 'excel' })];
    expect(await of([...mondays(), ...two, done])).to.deep.equal(['same', 'same', '–']);
  });

  it('takes the mean of the parcours of a person', async () => {
    // 'word' is more regular at its end by 0.22, 'excel' less by as much.
    const excel = mondays(9, 9, 9, 9, 9, 14).map((time): Told => [time, { parcours: 'excel' }]);
    const both = [...mondays(9, 14), done, ...excel];
    expect(await of(both)).to.deep.equal(['more', 'same', '–']);
    const excelDone: Told = [at('12-21', 9), { kind: 'satisfied', parcours: 'excel', module: null, active: false }];
    expect(await of([...both, excelDone])).to.deep.equal(['same', 'same', '–']);
  });

  it('needs a parcours completed in the period with six active days until then', async () => {
    expect(await of(mondays())).to.equal(undefined);
    expect(await of([...mondays().slice(1), done])).to.equal(undefined);
    const early: Told = [at('12-01', 9), { kind: 'completed', module: null, active: false }];
    expect(await of([...mondays(), early, done])).to.equal(undefined);
    const module: Told = [at('12-20', 18), { kind: 'completed', module: 'one' }];
    expect(await of([...mondays(), module])).to.equal(undefined);
  });
});
