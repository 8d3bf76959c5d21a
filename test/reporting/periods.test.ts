import { expect } from 'chai';
import { dayOf, startOfDay } from '../../lrs/directory/index.ts';
import { LivretError } from '../../lrs/index.ts';
import { ofPeriod } from '../../reporting/periods/names.ts';
import { isClosed, type PeriodLength, parsePeriod, periodAt } from '../../reporting/periods/period.ts';

const PARIS = 'Europe/Paris';
const iso = (instant: number): string => new Date(instant).toISOString();

describe('reporting periods', () => {
  it('begin and end at midnight of the site, whichever way its clocks stand', () => {
    const quarter = parsePeriod('2021-Q4', 'quarter', PARIS);
    expect(quarter).to.include({ year: 2021, firstDay: '2021-10-01', lastDay: '2021-12-31' });
    // Summer time at the beginning, winter time at the end.
    expect([iso(quarter.start), iso(quarter.end)]).to.deep.equal([
      '2021-09-30T22:00:00.000Z',
      '2021-12-31T23:00:00.000Z',
    ]);
    const february = parsePeriod('2024-02', 'month', PARIS);
    expect(february.lastDay).to.equal('2024-02-29');
    const year = parsePeriod('2021', 'year', 'America/Martinique');
    expect(iso(year.start)).to.equal('2021-01-01T04:00:00.000Z');
  });

  it('begin where midnight is skipped, and once where it comes twice', () => {
    // In Santiago the clocks go from 24:00 to 01:00 in September and from 24:00 back to 23:00 in April.
    expect(iso(startOfDay('2021-09-05', 'America/Santiago'))).to.equal('2021-09-05T04:00:00.000Z');
    expect(iso(startOfDay('2021-04-04', 'America/Santiago'))).to.equal('2021-04-04T04:00:00.000Z');
    // In Havana midnight comes twice in November: 00:59 is followed by 00:00.
    expect(iso(startOfDay('2021-11-07', 'America/Havana'))).to.equal('2021-11-07T04:00:00.000Z');
    expect(dayOf(Date.UTC(2021, 11, 31, 23, 0), PARIS)).to.equal('2022-01-01');
  });

  it('follow one another without a gap, and each instant lies in one', () => {
    for (const length of ['month', 'quarter', 'year'] as const) {
      let period = periodAt(Date.UTC(2020, 0, 15), length, PARIS);
      for (let count = 0; count < 30; count++) {
        expect(parsePeriod(period.name, length, PARIS)).to.deep.equal(period);
        expect(periodAt(period.end - 1, length, PARIS)).to.deep.equal(period);
        const next = periodAt(period.end, length, PARIS);
        expect(next.start).to.equal(period.end);
        expect(next.name > period.name).to.equal(true);
        period = next;
      }
    }
  });

  it('are over at the first instant after them', () => {
    const period = parsePeriod('2021-Q4', 'quarter', PARIS);
    expect([isClosed(period, period.end - 1), isClosed(period, period.end)]).to.deep.equal([false, true]);
  });

  it('refuse names of another length and what is no period', () => {
    const wrong: [string, PeriodLength][] = [
      ['2021-11', 'quarter'],
      ['2021-Q4', 'month'],
      ['2021-Q5', 'quarter'],
      ['2021-13', 'month'],
      ['21', 'year'],
      ['', 'quarter'],
      ["2021-Q4'; DROP TABLE events", 'quarter'],
    ];
    for (const [name, length] of wrong) {
      expect(() => parsePeriod(name, length, PARIS), name)
        .to.throw(LivretError)
        .with.property('code', 'report.period');
    }
  });

  it('are named after a noun as the language wants it', () => {
    const names = ['2021-Q1', '2021-11', '2021-04', '2021-10', '2021'];
    expect(names.map((name) => ofPeriod('fr', name))).to.deep.equal([
      'du 1er trimestre 2021',
      'de novembre 2021',
      'd’avril 2021',
      'd’octobre 2021',
      'de 2021',
    ]);
    expect(names.slice(0, 2).map((name) => ofPeriod('en', name))).to.deep.equal(['of Q1 2021', 'of November 2021']);
  });
});
