/** Hours in which the people in hand were active: see schema.ts. */

export const FILL_ACTIVE_HOURS = `
  INSERT INTO active_hours
  -- Civil time is worked out once for what lies together: every zone is ahead of UTC by whole quarters of an hour.
  WITH quarters AS (
    SELECT person, calendar, time_bucket(INTERVAL 15 MINUTE, instant) AS quarter, count(*) AS events
    FROM own
    WHERE active
    GROUP BY ALL
  ),
  local AS (
    SELECT person, timezone(zone, timezone('UTC', quarter)) AS civil, events FROM quarters JOIN calendars USING (calendar)
  )
  SELECT person, civil::DATE AS day, hour(civil)::TINYINT AS hour, sum(events)::INTEGER FROM local GROUP BY ALL
`;
