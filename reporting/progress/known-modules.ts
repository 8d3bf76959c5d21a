/**
 * Of how many modules a parcours is: those that enough people have done or been waived up to the end of the last full week.
 * Nothing else says how many there are. It is the same for whoever is asked about: counted among the others of somebody, or
 * by who has begun one, the figures of several people side by side would tell which of them has begun it.
 */
import { addDays, dayOf, startOfDay } from '../../lrs/directory/index.ts';
import { listIn } from '../metrics/of-people.ts';
import type { Query } from '../projection/database.ts';

/** The end of the last full week: in ms, and its Sunday, YYYY-MM-DD. */
export interface LastWeek {
  before: number;
  through: string;
}

/** By the clock of a place. `at`: ms. */
export function lastWeek(at: number, timeZone: string): LastWeek {
  const monday = mondayOf(dayOf(at, timeZone));
  return { before: startOfDay(monday, timeZone), through: addDays(monday, -1) };
}

/** The Monday of the week of a civil day. */
const mondayOf = (day: string): string => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));

const KNOWN = `
  SELECT parcours, list(module ORDER BY module) AS modules
  FROM (
    SELECT parcours, module FROM attempts
    WHERE parcours IN (SELECT parcours FROM enrolments WHERE person = $person)
      AND epoch_ms(least(completed_at, satisfied_at, waived_at)) < $before::BIGINT
    GROUP BY parcours, module HAVING count(DISTINCT person) >= $minimum::INTEGER
  )
  GROUP BY parcours
`;

export interface KnownModules {
  /** Whose parcours they are asked of; nothing else depends on it. */
  person: string;
  /** Of the site. */
  timeZone: string;
  /** The fewest people. */
  minimum: number;
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * By parcours, how many there are, with those that are anyhow known beside it: a person's own, of which the figure then says
 * no more than they do. `query` sees everybody.
 */
export async function knownModules(
  query: Query,
  { person, timeZone, minimum, now }: KnownModules,
): Promise<(parcours: string, own: readonly string[]) => number> {
  const { before } = lastWeek(now, timeZone);
  const rows = await query(KNOWN, { person, before, minimum });
  const known = new Map(rows.map(({ parcours, modules }) => [String(parcours), listIn(modules)]));
  return (parcours, own) => new Set([...(known.get(parcours) ?? []), ...own]).size;
}
