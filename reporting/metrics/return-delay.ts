/**
 * Return delay: after how many working hours are people back?
 *
 *   returnDelay   working hours from an interruption to the return
 *
 * Of the interruptions that count for resumption (resumption.ts) those with a return before the end of the period.
 *
 * Source: Livret. What an interruption is: interruption.ts.
 *
 * Unit: a person; the mean of their returns. Not enough data: no return.
 */
import { BACK_WITHIN, INTERRUPTIONS, INTERRUPTIONS_IN_DAYS } from './interruption.ts';
import { BEHAVIOUR, type Metric } from './metric.ts';
import { contributionsOf, PEOPLE, PLACES } from './of-people.ts';

const SQL = `
  WITH ${PLACES}, ${INTERRUPTIONS}, ${INTERRUPTIONS_IN_DAYS},
  returns AS (
    SELECT p.person, p.direction, worked_before(p.returned, b) - worked_before(p.ends, a) AS worked
    FROM (SELECT * FROM placed WHERE days_left >= $within AND returned IS NOT NULL) p
    ASOF LEFT JOIN working_spans a ON a.calendar = p.calendar AND a.starts <= p.ends
    ASOF LEFT JOIN working_spans b ON b.calendar = p.calendar AND b.starts <= p.returned
  )
  SELECT person, any_value(direction) AS direction, avg(worked / 3600000) AS hours FROM returns GROUP BY person
`;

export const returnDelay: Metric = {
  name: 'return-delay',
  family: BEHAVIOUR,
  formula: {
    fr: 'heures ouvrées entre une interruption et le geste suivant dans le module',
    en: 'working hours from an interruption to the next act in the module',
  },
  source: 'Livret',
  texts: {
    fr: {
      title: 'Délai de retour',
      definition:
        'Heures ouvrées entre l’interruption d’un module et le retour à ce module, pour les interruptions suivies d’un retour.',
      unit: 'Une personne : la moyenne de ses retours.',
      notEnoughData: 'Les personnes qui ne sont pas revenues avant la fin de la période ne sont pas comptées.',
    },
    en: {
      title: 'Return delay',
      definition: 'Working hours from the interruption of a module to the return to it, where there was one.',
      unit: 'A person: the mean of their returns.',
      notEnoughData: 'People who were not back before the end of the period are not counted.',
    },
  },
  settings: ['sessionGap', 'workingHours', 'holidays', 'timeZone'],
  figures: [
    PEOPLE,
    {
      kind: 'mean',
      name: 'returnDelay',
      of: 0,
      cap: 220,
      texts: {
        fr: { heading: 'Délai de retour moyen', unit: 'heures ouvrées' },
        en: { heading: 'Mean return delay', unit: 'working hours' },
      },
    },
    {
      kind: 'quartiles',
      name: 'returnDelay',
      of: 0,
      grid: 0.5,
      texts: {
        fr: { heading: 'Délai de retour', unit: 'heures ouvrées' },
        en: { heading: 'Return delay', unit: 'working hours' },
      },
    },
  ],
  charted: ['returnDelay'],
  contributions: (query, { start, end }, { sessionGap }) =>
    contributionsOf(query, SQL, { start, end, gap: sessionGap * 60_000, within: BACK_WITHIN }, ['hours']),
};
