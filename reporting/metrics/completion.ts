/**
 * Completion: how far have those come who entered a parcours in a period?
 *
 * One funnel, several counts over the same enrolments (person × parcours) of a cohort, each as of an instant `through`:
 *
 *   censused, diagnosed   a need was censused, a diagnostic was made (facts needed, diagnosed about it or a module of it)
 *   enrolled              registered (it or a module of it), or started without having been registered: the first own act
 *                         counts as enrolment
 *   started               the person did something in it themselves (an active fact)
 *   inProgress            started, and a module or the parcours is completed
 *   completed             the parcours itself: a fact completed or satisfied about it, or one with result.completion true
 *   waived                a fact about the parcours itself
 *   completedModules      different modules with a fact completed or result.completion true about them, summed; by module as
 *                         a tally
 *   waivedModules         different modules with such a fact, at least once
 *   newPeople             the enrolment in which a person started for the first time anywhere: adds up over cohorts to
 *                         the distinct people who started (rule 5 of published-cells.md), of two at one instant the first
 *                         by name; newGraduates likewise completed. Who was published as such in another enrolment is
 *                         not again, though a late statement makes this one the first (privacy/counted-once.ts)
 *
 * The cohort of an enrolment is the period of its first fact of any kind, its place that of the person at that instant.
 * A fact counts when its instant is before `through`.
 *
 * Source: the facts of the xAPI profile of Livret (lrs/profile), which says of what result.completion is
 * believed: players set it on single questions.
 *
 * Nothing of it is behaviour: figures of the family are exact and of few people, and training correspondents know by name
 * who stands behind them (test/reporting/privacy/nominative.test.ts). Where people stop is in dropouts.ts; failures are in
 * scores.ts.
 *
 * Unit: an enrolment. Not enough data: does not arise; one statement is an enrolment.
 */
import type { CountFigure, Metric, SumFigure } from './metric.ts';
import { COMPLETION } from './metric.ts';
import { listIn } from './of-people.ts';

const STAGES = [
  'censused',
  'diagnosed',
  'enrolled',
  'started',
  'inProgress',
  'completed',
  'waived',
  'newPeople',
  'newGraduates',
] as const;

const MODULES = ['completedModules', 'waivedModules'] as const;

const SQL = `
  WITH cohort AS (
    SELECT * FROM enrolments
    WHERE entered_at >= epoch_ms($start::BIGINT) AND entered_at < epoch_ms($end::BIGINT) AND direction IS NOT NULL
  ),
  modules AS (
    SELECT person, parcours, module,
      bool_or(completed_at < epoch_ms($through::BIGINT)) AS completed,
      bool_or(waived_at < epoch_ms($through::BIGINT)) AS waived
    FROM attempts SEMI JOIN cohort USING (person, parcours)
    GROUP BY person, parcours, module
  ),
  counted AS (
    SELECT person, parcours,
      count(*) FILTER (completed) AS completedModules,
      count(*) FILTER (waived) AS waivedModules,
      list(module ORDER BY module) FILTER (completed) AS modules
    FROM modules GROUP BY person, parcours
  ),
  -- Each person's first start and first completion, whatever the cohort; of two at one instant the first by name.
  firsts AS (
    SELECT person,
      arg_min(parcours, (started_at, parcours)) FILTER (started_at IS NOT NULL) AS first_started,
      arg_min(parcours, (completed_at, parcours)) FILTER (completed_at IS NOT NULL) AS first_completed
    FROM enrolments SEMI JOIN cohort USING (person)
    GROUP BY person
  ),
  stages AS (
    SELECT person, parcours, direction, service, site,
      coalesce(needed_at < epoch_ms($through::BIGINT), false) AS censused,
      coalesce(diagnosed_at < epoch_ms($through::BIGINT), false) AS diagnosed,
      coalesce(registered_at < epoch_ms($through::BIGINT), false) AS registered,
      coalesce(started_at < epoch_ms($through::BIGINT), false) AS started,
      coalesce(completed_at < epoch_ms($through::BIGINT), false) AS completed,
      coalesce(waived_at < epoch_ms($through::BIGINT), false) AS waived
    FROM cohort
  )
  SELECT s.person, s.parcours, s.direction, s.service, s.site,
    censused, diagnosed, registered OR started AS enrolled, started,
    started AND (completed OR coalesce(completedModules, 0) > 0) AS inProgress,
    completed, waived,
    started AND first_started = s.parcours AS newPeople,
    completed AND first_completed = s.parcours AS newGraduates,
    coalesce(completedModules, 0)::INTEGER AS completedModules,
    coalesce(waivedModules, 0)::INTEGER AS waivedModules,
    coalesce(modules, []) AS modules
  FROM stages s
  LEFT JOIN counted c ON c.person = s.person AND c.parcours = s.parcours
  LEFT JOIN firsts f ON f.person = s.person
`;

