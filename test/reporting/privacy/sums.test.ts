import { expect } from 'chai';
import { dropouts } from '../../../reporting/metrics/dropouts.ts';
import type { Contribution } from '../../../reporting/metrics/metric.ts';
import { rounding } from '../../../reporting/privacy/draw.ts';
import { sumsOf, together } from '../../../reporting/privacy/sums.ts';

/** So many people who have been in some modules, and stopped after one or after none. */
const people = (name: string, count: number, beenIn: string[], after?: string): Contribution[] =>
  Array.from({ length: count }, (_, index) => ({
    person: `${name}-${index}`,
    leaf: ['DRH'],
    values: [after === undefined ? 0 : 1],
    keys: { beenIn, droppedAfter: after === undefined ? [] : [after] },
  }));

const tallyOf = (members: readonly Contribution[], secret = 'secret') =>
  sumsOf(members, dropouts, { draw: rounding(secret), minimum: 11 }).parts.droppedAfter;

describe('tallies of behaviour', () => {
  it('tell nothing of a module in which fewer than k of the atom have been, whoever else there is', () => {
    // One alone is in another parcours, which a correspondent sees by name.
    const alone = people('alone', 1, ['cells'], 'cells');
    for (let seed = 0; seed < 20; seed++) {
      expect(tallyOf([...people('a', 30, ['one']), ...alone], `${seed}`)).to.deep.equal({});
      // Nor by what is left of all who stopped when those after the other modules are taken away.
      expect(tallyOf([...people('a', 30, ['one'], 'one'), ...alone], `${seed}`)).to.deep.equal({});
      expect(tallyOf([...people('a', 30, ['one']), ...people('b', 10, ['two'], 'two')], `${seed}`)).to.deep.equal({});
    }
    expect(tallyOf(people('b', 12, ['two'], 'two'))).to.deep.equal({ two: 12 });
  });

  it('leave enough people, or nobody, of whom they tell nothing', () => {
    const [one, two] = [people('a', 30, ['one'], 'one'), people('b', 12, ['two'], 'two')];
    expect(tallyOf([...one, ...two])).to.deep.equal({ one: 30, two: 12 });
    // With the smaller of both; nobody is left then who is alone.
    expect(tallyOf([...one, ...two, ...people('c', 1, [])])).to.deep.equal({ one: 30 });
    expect(tallyOf([...one, ...two, ...people('c', 11, ['three'])])).to.deep.equal({ one: 30, two: 12 });
    expect(tallyOf([...one, ...two, ...people('c', 10, ['three'], 'three')])).to.deep.equal({ one: 30 });
  });

  it('are rounded to a multiple of 3 by the draw of these people, and right on average', () => {
    const members = [...people('a', 20, ['one']), ...people('b', 4, ['one'], 'one')];
    const told = Array.from({ length: 600 }, (_, seed) => tallyOf(members, `${seed}`));
    expect(new Set(told.map((each) => JSON.stringify(each)))).to.have.keys(['{"one":3}', '{"one":6}']);
    const counts = told.map((each) => (each as Record<string, number>).one ?? 0);
    expect(counts.reduce((sum, count) => sum + count, 0) / counts.length).to.be.within(3.8, 4.2);
    const again = tallyOf([...members].reverse(), '1');
    expect(again).to.deep.equal(told[1]);
  });

  it('name no module of which the draw gives nobody', () => {
    const members = [...people('a', 20, ['one']), ...people('b', 1, ['one'], 'one')];
    const told = new Set(Array.from({ length: 60 }, (_, seed) => JSON.stringify(tallyOf(members, `${seed}`))));
    expect(told).to.have.keys(['{}', '{"one":3}']);
  });

  it('add up over atoms', () => {
    const counting = { draw: rounding('secret'), minimum: 11 };
    const atoms = [people('a', 12, ['one'], 'one'), people('b', 15, ['one', 'two'], 'one')];
    const sums = together(atoms.map((members) => sumsOf(members, dropouts, counting)));
    expect(sums.parts.droppedAfter).to.deep.equal({ one: 27 });
  });
});
