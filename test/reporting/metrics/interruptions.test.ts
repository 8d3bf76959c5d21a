import { expect } from 'chai';
import { interruptions } from '../../../reporting/metrics/interruptions.ts';
import { masteryAfterInterruption } from '../../../reporting/metrics/mastery-after-interruption.ts';
import { resumption } from '../../../reporting/metrics/resumption.ts';
import { returnDelay } from '../../../reporting/metrics/return-delay.ts';
import { valuesIn } from './ask.ts';
import { type Deed, type Model, openModel } from './model.ts';

const Q4 = '2021-Q4';

/** Times are UTC; Paris is one hour ahead in November. θ is 30 minutes, work 08:00 to 19:00, Monday to Friday. */
describe('interruptions', () => {
  let model: Model;
  before(async () => {
    model = await openModel();
  });
  after(() => model.close());

  const act = (time: string, more: Partial<Deed> = {}): Deed => ({
    person: 'ada',
    time: `2021-${time}Z`,
    course: 'word',
    object: 'one',
    ...more,
  });
  const done = { kind: 'completed' };
  const fill = (...deeds: Deed[]) => model.fill(deeds, [{ person: 'ada', direction: 'DRH' }]);
  const share = async () => (await valuesIn(model, interruptions, Q4)).ada;

  it('are gaps beyond θ before the completion, and not after it', async () => {
    await fill(act('11-02T09:00:00'), act('11-02T09:30:00'), act('11-02T09:40:00', done), act('11-04T09:00:00'));
    expect(await share()).to.deep.equal([0, 0]);
    await fill(act('11-02T09:00:00'), act('11-02T09:30:01'), act('11-03T09:00:00', done));
    expect(await share()).to.deep.equal([1, 2]);
  });

  it('are departures without completion, once each, however soon one is back', async () => {
    await fill(
      act('11-02T09:00:00'),
      act('11-02T09:10:00', { kind: 'suspended' }),
      act('11-02T09:10:01', { kind: 'terminated' }),
      act('11-02T09:12:00', { kind: 'resumed' }),
      act('11-02T09:20:00', done),
      act('11-02T09:20:01', { kind: 'terminated' }),
    );
    expect(await share()).to.deep.equal([1, 1]);
  });

  it('are none where a player says with its last act that the module is completed', async () => {
    await fill(
      act('11-02T09:00:00'),
      act('11-02T09:10:00', { kind: 'terminated', completion: true }),
      act('11-04T09:00:00'),
    );
    expect(await share()).to.deep.equal([0, 0]);
  });

  it('are of one module, one registration; a person is the mean of their modules', async () => {
    await fill(
      act('11-02T09:00:00'),
      act('11-02T11:00:00', done),
      // In between there was another module, all in one go.
      act('11-02T09:20:00', { object: 'two' }),
      act('11-02T09:40:00', { object: 'two', kind: 'passed' }),
    );
    expect(await share()).to.deep.equal([0.5, 0.5]);
  });

  it('are open at the end of the period only when θ has passed', async () => {
    await fill(act('12-31T22:40:00'), act('12-31T22:50:00'));
    expect(await share()).to.deep.equal([0, 0]);
    await fill(act('12-31T22:20:00'));
    expect(await share()).to.deep.equal([1, 1]);
  });

  it('belong to the period in which they begin', async () => {
    await model.fill(
      [
        { person: 'ada', time: '2021-09-30T09:00:00Z', course: 'word', object: 'one' },
        { person: 'ada', time: '2021-10-05T09:00:00Z', course: 'word', object: 'one', kind: 'completed' },
      ],
      [{ person: 'ada', direction: 'DRH' }],
    );
    expect(await valuesIn(model, interruptions, '2021-Q3')).to.deep.equal({ ada: [1, 1] });
    expect(await share()).to.deep.equal([0, 0]);
  });

  it('are resumed within five working days: holidays and weekends do not count', async () => {
    // Friday 5 November to Monday 15: 8, 9, 10, 12, 15, for the 11th is a holiday.
    await fill(act('11-05T09:00:00'), act('11-15T15:00:00'), act('11-15T15:10:00', done));
    expect(await valuesIn(model, resumption, Q4)).to.deep.equal({ ada: [1] });
    await fill(act('11-05T09:00:00'), act('11-16T08:00:00'), act('11-16T08:10:00', done));
    expect(await valuesIn(model, resumption, Q4)).to.deep.equal({ ada: [0] });
    expect(await valuesIn(model, masteryAfterInterruption, Q4)).to.deep.equal({ ada: [1] });
  });

  it('of the last days are left out, resumed or not', async () => {
    // From Friday 24 December 2021 there are five working days to Friday 31; from Monday 27 four.
    await fill(act('12-24T09:00:00'), act('12-27T09:00:00', done));
    expect(await valuesIn(model, resumption, Q4)).to.deep.equal({ ada: [1] });
    await fill(act('12-27T09:00:00'), act('12-28T09:00:00', done));
    expect(await valuesIn(model, resumption, Q4)).to.deep.equal({});
    expect(await valuesIn(model, masteryAfterInterruption, Q4)).to.deep.equal({});
  });

  it('end after so many working hours', async () => {
    // Friday 5 November 17:00 in Paris to Monday 09:30: two hours on Friday, one and a half on Monday.
    await fill(act('11-05T16:00:00'), act('11-08T08:30:00'), act('11-08T08:40:00', done));
    expect((await valuesIn(model, returnDelay, Q4)).ada?.[0]).to.be.closeTo(3.5, 1e-9);
    // Never back: no delay, yet not resumed.
    await fill(act('11-05T16:00:00'));
    expect(await valuesIn(model, returnDelay, Q4)).to.deep.equal({});
    expect(await valuesIn(model, resumption, Q4)).to.deep.equal({ ada: [0] });
  });
});
