import { expect } from 'chai';
import { dueAt, GIVEN_UP_AFTER, pauseAfter } from '../../../reporting/digests/due.ts';

const PARIS = 'Europe/Paris';
const NEWEST = { period: '2026-Q3', publishedAt: Date.parse('2026-10-08T02:00:00Z') };
const at = (time: string): number => Date.parse(time);

describe('when a digest is due', () => {
  it('with a period: an hour after it was published, for the reports are published one after the other', () => {
    expect(dueAt('publication', NEWEST, at('2026-10-08T02:59:59Z'), PARIS)).to.equal(undefined);
    expect(dueAt('publication', NEWEST, at('2026-10-08T03:00:00Z'), PARIS)).to.equal('2026-Q3');
    expect(dueAt('publication', NEWEST, at('2026-12-24T03:00:00Z'), PARIS)).to.equal('2026-Q3');
  });

  it('every month, and every week: from seven in the morning of the first day on, by the clock of the site', () => {
    expect(dueAt('monthly', NEWEST, at('2026-11-01T05:59:00Z'), PARIS)).to.equal('2026-10');
    expect(dueAt('monthly', NEWEST, at('2026-11-01T06:00:00Z'), PARIS)).to.equal('2026-11');
    expect(dueAt('monthly', NEWEST, at('2026-11-01T03:00:00Z'), 'Indian/Reunion')).to.equal('2026-11');
    expect(dueAt('weekly', NEWEST, at('2026-11-30T05:59:00Z'), PARIS)).to.equal('2026-11-23');
    expect(dueAt('weekly', NEWEST, at('2026-11-30T06:00:00Z'), PARIS)).to.equal('2026-11-30');
    // A Sunday, of another year than its Monday.
    expect(dueAt('weekly', NEWEST, at('2027-01-03T12:00:00Z'), PARIS)).to.equal('2026-12-28');
  });

  it('never before there is something to tell of', () => {
    for (const frequency of ['publication', 'monthly', 'weekly'] as const) {
      expect(dueAt(frequency, undefined, at('2026-11-01T12:00:00Z'), PARIS)).to.equal(undefined);
    }
  });

  it('is tried again after longer and longer pauses, at most a day, some ten times until it is given up', () => {
    const pauses = Array.from({ length: 12 }, (_, tries) => pauseAfter(tries + 1) / 60_000);
    expect(pauses.slice(0, 4)).to.deep.equal([10, 20, 40, 80]);
    expect(Math.max(...pauses)).to.equal(24 * 60);
    let [tries, passed] = [0, 0];
    while (passed < GIVEN_UP_AFTER) passed += pauseAfter(++tries);
    expect(tries).to.equal(10);
  });
});
