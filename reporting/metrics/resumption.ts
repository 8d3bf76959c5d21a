/**
 * Resumption: do people come back soon after an interruption?
 *
 *   resumedShare   of a person's interruptions, those with a return within BACK_WITHIN working days
 *
 * Working days are counted from the civil day of the interruption (not itself) to that of the return. An interruption
 * counts in the period in which it lies, unless fewer than BACK_WITHIN working days were left until the last day of the
 * period: recent ones are left out whether they were resumed or not, or quick returns would count for more.
 *
 * Source: Livret. What an interruption is: interruption.ts.
 *
 * Unit: a person; the mean of their interruptions. Not enough data: no interruption that is old enough.
 */
import { BACK_WITHIN, INTERRUPTIONS, INTERRUPTIONS_IN_DAYS } from './interruption.ts';
import { BEHAVIOUR, type Metric } from './metric.ts';
import { contributionsOf, PEOPLE, PLACES } from './of-people.ts';

const SQL = `
  WITH ${PLACES}, ${INTERRUPTIONS}, ${INTERRUPTIONS_IN_DAYS}
  SELECT person, any_value(direction) AS direction, avg(coalesce(days_to_return <= $within, false)::INTEGER) AS share
  FROM placed WHERE days_left >= $within GROUP BY person
`;

export const resumption: Metric = {
  name: 'resumption',
  family: BEHAVIOUR,
  formula: {
    fr: `interruptions reprises en ${BACK_WITHIN} jours ouvrés au plus ÷ interruptions`,
    en: `interruptions resumed within ${BACK_WITHIN} working days ÷ interruptions`,
  },
  source: 'Livret',
  texts: {
    fr: {
      title: 'Reprises après interruption',
      definition: `Part des interruptions après lesquelles on est revenu au module en ${BACK_WITHIN} jours ouvrés au plus. Celles des ${BACK_WITHIN} derniers jours ouvrés de la période sont laissées de côté, reprises ou non.`,
      unit: 'Une personne : la moyenne de ses interruptions.',
      notEnoughData: 'Les personnes sans interruption assez ancienne ne sont pas comptées.',
    },
    en: {
      title: 'Resumption',
      definition: `Share of interruptions after which the person was back in the module within ${BACK_WITHIN} working days. Those of the last ${BACK_WITHIN} working days of the period are left out, resumed or not.`,
      unit: 'A person: the mean of their interruptions.',
      notEnoughData: 'People without an interruption that is old enough are not counted.',
    },
  },
  settings: ['sessionGap', 'workingHours', 'holidays', 'timeZone'],
  figures: [
    PEOPLE,
    {
      kind: 'mean',
      name: 'resumedShare',
      percent: true,
      of: 0,
      cap: 1,
      texts: {
        fr: { heading: `Interruptions reprises sous ${BACK_WITHIN} jours ouvrés` },
        en: { heading: `Interruptions resumed within ${BACK_WITHIN} working days` },
      },
    },
  ],
  charted: ['resumedShare'],
  contributions: (query, { start, end }, { sessionGap }) =>
    contributionsOf(query, SQL, { start, end, gap: sessionGap * 60_000, within: BACK_WITHIN }, ['share']),
};
