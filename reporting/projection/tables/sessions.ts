/** Sessions of the people in hand: see schema.ts. */

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
    epoch_ms(c.ends) - epoch_ms(c.starts) - coalesce(worked_before(c.ends, z) - worked_before(c.starts, a), 0) AS off,
    events, c.calendar
  FROM cut c
  ASOF LEFT JOIN working_spans a ON a.calendar = c.calendar AND a.starts <= c.starts
  ASOF LEFT JOIN working_spans z ON z.calendar = c.calendar AND z.starts <= c.ends
`;
