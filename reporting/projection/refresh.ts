/**
 * The maintained tables, brought up to date for the people whose events, identifiers or places have changed: all that is
 * about a person is worked out anew. Some people at a time, each time one transaction that also takes them off `stale`, so
 * that a process may be killed anywhere.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Position } from '../../lrs/index.ts';
import { type Database, writeMeta } from './database.ts';
import { coverYears, type Rules } from './rules.ts';
import { MAINTAINED } from './schema.ts';
import { FILL_ACTIVE_HOURS } from './tables/active-hours.ts';
import { FILL_ATTEMPTS } from './tables/attempts.ts';
import { FILL_ENROLMENTS } from './tables/enrolments.ts';
import { FILL_SESSIONS } from './tables/sessions.ts';

const MINUTE = 60_000;

/** The people who are stale, in portions of so many events. */
const PORTIONS = `
  CREATE OR REPLACE TEMP TABLE portions AS
  SELECT person, (sum(events) OVER (ORDER BY person ROWS UNBOUNDED PRECEDING) // $limit)::INTEGER AS portion
  FROM (
    SELECT person, count(statement) + 1 AS events
    FROM (SELECT DISTINCT person FROM stale)
    LEFT JOIN agents USING (person)
    LEFT JOIN events USING (agent)
    GROUP BY person
  )
`;

/** Their events, each with where they belonged then and how far it is from their active events before and after it. */
const OWN = `
  CREATE OR REPLACE TEMP TABLE own AS
  SELECT o.person, position, instant, kind, active, parcours, module, registration, scaled,
    kind = 'completed' OR coalesce(completion, false) AS completed,
    direction, service, site,
    coalesce(calendar, $calendar) AS calendar,
    CASE WHEN active THEN ms - lag(ms) OVER one_by_one END AS behind,
    CASE WHEN active THEN lead(ms) OVER one_by_one - ms END AS ahead
  FROM (
    SELECT a.person, e.*, epoch_ms(e.instant) AS ms
    FROM portions p JOIN agents a USING (person) JOIN events e USING (agent)
    WHERE p.portion = $portion
  ) o
  LEFT JOIN memberships m ON m.person = o.person AND m.starts <= o.ms AND o.ms < m.ends
  WINDOW one_by_one AS (PARTITION BY o.person, active ORDER BY instant, position)
`;

export interface RefreshOptions {
  rules: Rules;
  /** Events that are worked on at once; who has more of them is worked on alone. */
  portion: number;
  /** Milliseconds since 1970. */
  now: number;
  /** How far the events have followed the store. */
  through: Position;
}

/** Brings everyone up to date who is stale. */
export async function refresh(
  database: Database,
  { rules, portion: limit, now, through }: RefreshOptions,
): Promise<void> {
  await coverYears(database, rules, now);
  const all = await database.write((connection) => portions(connection, limit));
  for (const portion of all) {
    // Kept first: what a transaction has made itself is planned for as if it were empty. Nobody else writes in between.
    await database.write((connection) => connection.run(OWN, { portion, calendar: rules.calendars.site.id }));
    await database.write(async (connection) => {
      await replace(connection, portion, rules.sessionGap * MINUTE);
      if (portion === all.at(-1)) await writeMeta(connection, 'fresh', String(through));
    });
  }
}

/** None where nobody is stale: to find that out of all events takes long, and each publication asks. */
async function portions(connection: DuckDBConnection, limit: number): Promise<number[]> {
  const stale = await connection.runAndReadAll('FROM stale LIMIT 1');
  if (stale.currentRowCount === 0) return [];
  await connection.run(PORTIONS, { limit });
  const found = await connection.runAndReadAll('SELECT DISTINCT portion FROM portions ORDER BY portion');
  return found.getRows().map(([portion]) => Number(portion));
}

async function replace(connection: DuckDBConnection, portion: number, gap: number): Promise<void> {
  for (const table of [...MAINTAINED, 'stale']) {
    await connection.run(
      `DELETE FROM ${table} WHERE person IN (SELECT person FROM portions WHERE portion = $portion)`,
      { portion },
    );
  }
  await connection.run(FILL_SESSIONS, { gap });
  await connection.run(FILL_ACTIVE_HOURS);
  await connection.run(FILL_ATTEMPTS, { gap });
  await connection.run(FILL_ENROLMENTS);
  await connection.run('DROP TABLE own');
}
