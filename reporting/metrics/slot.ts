/**
 * What became of the slots that people planned for themselves.
 *
 * A slot is told of by the facts slotPlanned, slotMoved, slotCancelled, slotKept and slotMissed that carry its id. Its time
 * is the one of the last slotPlanned or slotMoved that gives a start, and so is its end, if that gives one. It is cancelled
 * when a fact says so. Otherwise it was kept when a fact says so, or when none says it was missed and the person did
 * something (an active fact) from its start up to before its end; else it was missed. Facts count whenever they were made.
 */

/**
 * CTE `slots` (person, slot, module, slot_from, moves, cancelled, kept) of the slots that begin in the period, for `WITH`.
 * Parameters $start and $end, milliseconds.
 */
export const SLOTS = `
  told AS (
    SELECT person, slot,
      -- As one value: the end of an earlier one says nothing about the last.
      arg_max({starts: slot_from, ends: slot_to}, (instant, position))
        FILTER (kind IN ('slotPlanned', 'slotMoved') AND slot_from IS NOT NULL) AS time,
      count(*) FILTER (kind = 'slotMoved') AS moves,
      bool_or(kind = 'slotCancelled') AS cancelled,
      bool_or(kind = 'slotKept') AS said_kept,
      bool_or(kind = 'slotMissed') AS said_missed
    FROM events JOIN agents USING (agent)
    WHERE slot IS NOT NULL
    GROUP BY person, slot
  ),
  due AS (
    SELECT *, time.starts AS slot_from, time.ends AS slot_to FROM told
    WHERE time.starts >= epoch_ms($start::BIGINT) AND time.starts < epoch_ms($end::BIGINT)
  ),
  used AS (
    SELECT DISTINCT d.person, d.slot
    FROM due d JOIN agents a ON a.person = d.person
    JOIN events e ON e.agent = a.agent AND e.active AND e.instant >= d.slot_from AND e.instant < d.slot_to
  ),
  slots AS (
    SELECT d.person, d.slot, d.slot_from, d.moves, d.cancelled,
      NOT d.cancelled AND (d.said_kept OR (NOT d.said_missed AND u.slot IS NOT NULL)) AS kept
    FROM due d LEFT JOIN used u ON u.person = d.person AND u.slot = d.slot
  )
`;
