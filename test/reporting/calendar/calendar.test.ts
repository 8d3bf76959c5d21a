import { expect } from 'chai';
import fc from 'fast-check';
import { dayOf, wallClock } from '../../../lrs/directory/index.ts';
import {
  type Calendar,
  type CalendarSettings,
  calendarsOf,
  type HolidayZone,
  holidaysOf,
  localOf,
  parseWorkingHours,
  weekdayOf,
  workingDays,
  workingMs,
  workingSpans,
} from '../../../reporting/calendar/index.ts';

const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(text);

function hours(text: string) {
  const read = parseWorkingHours(text);
  if (!read) throw new Error(`not hours: ${text}`);
  return read;
}

function calendar(text = 'Mon-Fri 08:00-19:00', timeZone = 'Europe/Paris', holidays: HolidayZone = 'metropole') {
  const settings: CalendarSettings = { timeZone, holidays, workingHours: hours(text) };
  return calendarsOf(settings, { closed: ['2026-12-24'], places: [] }).site;
}

const shown = (spans: readonly { from: number; to: number }[]): string[] =>
  spans.map(({ from, to }) => `${new Date(from).toISOString().slice(0, 16)} ${(to - from) / HOUR}h`);

describe('working hours', () => {
  it('are read as the days and minutes that they are', () => {
    expect(hours('Sat 22:00-24:00, Mon-Tue  08:30-12:00').daily).to.deep.equal([
      { weekday: 1, from: 510, to: 720 },
      { weekday: 2, from: 510, to: 720 },
      { weekday: 6, from: 1320, to: 1440 },
    ]);
    expect(hours('Fri 08:30-17:00,Fri 17:00-18:00').daily).to.have.length(2);
  });

  const wrong = [
    ...['', 'Mon-Fri', '08:00-19:00', 'mon-fri 08:00-19:00', 'Lun-Ven 08:00-19:00', 'Fri-Mon 08:00-19:00'],
    ...['Mon-Fri 8:00-19:00', 'Mon-Fri 19:00-08:00', 'Mon-Fri 08:00-08:00', 'Mon-Fri 08:60-19:00', 'Mon 08:00-24:01'],
    ...['Mon-Fri 08:00-19:00,', 'Mon-Fri 08:00-12:00,Fri 11:59-13:00', 'Mon-Fri 08:00-19:00 CET'],
  ];
  for (const text of wrong) {
    it(`are not “${text}”`, () => expect(parseWorkingHours(text)).to.equal(undefined));
  }
});

