import { expect } from 'chai';
import { places } from '../../../reporting/metrics/places.ts';
import { type Model, openModel } from './model.ts';
import { RULES, type Told, valuesOf } from './recounted.ts';

describe('places of learning', () => {
  let model: Model;
  before(async () => {
    model = await openModel(RULES);
  });
  after(() => model.close());

  const at = (time: string, place: string | null, active = true): Told => [`2021-11-${time}Z`, { place, active }];
  const of = (told: readonly Told[]) => valuesOf(model, places, told);

  it('shares out the sessions whose place is declared', async () => {
    const found = await of([
      at('08T09:00:00', 'workstation'),
      at('08T09:10:00', null),
      at('09T09:00:00', null), // no place in this session
      at('10T09:00:00', null),
      at('10T09:05:00', 'resourceCentre'),
      at('11T09:00:00', 'workstation'),
    ]);
    expect(found).to.deep.equal([1, 1, 0, 2 / 3, 1 / 3, 0]);
  });

  it('takes the first place declared in a session, at one instant the one stored first', async () => {
    const told = [at('08T09:00:00', 'elsewhere'), at('08T09:00:00', 'workstation'), at('08T09:05:00', 'workstation')];
    expect(await of(told)).to.deep.equal([0, 0, 1, 0, 0, 1]);
  });

  it('needs a declared place, by the person, in a session of the period', async () => {
    expect(await of([at('08T09:00:00', null)])).to.equal(undefined);
    expect(await of([at('08T09:00:00', null), at('08T09:05:00', 'workstation', false)])).to.equal(undefined);
    expect(await of([['2021-09-08T09:00:00Z', { place: 'workstation' }]])).to.equal(undefined);
  });
});
