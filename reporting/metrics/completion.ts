/**
 * Completion: of those who entered a parcours in a period, how many have completed something in it?
 *
 *   enrolments                   people × parcours whose first statement lies in the period
 *   enrolmentsWithCompletedUnit  those of them with at least one completed unit
 *   completedUnits               different units completed in them
 *
 * A parcours is the course a statement counts for (projection/event.ts). Until the platform records enrolments, the
 * first statement of a person on a parcours counts as one: its timestamp gives the period and the place. A unit is
 * completed when the person has a statement with the verb http://adlnet.gov/expapi/verbs/completed whose object is an
 * activity of the parcours other than the parcours itself; once, however often. Only the verb counts: players also set
 * result.completion on single questions. What was completed before `through` counts: at first the end of the period, then
 * that of each later one.
 *
 * Unit: an enrolment. Not enough data: does not arise; one statement is an enrolment.
 */
import type { Metric } from './metric.ts';
import { COMPLETION } from './metric.ts';

const SQL = `
  WITH enrolments AS (
    SELECT person, parcours, min(instant) AS entered
    FROM events JOIN agents USING (agent)
    WHERE parcours IS NOT NULL
    GROUP BY person, parcours
    HAVING entered >= epoch_ms($start::BIGINT) AND entered < epoch_ms($end::BIGINT)
  ),
  completed AS (
    SELECT person, parcours, count(DISTINCT object) AS units
    FROM events JOIN agents USING (agent)
    WHERE verb = 'http://adlnet.gov/expapi/verbs/completed' AND object <> parcours
      AND instant < epoch_ms($through::BIGINT)
    GROUP BY person, parcours
  )
  SELECT e.person, e.parcours, m.direction, coalesce(c.units, 0)::INTEGER AS units
  FROM enrolments e
  JOIN memberships m ON m.person = e.person AND m.starts <= epoch_ms(e.entered) AND epoch_ms(e.entered) < m.ends
  LEFT JOIN completed c ON c.person = e.person AND c.parcours = e.parcours
`;

export const completion: Metric = {
  name: 'completion',
  family: COMPLETION,
  formula: 'enrolmentsWithCompletedUnit ÷ enrolments; completedUnits',
  source: 'http://adlnet.gov/expapi/verbs/completed',
  texts: {
    fr: {
      title: 'Parcours achevés',
      definition:
        'De celles et ceux qui sont entrés dans un parcours pendant la période : combien y ont achevé au moins une unité, et combien d’unités en tout. Une unité est achevée quand une déclaration « completed » le dit ; elle compte une fois. Ce qui a été achevé plus tard est ajouté à la fin de chaque période suivante.',
      unit: 'Une inscription : une personne dans un parcours, dans la direction où elle se trouvait en y entrant. Sa première trace y vaut inscription.',
      notEnoughData: 'Une seule trace suffit pour être compté.',
    },
    en: {
      title: 'Completion',
      definition:
        'Of those who entered a parcours in the period: how many have completed at least one unit of it, and how many units in all. A unit is completed when a “completed” statement says so; it counts once. What is completed later is added at the end of each following period.',
      unit: 'An enrolment: a person in a parcours, in the direction they belonged to on entering it. Their first trace in it counts as the enrolment.',
      notEnoughData: 'A single trace is enough to be counted.',
    },
  },
  settings: ['timeZone'],
  figures: [
    {
      kind: 'people',
      name: 'enrolments',
      texts: { fr: { heading: 'Inscriptions' }, en: { heading: 'Enrolments' } },
    },
    {
      kind: 'count',
      name: 'enrolmentsWithCompletedUnit',
      of: 0,
      texts: {
        fr: { heading: 'Inscriptions avec une unité achevée' },
        en: { heading: 'Enrolments with a completed unit' },
      },
    },
    {
      kind: 'sum',
      name: 'completedUnits',
      of: 1,
      texts: { fr: { heading: 'Unités achevées' }, en: { heading: 'Completed units' } },
    },
  ],
  charted: ['enrolments', 'enrolmentsWithCompletedUnit'],
  async contributions(query, { start, end }, _site, through) {
    const rows = await query(SQL, { start, end, through });
    return rows.map((row) => ({
      person: String(row.person),
      leaf: [String(row.direction), String(row.parcours)],
      values: [Number(row.units) > 0 ? 1 : 0, Number(row.units)],
    }));
  },
};
