/** Slots, pacing, start delay, tutor calls, scores. Times are UTC; Paris is one hour ahead in November. */
import { expect } from 'chai';
import { autonomy } from '../../../reporting/metrics/autonomy.ts';
import { callsByThird } from '../../../reporting/metrics/calls-by-third.ts';
import { pacing } from '../../../reporting/metrics/pacing.ts';
import { scores } from '../../../reporting/metrics/scores.ts';
import { slots } from '../../../reporting/metrics/slots.ts';
import { startDelay } from '../../../reporting/metrics/start-delay.ts';
import { valuesIn } from './ask.ts';
import { type Deed, type Model, openModel } from './model.ts';

const Q4 = '2021-Q4';

describe('planning and help', () => {
  let model: Model;
  before(async () => {
    model = await openModel();
  });
  after(() => model.close());

  const at = (time: string) => `2021-${time}Z`;
  const act = (time: string, more: Partial<Deed> = {}): Deed => ({
    person: 'ada',
    time: at(time),
    course: 'word',
    object: 'one',
    ...more,
  });
  const fill = (...deeds: Deed[]) => model.fill(deeds, [{ person: 'ada', direction: 'DRH' }]);
  /** A fact about a slot; with a time, the hour that begins then. */
  const slot = (time: string, kind: string, id: string, from?: string): Deed => ({
    person: 'ada',
    time: at(time),
    kind,
    active: false,
    object: id,
    module: null,
    slot: { id, ...(from && { from: at(from), to: new Date(Date.parse(at(from)) + 3_600_000).toISOString() }) },
  });

  it('a slot is kept by learning in it, or by what is said; moved and missed ones are told apart', async () => {
    await fill(
      slot('11-01T09:00:00', 'slotPlanned', 'a', '11-02T09:00:00'),
      act('11-02T09:59:59'),
      slot('11-01T09:00:00', 'slotPlanned', 'b', '11-03T09:00:00'),
      // The hour has ended.
      act('11-03T10:00:00'),
      slot('11-01T09:00:00', 'slotPlanned', 'c', '11-04T09:00:00'),
      slot('11-04T08:00:00', 'slotMoved', 'c', '11-05T09:00:00'),
      slot('11-05T10:00:00', 'slotKept', 'c'),
      slot('11-01T09:00:00', 'slotPlanned', 'd', '11-09T09:00:00'),
      slot('11-08T09:00:00', 'slotCancelled', 'd'),
      // Moved into the next quarter.
      slot('11-01T09:00:00', 'slotPlanned', 'e', '12-31T09:00:00'),
      {
        ...slot('12-30T09:00:00', 'slotMoved', 'e'),
        slot: { id: 'e', from: '2022-01-10T09:00:00Z', to: '2022-01-10T10:00:00Z' },
      },
    );
    // slots, kept, missed, cancelled, moved
    expect(await valuesIn(model, slots, Q4)).to.deep.equal({ ada: [4, 0.5, 0.25, 0.25, 0.25] });
    expect(await valuesIn(model, slots, '2022-Q1')).to.deep.equal({ ada: [1, 0, 1, 0, 1] });
  });

  it('a slot that was moved without saying until when has no end, not the one that it had before', async () => {
    await fill(
      slot('11-01T09:00:00', 'slotPlanned', 'a', '11-05T09:00:00'),
      { ...slot('11-01T10:00:00', 'slotMoved', 'a'), slot: { id: 'a', from: at('11-02T09:00:00') } },
      act('11-03T09:00:00'),
    );
    expect(await valuesIn(model, slots, Q4)).to.deep.equal({ ada: [1, 0, 1, 0, 1] });
  });

  it('what is said to be missed is missed, whatever happened in it', async () => {
    await fill(
      slot('11-01T09:00:00', 'slotPlanned', 'a', '11-02T09:00:00'),
      act('11-02T09:30:00'),
      slot('11-02T10:00:00', 'slotMissed', 'a'),
    );
    expect(await valuesIn(model, slots, Q4)).to.deep.equal({ ada: [1, 0, 1, 0, 0] });
  });

  it('pacing sets modules done against slots planned, since the first slot', async () => {
    await fill(
      act('10-05T09:00:00', { kind: 'completed', object: 'zero' }),
      slot('11-01T09:00:00', 'slotPlanned', 'a', '11-02T09:00:00'),
      slot('11-01T09:00:00', 'slotPlanned', 'b', '11-09T09:00:00'),
      slot('11-01T09:00:00', 'slotPlanned', 'c', '11-16T09:00:00'),
      slot('11-08T09:00:00', 'slotCancelled', 'c'),
      act('11-02T09:30:00', { kind: 'completed', object: 'one' }),
      act('11-02T09:40:00', { kind: 'completed', object: 'one' }),
    );
    expect(await valuesIn(model, pacing, Q4)).to.deep.equal({ ada: [0.5] });
    expect(await valuesIn(model, pacing, '2022-Q1')).to.deep.equal({});
  });

  it('the start delay is in working days, 0 on the same day', async () => {
    const registered = (time: string, course: string) =>
      act(time, { kind: 'registered', active: false, object: course, course });
    // Friday 29 October to Tuesday 2 November: Monday is All Saints', one working day.
    await fill(registered('10-29T09:00:00', 'word'), act('11-02T08:00:00'));
    expect(await valuesIn(model, startDelay, Q4)).to.deep.equal({ ada: [1] });
    await fill(
      registered('10-29T09:00:00', 'word'),
      act('11-02T08:00:00'),
      registered('11-03T09:00:00', 'excel'),
      act('11-03T15:00:00', { course: 'excel' }),
      // Nobody registered this one.
      act('11-03T15:00:00', { course: 'mail' }),
    );
    expect(await valuesIn(model, startDelay, Q4)).to.deep.equal({ ada: [0.5] });
  });

  it('calls count against completed modules, and a module completed before the call was done alone', async () => {
    const call = (time: string, module: string | null) => act(time, { kind: 'tutorCalled', object: 'tutor', module });
    await fill(
      act('11-02T09:00:00', { kind: 'completed', object: 'one' }),
      call('11-03T09:00:00', 'one'),
      call('11-03T09:30:00', 'two'),
      act('11-03T10:00:00', { kind: 'completed', object: 'two' }),
      call('11-03T11:00:00', null),
    );
    expect(await valuesIn(model, autonomy, Q4)).to.deep.equal({ ada: [1.5, 0.5] });
  });

  it('calls fall into thirds of the parcours', async () => {
    const call = (time: string) => act(time, { kind: 'tutorCalled', object: 'tutor', module: null });
    await fill(
      act('11-01T00:00:00'),
      call('11-01T12:00:00'),
      call('11-02T00:00:00'),
      call('11-03T12:00:00'),
      call('11-03T13:00:00'),
      act('11-04T00:00:00', { kind: 'completed', object: 'word' }),
      call('11-04T00:00:00'),
    );
    expect(await valuesIn(model, callsByThird, Q4)).to.deep.equal({ ada: [1, 1, 2] });
  });

  it('the last score of a module counts', async () => {
    await fill(
      act('11-02T09:00:00', { kind: 'failed', scaled: 0.2 }),
      act('11-03T09:00:00', { kind: 'passed', scaled: 0.8 }),
      act('11-03T09:00:00', { kind: 'passed', object: 'two', scaled: -0.4 }),
      act('11-04T09:00:00'),
    );
    const values = await valuesIn(model, scores, Q4);
    expect(values.ada?.[0]).to.be.closeTo(0.2, 1e-12);
  });
});
