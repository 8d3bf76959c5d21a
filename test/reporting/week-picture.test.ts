import { expect } from 'chai';
import { hoursOf } from '../../reporting/week-picture.tsx';

describe('the picture of a week', () => {
  const week = (...active: [day: number, hour: number][]): number[][] =>
    Array.from({ length: 7 }, (_, day) =>
      Array.from({ length: 24 }, (_each, hour) => (active.some(([d, h]) => d === day && h === hour) ? 3 : 0)),
    );

  it('shows the hours of an office, where nothing was done too', () => {
    expect(hoursOf(week())).to.deep.equal([8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]);
    expect(hoursOf(week([0, 9]))).to.deep.equal(hoursOf(week()));
  });

  it('begins earlier and ends later where somebody did', () => {
    const hours = hoursOf(week([2, 5], [6, 23]));
    expect([hours[0], hours.at(-1), hours.length]).to.deep.equal([5, 23, 19]);
    expect(hoursOf(week([0, 0]))[0]).to.equal(0);
  });
});
