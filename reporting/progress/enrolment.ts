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
 * behaviour; modules done, looked at every minute, would be a log of a person's day, where stages give three instants in all.
 */

import { dayOf } from '../../lrs/directory/index.ts';
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

const STATE = `
  CASE
    WHEN completed_at IS NOT NULL THEN 'done'
    WHEN waived_at IS NOT NULL THEN 'waived'
    WHEN started_at IS NOT NULL THEN 'started'
    WHEN registered_at IS NOT NULL THEN 'enrolled'
    ELSE 'needed'
  END
`;

const ms = (column: string): string => `epoch_ms(${column})::DOUBLE`;

const list = (parameter: string): string => `(SELECT unnest(from_json($${parameter}, '["VARCHAR"]')))`;

/** Rows of these people (JSON) that began in these directions (JSON); parcours and state may be NULL for any. */
export const ENROLMENTS = `
  SELECT person, parcours, direction, service, site, ${STATE} AS state,
    ${ms('coalesce(registered_at, started_at)')} AS enrolled, ${ms('registered_at')} AS registered,
    ${ms('started_at')} AS started, ${ms('completed_at')} AS done, ${ms('waived_at')} AS waived
  FROM enrolments
  WHERE person IN ${list('people')} AND direction IN ${list('directions')}
    AND parcours = coalesce($parcours, parcours) AND ${STATE} = coalesce($state, ${STATE})
  ORDER BY entered_at, parcours
`;

/** Makes enrolments of rows of ENROLMENTS, as of an instant (ms). */
export function reader(calendars: Calendars, now: number): (row: Row) => Enrolment {
  const limits = new Map<string, number>();
  return (row) => {
    const direction = String(row.direction);
    const [service, site] = [textOf(row.service), textOf(row.site)];
    const calendar = calendars.of(site === null ? { direction } : { direction, site });
    const limit = limits.get(calendar.id) ?? lateBefore(calendar, now);
    limits.set(calendar.id, limit);
    const day = (at: unknown): string | null => (typeof at === 'number' ? dayOf(at, calendar.timeZone) : null);
    const state = STATES.find((each) => each === row.state) ?? 'needed';
    return {
      person: String(row.person),
      parcours: String(row.parcours),
      direction,
      service,
      site,
      state,
      late: state === 'enrolled' && typeof row.registered === 'number' && row.registered < limit,
      enrolledOn: day(row.enrolled),
      startedOn: day(row.started),
      doneOn: day(row.done),
      waivedOn: day(row.waived),
    };
  };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
