/** Sessions of the people in hand: see schema.ts. */

/** Milliseconds worked by a calendar before an instant, given the last span that begins at or before it. */
const workedBefore = (instant: string, span: string): string =>
  `coalesce(${span}.worked + epoch_ms(least(${instant}, ${span}.ends)) - epoch_ms(${span}.starts), 0)`;

export const FILL_SESSIONS = `
  INSERT INTO sessions
  WITH numbered AS (
    SELECT person, instant, calendar,
      -- NULL, of the first one, begins a session as well.
      count(*) FILTER (behind IS NULL OR behind > $gap) OVER (PARTITION BY person ORDER BY instant, position) AS number
    FROM own
    WHERE active
  ),
  cut AS (
    SELECT person, min(instant) AS starts, max(instant) AS ends, count(*)::INTEGER AS events,
      arg_min(calendar, instant) AS calendar
    FROM numbered
    GROUP BY person, number
  )
  SELECT person, c.starts, c.ends,
    epoch_ms(c.ends) - epoch_ms(c.starts) AS worked,
    epoch_ms(c.ends) - epoch_ms(c.starts) - (${workedBefore('c.ends', 'z')} - ${workedBefore('c.starts', 'a')}) AS off,
    events, c.calendar
  FROM cut c
  ASOF LEFT JOIN working_spans a ON a.calendar = c.calendar AND a.starts <= c.starts
  ASOF LEFT JOIN working_spans z ON z.calendar = c.calendar AND z.starts <= c.ends
`;
