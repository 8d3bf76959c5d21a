/**
 * Nominative progress, row by row: who is enrolled, who has started, who is done, who is late. Facts of completion and
 * nothing of behaviour (facts/reporting.md, « Who may see what »); so each field is argued:
 *
 * - who, and in which parcours: what a training correspondent is there for.
 * - direction, service, site: where the person belonged when the enrolment began, and not where they are now. These are
 *   exactly the leaves of the published cells of completion (published-cells.md, rule 5), so what a correspondent knows by
 *   name is a union of leaves, which rule 3 reckons with. With today's place the two would overlap in part, and a mover
 *   would be the difference. So an enrolment stays with the direction where it began, and who comes in brings none.
 * - enrolledOn, startedOn, doneOn, waivedOn: the civil day on which a stage was reached for the first time, once each. Not
 *   the instant: no time of day. No day of a last activity: it moves with everything a person does, and its standing still
 *   is idleness counted.
 * - state and late: made of these days and of the working calendar alone.
 *
 * Left out: modules done, time, scores, failures, attempts, sessions, slots, calls of the tutor, abandoned sessions. Most are
 * behaviour; modules done, looked at every minute, would be a log of a person's day, and with the day of each the gaps between a
 * person's sessions, where stages give three days in all: of one person those are given that were done by the end of the last
 * full week, without a day (of-person.ts).
 */

import type { Calendars } from '../calendar/index.ts';
import type { Row } from '../projection/database.ts';
import { lateBefore } from './late.ts';

/** needed: censused, not enrolled yet. waived: they need not do it. */
export const STATES = ['needed', 'enrolled', 'started', 'done', 'waived'] as const;

export type State = (typeof STATES)[number];

export interface Enrolment {
  /** Internal id, as in addresses of pages. */
  person: string;
  parcours: string;
  /** Where the person belonged when the enrolment began. */
  direction: string;
  service: string | null;
  site: string | null;
  state: State;
  /** Enrolled more than LATE_AFTER working days ago, and neither started, done nor waived. */
  late: boolean;
  /** Civil days of that place, YYYY-MM-DD. Who started without having been enrolled is enrolled by that. */
  enrolledOn: string | null;
  startedOn: string | null;
  doneOn: string | null;
  waivedOn: string | null;
}

export const STATE = `
  CASE
    WHEN completed_at IS NOT NULL THEN 'done'
    WHEN waived_at IS NOT NULL THEN 'waived'
    WHEN started_at IS NOT NULL THEN 'started'
    WHEN registered_at IS NOT NULL THEN 'enrolled'
    ELSE 'needed'
  END
`;

/** A list given as JSON. */
export const listOf = (parameter: string): string => `(SELECT unnest(from_json($${parameter}, '["VARCHAR"]')))`;

const day = (column: string, name: string): string =>
  `strftime(timezone(zone, timezone('UTC', ${column})), '%Y-%m-%d') AS "${name}"`;

/** Enrolments, each with the place where it began. */
export const IN_PERIMETER = `
  FROM enrolments e
  JOIN memberships m ON m.person = e.person AND m.starts <= epoch_ms(entered_at) AND epoch_ms(entered_at) < m.ends
`;

/**
 * Rows of these people (JSON) that began in these directions (JSON); parcours and state may be NULL for any. The civil days
 * are those of the place where each began.
 */
export const ENROLMENTS = `
  SELECT e.person, parcours, e.direction, e.service, e.site, ${STATE} AS state, calendar,
    epoch_ms(registered_at)::DOUBLE AS registered,
    ${day('coalesce(registered_at, started_at)', 'enrolledOn')}, ${day('started_at', 'startedOn')},
    ${day('completed_at', 'doneOn')}, ${day('waived_at', 'waivedOn')}
  ${IN_PERIMETER}
  JOIN calendars USING (calendar)
  WHERE e.person IN ${listOf('people')} AND e.direction IN ${listOf('directions')}
    AND parcours = coalesce($parcours, parcours) AND ${STATE} = coalesce($state, ${STATE})
  ORDER BY entered_at, parcours
`;

/** Makes enrolments of rows of ENROLMENTS, as of an instant (ms). */
export function reader({ all }: Pick<Calendars, 'all'>, now: number): (row: Row) => Enrolment {
  const limits = new Map(all.map((calendar) => [calendar.id, lateBefore(calendar, now)]));
  return (row) => {
    const state = STATES.find((each) => each === row.state) ?? 'needed';
    const limit = limits.get(String(row.calendar));
    return {
      person: String(row.person),
      parcours: String(row.parcours),
      direction: String(row.direction),
      service: textOf(row.service),
      site: textOf(row.site),
      state,
      late: state === 'enrolled' && limit !== undefined && Number(row.registered) < limit,
      enrolledOn: textOf(row.enrolledOn),
      startedOn: textOf(row.startedOn),
      doneOn: textOf(row.doneOn),
      waivedOn: textOf(row.waivedOn),
    };
  };
}

/** A text that may be NULL. */
export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
