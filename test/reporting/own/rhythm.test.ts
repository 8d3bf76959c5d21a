import { expect } from 'chai';
import type { OwnActiveHour } from '../../../reporting/own/model.ts';
import { rhythmOf } from '../../../reporting/own/rhythm.ts';

/** Monday is 2 November 2026. */
const at = (day: number, ...hours: number[]): OwnActiveHour[] =>
  hours.map((hour) => ({ day: `2026-11-${String(day).padStart(2, '0')}`, hour, events: 3 }));

describe('habits', () => {
  it('are the fewest days and the shortest time of day that hold two thirds', () => {
    const rhythm = rhythmOf([...at(3, 9, 10), ...at(5, 10), ...at(10, 9), ...at(12, 9, 10), ...at(13, 17)]);
    expect(rhythm.weekdays).to.deep.equal([2, 4]);
    expect(rhythm.hours).to.deep.equal({ from: 9, to: 11 });
    expect([rhythm.weeks, rhythm.enough]).to.deep.equal([2, true]);
    expect(rhythm.grid[1]?.[9]).to.equal(2);
    expect(rhythm.grid[4]?.[17]).to.equal(1);
    expect(rhythm.grid.flat().reduce((sum, weeks) => sum + weeks, 0)).to.equal(7);
  });

  it('are none where days or hours are as usual as others', () => {
    const rhythm = rhythmOf([...at(2, 7), ...at(3, 11), ...at(4, 15), ...at(12, 19), ...at(13, 7)]);
    expect(rhythm.weekdays).to.equal(null);
    expect(rhythm.hours).to.equal(null);
  });

  it('take along a day that is as usual as the last one that is needed', () => {
    expect(rhythmOf([...at(2, 9), ...at(9, 9), ...at(3, 9), ...at(5, 9)]).weekdays).to.deep.equal([1, 2, 4]);
  });

  it('are not spoken of before there are four days in two weeks', () => {
    expect(rhythmOf([...at(2, 9), ...at(3, 9), ...at(4, 9), ...at(5, 9)]).enough).to.equal(false);
    expect(rhythmOf([...at(2, 9), ...at(3, 9), ...at(9, 9)]).enough).to.equal(false);
    expect(rhythmOf([]).enough).to.equal(false);
  });

  it('count weeks from Monday to Sunday, and the last hour of a day', () => {
    const rhythm = rhythmOf([...at(8, 23), ...at(9, 23), ...at(15, 23), ...at(16, 23)]);
    expect([rhythm.weeks, rhythm.hours]).to.deep.equal([3, { from: 23, to: 24 }]);
    expect(rhythm.weekdays).to.deep.equal([1, 7]);
  });
});
