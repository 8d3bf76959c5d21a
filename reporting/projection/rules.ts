/** What the maintained tables depend on beside the rows: the session gap, and when people of a place work. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { fillCalendars } from '../calendar/fill.ts';
import type { Calendars } from '../calendar/index.ts';
import { type Database, writeMeta } from './database.ts';

export interface Rules {
  /** Minutes: a longer gap between two active events ends a session. */
  sessionGap: number;
  calendars: Calendars;
}

/** Years beyond which a timestamp is wrong: nobody works there, and no calendar is filled for them. */
const FIRST_YEAR = 2000;
const LAST_YEAR = 2060;

const textOf = ({ sessionGap, calendars }: Rules): string =>
  JSON.stringify({ sessionGap, calendars: calendars.all.map(({ id }) => id) });

/** Sees to it that everything is worked out anew, from the rows that are there, where it was made by other rules. */
export async function applyRules(database: Database, rules: Rules): Promise<void> {
  const text = textOf(rules);
  if ((await database.meta('rules')) === text) return;
  await database.write(async (connection) => {
    await connection.run(`
      INSERT INTO stale SELECT DISTINCT person FROM agents;
      -- Read anew, for the calendars of the places.
      DELETE FROM meta WHERE key IN ('directory', 'years');
    `);
    await writeMeta(connection, 'rules', text);
  });
}

/** Has the calendars filled for all years of the events and of now (ms), with one more before and after. */
export async function coverYears(database: Database, { calendars }: Rules, now: number): Promise<void> {
  const wanted = await database.write((connection) => yearsOf(connection, now));
  const years = wanted.join();
  if ((await database.meta('years')) === years) return;
  await database.write(async (connection) => {
    await fillCalendars(connection, calendars.all, ...wanted);
    await writeMeta(connection, 'years', years);
  });
}

async function yearsOf(connection: DuckDBConnection, now: number): Promise<[first: number, last: number]> {
  const found = await connection.runAndReadAll('SELECT year(min(instant)), year(max(instant)) FROM events');
  const years = found
    .getRows()
    .flat()
    .flatMap((year) => (year === null ? [] : [Number(year)]));
  const all = [...years, new Date(now).getUTCFullYear()];
  const within = (year: number): number => Math.min(Math.max(year, FIRST_YEAR), LAST_YEAR);
  return [within(Math.min(...all) - 1), within(Math.max(...all) + 1)];
}
