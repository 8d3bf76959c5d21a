/** The calendars in DuckDB, so that working time between two instants is two ASOF joins and a subtraction. */
import { type DuckDBConnection, DuckDBDateValue } from '@duckdb/node-api';
import { startOfDay } from '../../lrs/directory/index.ts';
import { appendRow, type Cell } from '../projection/append.ts';
import { type Calendar, daysFrom, isWorkingDay, workingSpans } from './calendar.ts';
import { DAY } from './civil-time.ts';

export const CALENDAR_TABLES = ['calendars', 'working_spans', 'working_days'] as const;

export const CREATE_CALENDAR_TABLES = `
  CREATE TABLE calendars (calendar VARCHAR PRIMARY KEY, zone VARCHAR NOT NULL);

  -- Working time, in order. The first row of a calendar is empty and begins its first year; the last is empty, begins the
  -- year after its last, and has no worked: what lies outside of these years gives NULL, never a wrong figure.
  CREATE TABLE working_spans (
    calendar VARCHAR NOT NULL,
    starts TIMESTAMP NOT NULL,    -- UTC
    ends TIMESTAMP NOT NULL,      -- first instant after it
    worked BIGINT                 -- milliseconds of working time before it, since the first row
  );

  -- Every civil day of the same years, with the working days up to and with it.
  CREATE TABLE working_days (calendar VARCHAR NOT NULL, day DATE NOT NULL, ordinal INTEGER NOT NULL);

  -- Milliseconds of working time before an instant, in the span found for it by
  -- ASOF LEFT JOIN working_spans s ON s.calendar = … AND s.starts <= instant
  CREATE OR REPLACE MACRO worked_before(instant, span) AS
    span.worked + epoch_ms(least(instant, span.ends)) - epoch_ms(span.starts);
`;

const dateOf = (day: string): DuckDBDateValue => new DuckDBDateValue(Date.parse(`${day}T00:00:00Z`) / DAY);

async function append(connection: DuckDBConnection, table: string, rows: Iterable<readonly Cell[]>): Promise<void> {
  const appender = await connection.createAppender(table);
  for (const row of rows) appendRow(appender, row);
  appender.closeSync();
}

function* spanRows(calendar: Calendar, firstYear: number, lastYear: number): Generator<Cell[]> {
  const edge = (year: number): Date => new Date(startOfDay(`${year}-01-01`, calendar.timeZone));
  const begin = edge(firstYear);
  const end = edge(lastYear + 1);
  yield [calendar.id, begin, begin, 0];
  let worked = 0;
  for (const { from, to } of workingSpans(calendar, `${firstYear}-01-01`, `${lastYear}-12-31`)) {
    yield [calendar.id, new Date(from), new Date(to), worked];
    worked += to - from;
  }
  yield [calendar.id, end, end, null];
}

/**
 * Fills the tables anew, in the transaction that is open: each calendar for whole years of its civil time, both included.
 * About 4 ms for a calendar and year.
 */
export async function fillCalendars(
  connection: DuckDBConnection,
  calendars: readonly Calendar[],
  firstYear: number,
  lastYear: number,
): Promise<void> {
  for (const table of CALENDAR_TABLES) await connection.run(`DELETE FROM ${table}`);
  const rows = calendars.map(({ id, timeZone }) => [id, timeZone]);
  await append(connection, 'calendars', rows);
  for (const calendar of calendars) {
    await append(connection, 'working_spans', spanRows(calendar, firstYear, lastYear));
    await appendDays(connection, calendar, firstYear, lastYear);
  }
}

async function appendDays(connection: DuckDBConnection, calendar: Calendar, firstYear: number, lastYear: number) {
  const appender = await connection.createAppender('working_days');
  let ordinal = 0;
  for (const day of daysFrom(`${firstYear}-01-01`, `${lastYear}-12-31`)) {
    if (isWorkingDay(calendar, day)) ordinal += 1;
    appender.appendVarchar(calendar.id);
    appender.appendDate(dateOf(day));
    appender.appendInteger(ordinal);
    appender.endRow();
  }
  appender.closeSync();
}