describe('a working calendar', () => {
  it('leaves out weekends, public holidays and closed days', () => {
    // Friday 1 May, then the weekend; Friday 8 May.
    expect(shown(workingSpans(calendar(), '2026-04-30', '2026-05-08'))).to.deep.equal(
      ['04-30', '05-04', '05-05', '05-06', '05-07'].map((day) => `2026-${day}T06:00 11h`),
    );
    // Thursday 24 December is closed, Friday is Christmas.
    expect(shown(workingSpans(calendar(), '2026-12-23', '2026-12-28'))).to.deep.equal([
      '2026-12-23T07:00 11h',
      '2026-12-28T07:00 11h',
    ]);
  });

  it('keeps to the clock on the wall when it changes', () => {
    const days = ['2026-03-27', '2026-03-30', '2026-10-23', '2026-10-26'];
    expect(days.flatMap((day) => shown(workingSpans(calendar(), day, day)))).to.deep.equal([
      ...['2026-03-27T07:00 11h', '2026-03-30T06:00 11h', '2026-10-23T06:00 11h', '2026-10-26T07:00 11h'],
    ]);
  });

  it('counts what the clock really shows in the night of the change', () => {
    const night = calendar('Sun 01:30-02:30', 'Europe/Paris', 'none');
    // 02:00 to 03:00 is skipped in spring, and comes twice in autumn.
    expect(shown(workingSpans(night, '2026-03-29', '2026-03-29'))).to.deep.equal(['2026-03-29T00:30 0.5h']);
    expect(shown(workingSpans(night, '2026-10-25', '2026-10-25'))).to.deep.equal([
      '2026-10-24T23:30 1h',
      '2026-10-25T01:00 0.5h',
    ]);
    const whole = calendar('Sun 00:00-24:00', 'Europe/Paris', 'none');
    expect(shown(workingSpans(whole, '2026-03-29', '2026-03-29'))).to.deep.equal(['2026-03-28T23:00 23h']);
    expect(shown(workingSpans(whole, '2026-10-25', '2026-10-25'))).to.deep.equal(['2026-10-24T22:00 25h']);
  });

  it('counts working time between instants, both ways', () => {
    const paris = calendar();
    // Thursday 18:00 to Monday 09:00 over Friday 1 May: one hour and one.
    const [a, b] = [at('2026-04-30T16:00Z'), at('2026-05-04T07:00Z')];
    expect(workingMs(paris, a, b)).to.equal(2 * HOUR);
    expect(workingMs(paris, b, a)).to.equal(-2 * HOUR);
    expect(workingMs(paris, at('2026-05-01T08:00Z'), at('2026-05-03T20:00Z'))).to.equal(0);
    // In La Réunion the two instants are 20:00 and 11:00.
    expect(workingMs(calendar('Mon-Fri 08:00-19:00', 'Indian/Reunion', 'la-reunion'), a, b)).to.equal(3 * HOUR);
  });

  it('counts the working days after that of the first instant', () => {
    const days = (a: string, b: string) => workingDays(calendar(), at(a), at(b));
    expect(days('2026-06-05T06:00Z', '2026-06-05T20:00Z'), 'the same day').to.equal(0);
    expect(days('2026-06-05T20:00Z', '2026-06-07T20:00Z'), 'Friday to Sunday').to.equal(0);
    expect(days('2026-06-05T20:00Z', '2026-06-08T05:00Z'), 'Friday to Monday').to.equal(1);
    expect(days('2026-06-06T20:00Z', '2026-06-08T05:00Z'), 'Saturday to Monday').to.equal(1);
    expect(days('2026-04-30T08:00Z', '2026-05-11T08:00Z'), 'over two holidays').to.equal(5);
    expect(days('2026-06-05T21:59Z', '2026-06-05T22:01Z'), 'over midnight into Saturday').to.equal(0);
    expect(days('2026-06-04T21:59Z', '2026-06-04T22:01Z'), 'over midnight into Friday').to.equal(1);
    expect(days('2026-06-08T05:00Z', '2026-06-05T20:00Z'), 'backwards').to.equal(-1);
  });

  it('knows the day and hour of a place', () => {
    expect(localOf('Europe/Paris', at('2026-03-29T00:59:59.999Z'))).to.deep.equal({ day: '2026-03-29', hour: 1 });
    expect(localOf('Europe/Paris', at('2026-03-29T01:00Z'))).to.deep.equal({ day: '2026-03-29', hour: 3 });
    expect(localOf('Pacific/Noumea', at('2026-03-29T13:00Z'))).to.deep.equal({ day: '2026-03-30', hour: 0 });
    expect(weekdayOf('2026-03-29')).to.equal(7);
  });

  it('works exactly when the clock shows working hours, in any zone, over any change', () => {
    /** Said once more, from the clock alone. */
    const isWorked = ({ hours: { daily }, timeZone, holidays, closed }: Calendar, instant: number): boolean => {
      const day = dayOf(instant, timeZone);
      const minute = (wallClock(instant, timeZone) / 60_000) % 1440;
      if (closed.includes(day) || holidaysOf(holidays, Number(day.slice(0, 4))).some((each) => each.day === day))
        return false;
      return daily.some((each) => each.weekday === weekdayOf(day) && each.from <= minute && minute < each.to);
    };
    // Zones of French territories with a change of clocks, and the odd ones: half an hour, at midnight, a day skipped.
    const zone = fc.constantFrom(
      'Europe/Paris',
      'America/Miquelon',
      'Australia/Lord_Howe',
      'Africa/Cairo',
      'Pacific/Apia',
    );
    const text = fc.constantFrom('Mon-Fri 08:00-19:00', 'Mon-Sun 00:00-24:00', 'Mon-Sun 00:10-02:20,Sun 23:00-24:00');
    const minute = fc.integer({ min: at('2010-01-01') / 60_000, max: at('2026-12-31') / 60_000 });
    const holidays = fc.constantFrom<HolidayZone>('alsace-moselle', 'none');
    fc.assert(
      fc.property(zone, text, holidays, minute, (timeZone, week, zoneOfHolidays, start) => {
        const place = calendar(week, timeZone, zoneOfHolidays);
        const first = changeNear(timeZone, start * 60_000) - 12 * HOUR;
        for (let instant = first; instant < first + 24 * HOUR; instant += 10 * 60_000) {
          expect(workingMs(place, instant, instant + 60_000), new Date(instant).toISOString()).to.equal(
            isWorked(place, instant) ? 60_000 : 0,
          );
        }
      }),
      { numRuns: 40 },
    );
  });
});

/** The hour of the next change of clocks within 200 days; where there is none, the instant itself. */
function changeNear(zone: string, instant: number): number {
  const ahead = (time: number): number => wallClock(time, zone) - Math.floor(time / 1000) * 1000;
  const day = Array.from({ length: 200 }, (_, i) => instant + i * 24 * HOUR).find(
    (t) => ahead(t) !== ahead(t + 24 * HOUR),
  );
  return day ?? instant;
}
