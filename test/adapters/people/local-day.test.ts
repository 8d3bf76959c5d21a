import { expect } from 'chai';
import { createLocalDays } from '../../../adapters/people/local-day.ts';

const startOf = (timeZone: string, year: number, month: number, day: number): string =>
  new Date(createLocalDays(timeZone).startOf(year, month, day)).toISOString();

describe('a local day', () => {
  it('starts at midnight of its zone, in summer and in winter', () => {
    expect(startOf('Europe/Paris', 2021, 7, 1)).to.equal('2021-06-30T22:00:00.000Z');
    expect(startOf('Europe/Paris', 2021, 12, 1)).to.equal('2021-11-30T23:00:00.000Z');
    expect(startOf('Indian/Reunion', 2021, 7, 1)).to.equal('2021-06-30T20:00:00.000Z');
    expect(startOf('America/Cayenne', 2021, 7, 1)).to.equal('2021-07-01T03:00:00.000Z');
  });

  it('starts right on the days when the clocks change', () => {
    expect(startOf('Europe/Paris', 2021, 3, 28)).to.equal('2021-03-27T23:00:00.000Z');
    expect(startOf('Europe/Paris', 2021, 3, 29)).to.equal('2021-03-28T22:00:00.000Z');
    expect(startOf('Europe/Paris', 2021, 10, 31)).to.equal('2021-10-30T22:00:00.000Z');
    expect(startOf('Europe/Paris', 2021, 11, 1)).to.equal('2021-10-31T23:00:00.000Z');
  });

  it('starts at one where the clocks skip midnight, and once where they repeat the hour before', () => {
    expect(startOf('America/Sao_Paulo', 2018, 11, 4)).to.equal('2018-11-04T03:00:00.000Z');
    expect(startOf('America/Sao_Paulo', 2019, 2, 17)).to.equal('2019-02-17T03:00:00.000Z');
  });

  it('goes on into the next month', () => {
    expect(startOf('Europe/Paris', 2021, 12, 32)).to.equal('2021-12-31T23:00:00.000Z');
  });
});
