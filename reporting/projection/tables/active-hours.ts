/** Hours in which the people in hand were active: see schema.ts. */

export const FILL_ACTIVE_HOURS = `
  INSERT INTO active_hours
  -- Civil time, which is slow to work out, once for all that lie together: every zone is ahead of UTC by whole quarters of an hour.
  WITH quarters AS (
    SELECT person, calendar, time_bucket(INTERVAL 15 MINUTE, instant) AS quarter, count(*) AS events
    FROM own
    WHERE active
    GROUP BY ALL
  ),
  civil AS (
    SELECT calendar, quarter, timezone(zone, timezone('UTC', quarter)) AS civil
    FROM (SELECT DISTINCT calendar, quarter FROM quarters) JOIN calendars USING (calendar)
  )
  SELECT person, civil::DATE AS day, hour(civil)::TINYINT AS hour, sum(events)::INTEGER
  FROM quarters JOIN civil USING (calendar, quarter)
  GROUP BY ALL
`;
