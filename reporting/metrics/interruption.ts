/**
 * What an interruption is, for the metrics about them.
 *
 * The acts (active facts) of a person on a module (one parcours, one registration) before the end of the period, up to and
 * with the one that masters it (completed, passed, or any with result.completion true), in order (of two at one instant the
 * one stored earlier first), fall into stretches: a new one begins where the act before lies more than θ back, or where the act
 * before left the module (suspended, terminated) and this one does not leave it too. A stretch without the mastering act
 * is an interruption, at its last act, when another stretch follows, or it was left (suspended, terminated), or more than θ
 * has passed by the end of the period. The return is the first act of the next stretch.
 *
 * Source: Livret; θ after Kovanović et al. 2015.
 */

/**
 * CTEs `stretches` and `interruptions` (person, parcours, module, registration, starts, ends, returned, mastered_at) of the
 * period, for `WITH`. Only what happened before the end of the period is looked at. Parameters: $start, $end and θ as
 * $gap, milliseconds.
 */
export const INTERRUPTIONS = `
  worked AS (
    SELECT DISTINCT person, module FROM attempts
    WHERE first_at < epoch_ms($end::BIGINT) AND last_at >= epoch_ms($start::BIGINT)
  ),
  acts AS (
    SELECT person, coalesce(parcours, '') AS parcours, module, coalesce(registration::VARCHAR, '') AS registration,
      instant, position, kind IN ('suspended', 'terminated') AS leaves,
      kind IN ('completed', 'passed') OR coalesce(completion, false) AS masters
    FROM events JOIN agents USING (agent) SEMI JOIN worked USING (person, module)
    WHERE active AND instant < epoch_ms($end::BIGINT)
  ),
  walked AS (
    SELECT *, lag(instant) OVER attempt AS previous, lag(leaves) OVER attempt AS left_before,
      bool_or(masters) OVER (attempt ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS mastered_before
    FROM acts
    WINDOW attempt AS (PARTITION BY person, parcours, module, registration ORDER BY instant, position)
  ),
  numbered AS (
    SELECT *, count(*) FILTER (
      previous IS NULL OR epoch_ms(instant) - epoch_ms(previous) > $gap OR (left_before AND NOT leaves)
    ) OVER attempt AS stretch
    FROM walked
    WHERE mastered_before IS NOT TRUE
    WINDOW attempt AS (PARTITION BY person, parcours, module, registration ORDER BY instant, position)
  ),
  all_stretches AS (
    SELECT person, parcours, module, registration, stretch, min(instant) AS starts, max(instant) AS ends,
      bool_or(masters) AS masters, arg_max(leaves, (instant, position)) AS leaves,
      min(instant) FILTER (masters) AS mastered_at
    FROM numbered
    GROUP BY person, parcours, module, registration, stretch
  ),
  followed AS (
    SELECT *, lead(starts) OVER (attempt ORDER BY stretch) AS returned, max(mastered_at) OVER attempt AS mastered_later
    FROM all_stretches
    WINDOW attempt AS (PARTITION BY person, parcours, module, registration)
  ),
  stretches AS (
    SELECT * EXCLUDE (mastered_at, mastered_later), mastered_later AS mastered_at,
      NOT masters AND (returned IS NOT NULL OR leaves OR epoch_ms(ends) + $gap < $end) AS interrupted
    FROM followed
    WHERE ends >= epoch_ms($start::BIGINT)
  ),
  interruptions AS (SELECT * FROM stretches WHERE interrupted)
`;

/**
 * CTE `placed`: the interruptions with the working days between their civil days and the return (days_to_return), the
 * mastering (days_to_mastery) and the last day of the period (days_left), by the calendar of the person's place at the end
 * of the period. Needs `interruptions` and `places`.
 */
export const INTERRUPTIONS_IN_DAYS = `
  dated AS (
    SELECT i.*, p.direction, p.calendar,
      timezone(c.zone, timezone('UTC', ends))::DATE AS day,
      timezone(c.zone, timezone('UTC', returned))::DATE AS return_day,
      timezone(c.zone, timezone('UTC', mastered_at))::DATE AS mastery_day,
      timezone(c.zone, timezone('UTC', epoch_ms($end::BIGINT - 1)))::DATE AS last_day
    FROM interruptions i JOIN places p USING (person) JOIN calendars c ON c.calendar = p.calendar
  ),
  placed AS (
    SELECT d.*, r.ordinal - o.ordinal AS days_to_return, m.ordinal - o.ordinal AS days_to_mastery,
      l.ordinal - o.ordinal AS days_left
    FROM dated d
    JOIN working_days o ON o.calendar = d.calendar AND o.day = d.day
    JOIN working_days l ON l.calendar = d.calendar AND l.day = d.last_day
    LEFT JOIN working_days r ON r.calendar = d.calendar AND r.day = d.return_day
    LEFT JOIN working_days m ON m.calendar = d.calendar AND m.day = d.mastery_day
  )
`;

/** Working days within which somebody who was called away should be back. */
export const BACK_WITHIN = 5;

/** Working days within which a module that was interrupted should be mastered. */
export const MASTERED_WITHIN = 20;
