import { expect } from 'chai';
import { moduleTime } from '../../../reporting/metrics/module-time.ts';
import { sessions } from '../../../reporting/metrics/sessions.ts';
import { timeOnTask } from '../../../reporting/metrics/time-on-task.ts';
import { type Model, openModel } from './model.ts';
import { RULES, type Told, valuesOf } from './recounted.ts';

describe('sessions, time on task, time for a module', () => {
  let model: Model;
  before(async () => {
    model = await openModel(RULES);
  });
  after(() => model.close());

  /** [sessions, minutes of one, minutes in all] */
  async function of(told: readonly Told[], period?: Parameters<typeof valuesOf>[3]) {
    const [own, time] = [
      await valuesOf(model, sessions, told, period),
      await valuesOf(model, timeOnTask, told, period),
    ];
    return own && [...own, ...(time ?? [])];
  }

  it('cuts where a gap is longer than θ, and not where it is θ', async () => {
    // 09:00–09:30 | 10:00:00.001: one of 30 minutes, one of 0.
    const times = ['2021-11-08T09:00:00Z', '2021-11-08T09:30:00Z', '2021-11-08T10:00:00.001Z'];
    expect(await of(times)).to.deep.equal([2, 15, 30]);
    // A millisecond less, and it is one of an hour.
    expect(await of([...times.slice(0, 2), '2021-11-08T10:00:00Z'])).to.deep.equal([1, 60, 60]);
  });

  it('has a session of 0 minutes for a single event, and for two at the same instant', async () => {
    expect(await of(['2021-11-08T09:00:00Z'])).to.deep.equal([1, 0, 0]);
    expect(await of(['2021-11-08T09:00:00Z', '2021-11-08T09:00:00Z'])).to.deep.equal([1, 0, 0]);
  });

  it('counts what people do, of whatever parcours, and nothing that is recorded about them', async () => {
    const excel: Told = ['2021-11-08T09:20:00Z', { parcours: 'excel', module: 'two' }];
    const missed: Told = ['2021-11-08T09:40:00Z', { kind: 'slotMissed', active: false }];
    expect(await of(['2021-11-08T09:00:00Z', excel, missed, '2021-11-08T10:00:00Z'])).to.deep.equal([2, 10, 20]);
    expect(await of([missed])).to.equal(undefined);
  });

  it('takes no notice of the clocks being changed', async () => {
    // 02:30 to 02:15 on the wall: 45 minutes.
    const times = ['2021-10-31T00:30:00Z', '2021-10-31T00:55:00Z', '2021-10-31T01:15:00Z'];
    expect(await of(times)).to.deep.equal([1, 45, 45]);
  });

  it('counts a session whole, in the period in which it starts', async () => {
    const times = ['2021-12-31T23:50:00+01:00', '2022-01-01T00:10:00+01:00'];
    expect(await of(times)).to.deep.equal([1, 20, 20]);
    expect(await of(times, ['2022-Q1', 'quarter'])).to.equal(undefined);
  });

  describe('time for a module', () => {
    const at = (time: string, module: string, more: object = {}): Told => [`2021-11-08T${time}Z`, { module, ...more }];

    it('gives each gap to the module of the earlier event, in completed modules', async () => {
      const told = [
        at('09:00:00', 'one'), //                          10 one
        at('09:10:00', 'one'), //                          15 one
        at('09:25:00', 'two'), //                           5 two
        at('09:30:00', 'one'), //                          10 one
        at('09:40:00', 'one', { kind: 'completed' }), //   10 one, reviewing
        at('09:50:00', 'two'), //                          30 two: θ exactly
        at('10:20:00', 'two'), //                           0: longer than θ
        at('11:00:00', 'two'),
      ];
      expect(await valuesOf(model, moduleTime, told)).to.deep.equal([45, 1]);
      // Both: (45 + 35) / 2.
      const both = [...told, at('11:00:00', 'two', { kind: 'completed' })];
      expect(await valuesOf(model, moduleTime, both)).to.deep.equal([40, 1]);
    });

    it('takes the attempts of a module together, from the first completion on', async () => {
      const [first, second] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'];
      const told = [
        at('09:00:00', 'one', { registration: first }),
        at('09:20:00', 'one', { registration: first }),
        at('09:45:00', 'one', { registration: second }),
        at('10:10:00', 'one', { registration: second, kind: 'completed' }),
      ];
      // 20 + 25 + 25 = 70, more than the 60 that it should take.
      expect(await valuesOf(model, moduleTime, told)).to.deep.equal([70, 0]);
      const earlier: Told = ['2021-09-01T09:00:00Z', { registration: first, kind: 'completed' }];
      expect(await valuesOf(model, moduleTime, [earlier, ...told])).to.equal(undefined);
    });

    it('needs a completed module', async () => {
      expect(await valuesOf(model, moduleTime, [at('09:00:00', 'one'), at('09:10:00', 'one')])).to.equal(undefined);
      // The result may say so with any verb.
      const passed: Told = ['2021-11-08T09:20:00Z', { kind: 'passed', completion: true }];
      expect(await valuesOf(model, moduleTime, [at('09:00:00', 'one'), passed])).to.deep.equal([20, 1]);
      // Of the parcours itself.
      const whole: Told = ['2021-11-08T09:20:00Z', { kind: 'completed', module: null }];
      expect(await valuesOf(model, moduleTime, [at('09:00:00', 'one'), whole])).to.equal(undefined);
    });
  });
});
