/** Enrolments of the people in hand: see schema.ts. */

export const FILL_ENROLMENTS = `
  INSERT INTO enrolments
  WITH entered AS (
    SELECT person, parcours,
      min(instant) AS entered_at,
      min(instant) FILTER (kind = 'needed') AS needed_at,
      min(instant) FILTER (kind = 'diagnosed') AS diagnosed_at,
      min(instant) FILTER (kind = 'registered') AS registered_at,
      min(instant) FILTER (active) AS started_at,
      min(instant) FILTER ((completed OR kind = 'satisfied') AND module IS NULL) AS completed_at,
      min(instant) FILTER (kind = 'passed' AND module IS NULL) AS passed_at,
      min(instant) FILTER (kind = 'failed' AND module IS NULL) AS failed_at,
      min(instant) FILTER (kind = 'waived' AND module IS NULL) AS waived_at,
      min(instant) FILTER (kind = 'abandoned' AND module IS NULL) AS abandoned_at,
      max(instant) FILTER (active) AS last_at,
      -- As one value: who was nowhere then is not where they were next.
      arg_min({direction: direction, service: service, site: site}, instant) AS place,
      count(DISTINCT module) FILTER (active)::INTEGER AS modules_started,
      count(DISTINCT module) FILTER (completed OR kind = 'satisfied')::INTEGER AS modules_completed,
      arg_max(module, (instant, position)) FILTER (active AND module IS NOT NULL) AS last_module
    FROM own
    WHERE parcours IS NOT NULL
    GROUP BY person, parcours
  )
  SELECT * EXCLUDE (place, modules_started, modules_completed, last_module),
    place.direction, place.service, place.site, modules_started, modules_completed, last_module
  FROM entered
`;
