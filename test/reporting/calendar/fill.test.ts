import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'chai';
import fc from 'fast-check';
import { CREATE_CALENDAR_TABLES, fillCalendars } from '../../../reporting/calendar/fill.ts';
import { calendarsOf, localOf, parseWorkingHours, workingDays, workingMs } from '../../../reporting/calendar/index.ts';

const workingHours = parseWorkingHours('Mon-Thu 08:30-12:00,Mon-Thu 13:30-18:00,Fri 08:30-17:00');
const nights = parseWorkingHours('Mon-Sun 01:30-02:30,Sat 22:00-24:00');
if (!workingHours || !nights) throw new Error('not hours');

const { all } = calendarsOf(
  { timeZone: 'Europe/Paris', holidays: 'metropole', workingHours },
  {
    closed: ['2025-12-24'],
    places: [
      { direction: 'Nuit', workingHours: nights },
      { direction: 'La Réunion', timeZone: 'Indian/Reunion', holidays: 'la-reunion' },
      { direction: 'Saint-Pierre', timeZone: 'America/Miquelon', holidays: 'saint-pierre-et-miquelon' },
      { direction: 'Nouméa', timeZone: 'Pacific/Noumea', holidays: 'nouvelle-caledonie' },
    ],
  },
);

const BETWEEN = `
  SELECT worked_before(b, last) - worked_before(a, first) AS worked,
    upto.ordinal - since.ordinal AS days,
    epoch_ms(local)::DOUBLE AS local
  FROM (
    SELECT *, timezone(zone, timezone('UTC', a)) AS local, timezone(zone, timezone('UTC', b)) AS localB FROM pairs JOIN calendars USING (calendar)
  ) AS pair
  ASOF LEFT JOIN working_spans AS first ON first.calendar = pair.calendar AND first.starts <= a
  ASOF LEFT JOIN working_spans AS last ON last.calendar = pair.calendar AND last.starts <= b
  LEFT JOIN working_days AS since ON since.calendar = pair.calendar AND since.day = local::DATE
  LEFT JOIN working_days AS upto ON upto.calendar = pair.calendar AND upto.day = localB::DATE
  ORDER BY i`;

describe('calendars in DuckDB', () => {
  let instance: DuckDBInstance;
  let connection: DuckDBConnection;
  before(async () => {
    instance = await DuckDBInstance.create(':memory:');
    connection = await instance.connect();
    await connection.run(CREATE_CALENDAR_TABLES);
    await connection.run('CREATE TABLE pairs (i INTEGER, calendar VARCHAR, a TIMESTAMP, b TIMESTAMP)');
    // Twice: what was there goes.
    for (let times = 0; times < 2; times += 1) await fillCalendars(connection, all, 2024, 2026);
  });
  after(() => {
    connection.closeSync();
    instance.closeSync();
  });

  async function between(pairs: readonly { calendar: string; a: number; b: number }[]) {
    await connection.run('DELETE FROM pairs');
    const rows = pairs.map(
      ({ calendar, a, b }, i) => `(${i}, '${calendar}', epoch_ms(${a}::BIGINT), epoch_ms(${b}::BIGINT))`,
    );
    await connection.run(`INSERT INTO pairs VALUES ${rows.join(', ')}`);
    return (await connection.runAndReadAll(BETWEEN)).getRowObjectsJS();
  }

  it('are those in use', async () => {
    const rows = (await connection.runAndReadAll('SELECT * FROM calendars')).getRowObjectsJS();
    expect(rows).to.deep.equal(all.map(({ id, timeZone }) => ({ calendar: id, zone: timeZone })));
    expect(all).to.have.length(5);
  });

  it('give the working time, working days and local time that the functions give', async () => {
    const range = { min: Date.UTC(2024, 0, 2), max: Date.UTC(2026, 11, 30) };
    // A third of the instants near a change of clocks: the last Sundays of March and October, the second of March and first of November.
    const changes = ['2024-03-31', '2025-10-26', '2025-03-09', '2025-11-02'].map((day) => Date.parse(`${day}T02:00Z`));
    const near = fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -86_400_000, max: 86_400_000 }))
      .map(([change, by]) => change + by);
    const instant = fc.oneof({ weight: 2, arbitrary: fc.integer(range) }, { weight: 1, arbitrary: near });
    const pair = fc.record({ place: fc.constantFrom(...all), a: instant, b: instant });
    await fc.assert(
      fc.asyncProperty(fc.array(pair, { minLength: 20, maxLength: 20 }), async (pairs) => {
        const rows = await between(pairs.map(({ place, a, b }) => ({ calendar: place.id, a, b })));
        rows.forEach((row, i) => {
          const { place, a, b } = pairs[i] ?? { place: all[0], a: 0, b: 0 };
          if (!place) throw new Error('no place');
          const what = `${place.timeZone} ${new Date(a).toISOString()} ${new Date(b).toISOString()}`;
          expect(Number(row.worked), what).to.equal(workingMs(place, a, b));
          expect(Number(row.days), what).to.equal(workingDays(place, a, b));
          const local = new Date(Number(row.local));
          expect({ day: local.toISOString().slice(0, 10), hour: local.getUTCHours() }, what).to.deep.equal(
            localOf(place.timeZone, a),
          );
        });
      }),
      { numRuns: 15 },
    );
  });

  it('say nothing of years that they do not hold', async () => {
    const calendar = all[0]?.id ?? '';
    const within = Date.UTC(2025, 0, 6);
    const rows = await between([
      { calendar, a: Date.UTC(2023, 11, 29), b: within },
      { calendar, a: within, b: Date.UTC(2027, 0, 4) },
      { calendar, a: Date.UTC(2023, 11, 31, 23), b: Date.UTC(2026, 11, 31, 22, 59, 59, 999) },
    ]);
    expect(rows.map(({ worked, days }) => [worked === null, days === null])).to.deep.equal([
      [true, true],
      [true, true],
      [false, false],
    ]);
  });
});
