/** Attempts of the people in hand at modules: see schema.ts. */

export const FILL_ATTEMPTS = `
  INSERT INTO attempts
  SELECT person, parcours, module, registration,
    min(instant) AS first_at,
    min(instant) FILTER (kind = 'initialized') AS initialized_at,
    max(instant) FILTER (active) AS last_at,
    min(instant) FILTER (completed) AS completed_at,
    min(instant) FILTER (kind = 'passed') AS passed_at,
    min(instant) FILTER (kind = 'failed') AS failed_at,
    min(instant) FILTER (kind = 'waived') AS waived_at,
    min(instant) FILTER (kind = 'satisfied') AS satisfied_at,
    min(instant) FILTER (kind = 'abandoned') AS abandoned_at,
    coalesce(sum(ahead) FILTER (active AND ahead <= $gap), 0)::BIGINT AS worked,
    count(*) FILTER (active)::INTEGER AS events,
    arg_max(scaled, (instant, position)) FILTER (scaled IS NOT NULL) AS scaled,
    count(*) FILTER (kind = 'tutorCalled')::INTEGER AS calls
  FROM own
  WHERE module IS NOT NULL
  GROUP BY person, parcours, module, registration
`;
