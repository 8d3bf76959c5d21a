/** The lists of one's own learning, as SQL over a view that holds one person (narrow.ts). Newest first. */
import { INTERRUPTIONS } from '../metrics/interruption.ts';
import { SLOTS } from '../metrics/slot.ts';

const at = (column: string, name: string): string => `strftime(${column}, '%Y-%m-%dT%H:%M:%S.%gZ') AS "${name}"`;

/** The columns …_at under their names here. */
const instants = (...names: string[]): string => names.map((name) => at(`${name}_at`, `${name}At`)).join(', ');

const minutes = (column: string, name: string): string => `${column} / 60000.0::DOUBLE AS "${name}"`;

/** With the calendar of where each began, which does not leave. */
export const ENROLMENTS = `
  SELECT parcours, e.direction, e.service, e.site, calendar,
    ${instants('entered', 'needed', 'diagnosed', 'registered', 'started', 'completed', 'passed', 'failed', 'waived', 'abandoned', 'last')},
    modules_started AS "modulesStarted", modules_completed AS "modulesCompleted", last_module AS "lastModule"
  FROM enrolments e
  LEFT JOIN memberships m ON m.starts <= epoch_ms(entered_at) AND epoch_ms(entered_at) < m.ends
  ORDER BY entered_at DESC, parcours
`;

export const MODULES = `
  SELECT parcours, module, registration::VARCHAR AS registration,
    ${instants('first', 'initialized', 'last', 'completed', 'passed', 'failed', 'waived', 'satisfied', 'abandoned')},
    ${minutes('worked', 'timeOnTask')}, events, scaled AS score, calls AS "tutorCalls"
  FROM attempts
  ORDER BY first_at DESC, parcours, module, registration
`;

export const SESSIONS = `
  SELECT ${at('starts', 'startedAt')}, ${at('ends', 'endedAt')}, ${minutes('worked', 'timeOnTask')}, ${minutes('off', 'offHours')}, events
  FROM sessions
  ORDER BY starts DESC
`;

export const ACTIVE_HOURS = `
  SELECT strftime(day, '%Y-%m-%d') AS day, hour, events
  FROM active_hours
  ORDER BY active_hours.day DESC, hour DESC
`;

const facts = (kinds: readonly string[], columns: string): string => `
  SELECT ${columns}, ${at('instant', 'at')}, kind, parcours, module
  FROM events
  WHERE kind IN (${kinds.map((kind) => `'${kind}'`)})
  ORDER BY instant DESC, position DESC
`;

export const SLOT_FACTS = facts(
  ['slotPlanned', 'slotMoved', 'slotCancelled', 'slotKept', 'slotMissed'],
  `slot, ${at('slot_from', 'from')}, ${at('slot_to', 'to')}`,
);

export const TUTOR = facts(['tutorCalled', 'tutorAnswered'], 'position');

/** $start and $end: all of time. $now (ms): a slot that is not over then is neither kept nor missed by silence. */
export const SLOT_STATES = `
  WITH ${SLOTS}
  SELECT slot, ${at('s.slot_from', 'from')}, ${at('slot_to', 'to')}, parcours, module,
    CASE
      WHEN s.cancelled THEN 'cancelled'
      WHEN kept THEN 'kept'
      WHEN NOT said_missed AND epoch_ms(coalesce(slot_to, s.slot_from)) > $now THEN 'planned'
      ELSE 'missed'
    END AS state,
    s.moves::INTEGER AS moves
  FROM slots s JOIN due d USING (person, slot)
  LEFT JOIN (
    SELECT slot, arg_max(parcours, (instant, position)) AS parcours, arg_max(module, (instant, position)) AS module
    FROM events WHERE slot IS NOT NULL GROUP BY slot
  ) USING (slot)
  ORDER BY s.slot_from DESC, slot
`;

/** $start: the beginning of time. $end: now. $gap: θ. Milliseconds. */
export const INTERRUPTED = `
  WITH ${INTERRUPTIONS}
  SELECT nullif(parcours, '') AS parcours, module, ${at('ends', 'at')}, ${at('returned', 'returnedAt')}, ${at('mastered_at', 'masteredAt')}
  FROM interruptions
  ORDER BY ends DESC, parcours, module
`;

export const TOTALS = `
  SELECT ${minutes('coalesce(sum(worked), 0)', 'timeOnTask')},
    ${minutes('median(worked) FILTER (worked > 0)', 'sessionMedian')}
  FROM sessions
`;

/** Civil weeks of where the person belonged at the start of each session, from a Monday ($since) on. */
export const WEEKS = `
  SELECT strftime(monday, '%Y-%m-%d') AS monday, ${minutes('sum(worked)', 'timeOnTask')}, count(*)::INTEGER AS sessions
  FROM (
    SELECT date_trunc('week', timezone(zone, timezone('UTC', starts)))::DATE AS monday, worked
    FROM sessions JOIN calendars USING (calendar)
  )
  WHERE monday >= $since::DATE
  GROUP BY monday
`;

export const CALENDAR_NOW = `SELECT calendar FROM memberships WHERE starts <= $now AND $now < ends`;