const count = (of: number, fr: string, en: string): CountFigure => ({
  kind: 'count',
  name: STAGES[of] ?? '',
  of,
  texts: { fr: { heading: fr }, en: { heading: en } },
});

const sum = (place: number, fr: string, en: string): SumFigure => ({
  kind: 'sum',
  name: MODULES[place] ?? '',
  of: STAGES.length + place,
  texts: { fr: { heading: fr }, en: { heading: en } },
});

export const completion: Metric = {
  name: 'completion',
  family: COMPLETION,
  formula: {
    fr: 'de celles et ceux qui sont entrés dans la période : besoin recensé, diagnostic, inscription, commencé, au moins un module achevé, achevé',
    en: 'of those who entered in the period: need identified, diagnosed, enrolled, started, at least one module completed, completed',
  },
  source: 'https://w3id.org/livret/xapi/v1',
  texts: {
    fr: {
      title: 'Parcours achevés',
      definition:
        'De celles et ceux qui sont entrés dans un parcours pendant la période : combien ont vu leur besoin recensé, ont été diagnostiqués, inscrits, ont commencé, ont achevé au moins un module (qui a achevé le parcours en est), ont achevé le parcours. Un module est achevé quand une déclaration « completed » le dit ; il compte une fois.',
      unit: 'Une inscription : une personne dans un parcours, dans la direction où elle se trouvait en y entrant. À défaut d’inscription enregistrée, sa première trace en tient lieu.',
      notEnoughData: 'Une seule trace suffit pour être compté.',
    },
    en: {
      title: 'Completion',
      definition:
        'Of those who entered a course in the period: for how many a need was identified, a diagnostic made, an enrolment recorded; how many started, completed at least one module (those who completed the course are among them), completed the course. A module is completed when a “completed” statement says so; it counts once.',
      unit: 'An enrolment: a person in a course, in the direction they belonged to on entering it. Where no enrolment is recorded, their first statement stands for it.',
      notEnoughData: 'A single statement is enough to be counted.',
    },
  },
  settings: ['timeZone'],
  figures: [
    { kind: 'people', name: 'enrolments', texts: { fr: { heading: 'Entrées' }, en: { heading: 'Entries' } } },
    count(0, 'Besoins recensés', 'Needs identified'),
    count(1, 'Diagnostics', 'Diagnosed'),
    count(2, 'Inscriptions', 'Enrolled'),
    count(3, 'Commencés', 'Started'),
    count(4, 'Au moins un module achevé', 'At least one module completed'),
    count(5, 'Achevés', 'Completed'),
    count(6, 'Dispensés', 'Waived'),
    count(7, 'Nouvelles personnes', 'New people'),
    count(8, 'Nouveaux achèvements', 'New graduates'),
    sum(0, 'Modules achevés', 'Completed modules'),
    sum(1, 'Modules dispensés', 'Waived modules'),
    {
      kind: 'tally',
      name: 'byModule',
      texts: { fr: { heading: 'Achevés par module' }, en: { heading: 'Completed by module' } },
    },
  ],
  once: [STAGES.indexOf('newPeople'), STAGES.indexOf('newGraduates')],
  charted: ['enrolled', 'started', 'inProgress', 'completed'],
  async contributions(query, { start, end }, _site, through) {
    const rows = await query(SQL, { start, end, through });
    return rows.map((row) => ({
      person: String(row.person),
      leaf: [String(row.direction), String(row.parcours), textIn(row.service), textIn(row.site)],
      values: [...STAGES.map((stage) => (row[stage] === true ? 1 : 0)), ...MODULES.map((name) => Number(row[name]))],
      keys: { byModule: listIn(row.modules) },
    }));
  },
};

const textIn = (value: unknown): string | null => (typeof value === 'string' ? value : null);
