/**
 * Mastery after an interruption: is what was interrupted brought to its end?
 *
 *   masteredShare   of a person's interruptions, those whose module was completed or passed within MASTERED_WITHIN working days
 *
 * Working days as in resumption.ts; the interruptions of the last MASTERED_WITHIN working days of the period are left out.
 *
 * Source: Livret. What an interruption is: interruption.ts.
 *
 * Unit: a person; the mean of their interruptions. Not enough data: no interruption that is old enough.
 */
import { INTERRUPTIONS, INTERRUPTIONS_IN_DAYS, MASTERED_WITHIN } from './interruption.ts';
import { BEHAVIOUR, type Metric } from './metric.ts';
import { contributionsOf, PEOPLE, PLACES } from './of-people.ts';

const SQL = `
  WITH ${PLACES}, ${INTERRUPTIONS}, ${INTERRUPTIONS_IN_DAYS}
  SELECT person, any_value(direction) AS direction, avg(coalesce(days_to_mastery <= $within, false)::INTEGER) AS share
  FROM placed WHERE days_left >= $within GROUP BY person
`;

export const masteryAfterInterruption: Metric = {
  name: 'mastery-after-interruption',
  family: BEHAVIOUR,
  formula: {
    fr: `interruptions suivies de completed ou passed en ${MASTERED_WITHIN} jours ouvrés au plus ÷ interruptions`,
    en: `interruptions followed by completed or passed within ${MASTERED_WITHIN} working days ÷ interruptions`,
  },
  source: 'Livret',
  texts: {
    fr: {
      title: 'Modules menés à bien après interruption',
      definition: `Part des interruptions dont le module a été achevé ou réussi en ${MASTERED_WITHIN} jours ouvrés au plus. Celles des ${MASTERED_WITHIN} derniers jours ouvrés de la période sont laissées de côté.`,
      unit: 'Une personne : la moyenne de ses interruptions.',
      notEnoughData: 'Les personnes sans interruption assez ancienne ne sont pas comptées.',
    },
    en: {
      title: 'Modules mastered after an interruption',
      definition: `Share of interruptions whose module was completed or passed within ${MASTERED_WITHIN} working days. Those of the last ${MASTERED_WITHIN} working days of the period are left out.`,
      unit: 'A person: the mean of their interruptions.',
      notEnoughData: 'People without an interruption that is old enough are not counted.',
    },
  },
  settings: ['sessionGap', 'workingHours', 'holidays', 'timeZone'],
  figures: [
    PEOPLE,
    {
      kind: 'mean',
      name: 'masteredShare',
      percent: true,
      of: 0,
      cap: 1,
      texts: {
        fr: { heading: 'Part d’interruptions menées à bien' },
        en: { heading: 'Share of interruptions brought to mastery' },
      },
    },
  ],
  charted: ['masteredShare'],
  contributions: (query, { start, end }, { sessionGap }) =>
    contributionsOf(query, SQL, { start, end, gap: sessionGap * 60_000, within: MASTERED_WITHIN }, ['share']),
};
