/**
 * Calls by third of the parcours: is the tutor called less as people go on?
 *
 *   firstThird, middleThird, lastThird   tutor calls about the parcours in each third of the time from its first act to its completion
 *
 * A parcours counts in the period in which it is completed (first fact completed or satisfied about it, or result.completion
 * true), when its first act comes before that. The thirds are of equal duration; a call at the boundary of two
 * belongs to the later one, a call at the completion or after it to none.
 *
 * Source: Livret.
 *
 * Unit: a person; the mean of their parcours. Not enough data: no parcours completed in the period after having been started.
 */
import { BEHAVIOUR, type MeanFigure, type Metric } from './metric.ts';
import { contributionsOf, PEOPLE, PLACES } from './of-people.ts';

const SQL = `
  WITH ${PLACES},
  finished AS (
    SELECT person, parcours, epoch_ms(started_at) AS begun, epoch_ms(completed_at) AS done
    FROM enrolments
    WHERE completed_at >= epoch_ms($start::BIGINT) AND completed_at < epoch_ms($end::BIGINT) AND started_at < completed_at
  ),
  calls AS (
    SELECT person, parcours, epoch_ms(instant) AS called FROM events JOIN agents USING (agent)
    WHERE kind = 'tutorCalled' AND parcours IS NOT NULL
  ),
  counted AS (
    SELECT f.person, f.parcours,
      count(*) FILTER (called >= begun AND 3 * (called - begun) < done - begun) AS first_third,
      count(*) FILTER (3 * (called - begun) >= done - begun AND 3 * (called - begun) < 2 * (done - begun)) AS middle_third,
      count(*) FILTER (3 * (called - begun) >= 2 * (done - begun) AND called < done) AS last_third
    FROM finished f LEFT JOIN calls c ON c.person = f.person AND c.parcours = f.parcours
    GROUP BY f.person, f.parcours
  )
  SELECT person, any_value(direction) AS direction, avg(first_third) AS first_third, avg(middle_third) AS middle_third,
    avg(last_third) AS last_third
  FROM counted JOIN places USING (person)
  GROUP BY person
`;

const calls = (of: number, name: string, fr: string, en: string): MeanFigure => ({
  kind: 'mean',
  name,
  of,
  cap: 20,
  texts: { fr: { heading: fr, unit: 'appels' }, en: { heading: en, unit: 'calls' } },
});

export const callsByThird: Metric = {
  name: 'calls-by-third',
  family: BEHAVIOUR,
  formula: {
    fr: 'appels au tuteur dans chaque tiers du temps entre le premier geste et l’achèvement d’un parcours',
    en: 'tutor calls in each third of the time from the first act to the completion of a course',
  },
  source: 'Livret',
  texts: {
    fr: {
      title: 'Appels au tuteur par tiers de parcours',
      definition:
        'Appels au tuteur dans chaque tiers du temps passé entre le premier geste et l’achèvement d’un parcours. Une baisse va dans le sens de l’autonomie ; elle ne la prouve pas.',
      unit: 'Une personne : la moyenne de ses parcours achevés pendant la période.',
      notEnoughData: 'Les personnes qui n’ont achevé aucun parcours pendant la période ne sont pas comptées.',
    },
    en: {
      title: 'Tutor calls by third of the course',
      definition:
        'Tutor calls in each third of the time from the first act in a course to its completion. Fewer of them later on speak for autonomy; they do not prove it.',
      unit: 'A person: the mean of their courses completed in the period.',
      notEnoughData: 'People who completed no course in the period are not counted.',
    },
  },
  settings: [],
  figures: [
    PEOPLE,
    calls(0, 'firstThird', 'Premier tiers', 'First third'),
    calls(1, 'middleThird', 'Deuxième tiers', 'Middle third'),
    calls(2, 'lastThird', 'Dernier tiers', 'Last third'),
  ],
  charted: ['firstThird', 'middleThird', 'lastThird'],
  contributions: (query, { start, end }) =>
    contributionsOf(query, SQL, { start, end }, ['first_third', 'middle_third', 'last_third']),
};
