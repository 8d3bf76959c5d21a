/** How many enrolments are in each state, of all that the reader may see by name: exact, for each of them can be counted in the list. */
import type { Calendars } from '../calendar/index.ts';
import type { Query } from '../projection/database.ts';
import { IN_PERIMETER, listOf, STATE, STATES, type State } from './enrolment.ts';
import { lateBefore } from './late.ts';

/** late: of those who are enrolled. */
export type StateCounts = Record<State | 'late', number>;

export interface Counted {
  directions: readonly string[];
  parcours?: string | undefined;
  /** Only these people; everybody by default. */
  people?: readonly string[] | undefined;
  /** Not these. A parcours that is null stands for all of a person. */
  withheld: readonly { person: string; parcours: string | null }[];
}

const COUNTS = `
  SELECT ${STATE} AS state, count(*)::INTEGER AS enrolments,
    count(*) FILTER (epoch_ms(registered_at) < late_before)::INTEGER AS late
  ${IN_PERIMETER}
  LEFT JOIN (
    SELECT limits.calendar, limits.late_before FROM (SELECT unnest(from_json($limits, '[{"calendar":"VARCHAR","late_before":"DOUBLE"}]')) AS limits)
  ) USING (calendar)
  ANTI JOIN (
    SELECT kept.person AS person, kept.parcours AS parcours FROM (SELECT unnest(from_json($withheld, '[{"person":"VARCHAR","parcours":"VARCHAR"}]')) AS kept)
  ) w ON w.person = e.person AND coalesce(w.parcours, e.parcours) = e.parcours
  WHERE e.direction IN ${listOf('directions')} AND e.parcours = coalesce($parcours, e.parcours)
    AND ($people IS NULL OR e.person IN ${listOf('people')})
  GROUP BY state
`;

export async function countStates(
  ask: Query,
  { all }: Pick<Calendars, 'all'>,
  now: number,
  { directions, parcours, people, withheld }: Counted,
): Promise<StateCounts> {
  const limits = all.map((calendar) => ({ calendar: calendar.id, late_before: lateBefore(calendar, now) }));
  const rows = await ask(COUNTS, {
    directions: JSON.stringify(directions),
    parcours: parcours ?? null,
    people: people === undefined ? null : JSON.stringify(people),
    limits: JSON.stringify(limits),
    withheld: JSON.stringify(withheld),
  });
  const of = (state: State, column: 'enrolments' | 'late'): number =>
    Number(rows.find((row) => row.state === state)?.[column] ?? 0);
  const counts = Object.fromEntries(STATES.map((state) => [state, of(state, 'enrolments')]));
  return { ...(counts as Record<State, number>), late: of('enrolled', 'late') };
}
