import { expect } from 'chai';
import { addDays, isDay, startOfDay } from '../../../lrs/directory/index.ts';

const startOf = (timeZone: string, year: number, month: number, day: number): string =>
  new Date(
    startOfDay([year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-'), timeZone),
  ).toISOString();

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

  it('is followed by the next, over months, years and leap days', () => {
    expect(addDays('2021-12-31', 1)).to.equal('2022-01-01');
    expect(addDays('2024-02-28', 1)).to.equal('2024-02-29');
    expect(addDays('2021-03-01', -1)).to.equal('2021-02-28');
  });

  it('are told from what is none', () => {
    expect(['2024-02-29', '2021-12-31', '1970-01-01'].filter((day) => !isDay(day))).to.deep.equal([]);
    const none = ['2023-02-29', '2021-02-30', '2021-13-01', '2021-1-1', '31/12/2021', '2021-12-31T00:00:00Z', ''];
    expect(none.filter(isDay)).to.deep.equal([]);
  });
});
