/**
 * Time on task: how long do people learn in a period?
 *
 *   minutes = Σ of the gaps of at most θ between two successive active events of a person
 *
 * That is the sum of the lengths of their sessions (sessions.ts): the last event of a session adds nothing. A session
 * counts whole in the period in which it starts.
 *
 * Source: reporting.md of the ministry; Kovanović et al. 2015, "Does time-on-task estimation matter?" for θ. Variant: the
 * durations that players report (result.duration) are not mixed in. What a module takes is another question with other
 * contributors: module-time.ts.
 *
 * Unit: a person. Not enough data: no session in the period; a single event is one, of 0 minutes.
 */
import { BEHAVIOUR, type Metric } from './metric.ts';
import { contributionsOf, PEOPLE, PLACES } from './of-people.ts';

const SQL = `
  WITH own AS (
    SELECT person, sum(worked)::DOUBLE / 60000 AS minutes
    FROM sessions
    WHERE starts >= epoch_ms($start::BIGINT) AND starts < epoch_ms($end::BIGINT)
    GROUP BY person
  ),
  ${PLACES}
  SELECT person, direction, minutes FROM own JOIN places USING (person)
`;

export const timeOnTask: Metric = {
  name: 'time-on-task',
  family: BEHAVIOUR,
  formula: {
    fr: 'Σ des écarts ≤ θ entre deux événements actifs successifs',
    en: 'Σ of the gaps ≤ θ between two successive active events',
  },
  source: 'Kovanović, Gašević, Dawson, Joksimović, Baker, Hatala 2015, “Does time-on-task estimation matter?”',
  texts: {
    fr: {
      title: 'Temps d’apprentissage',
      definition:
        'Somme des intervalles d’au plus θ entre deux traces successives d’une personne, tous parcours confondus ; la dernière trace d’une séance n’ajoute rien. Les durées que les lecteurs de contenus déclarent n’y entrent pas.',
      unit: 'Une personne, d’après ses séances commencées pendant la période, dans la direction où elle se trouve à la fin de celle-ci.',
      notEnoughData: 'Les personnes sans séance pendant la période ne sont pas comptées.',
    },
    en: {
      title: 'Time on task',
      definition:
        'Sum of the gaps of at most θ between two successive statements of a person, in all courses together; the last statement of a session adds nothing. The durations that players report are not part of it.',
      unit: 'A person, by their sessions that start in the period, in the direction they belong to at its end.',
      notEnoughData: 'People without a session in the period are not counted.',
    },
  },
  settings: ['sessionGap'],
  figures: [
    PEOPLE,
    {
      kind: 'mean',
      name: 'meanMinutes',
      of: 0,
      cap: 3000,
      texts: {
        fr: { heading: 'Temps par personne, moyenne', unit: 'min' },
        en: { heading: 'Time per person, mean', unit: 'min' },
      },
    },
    {
      kind: 'quartiles',
      name: 'minutes',
      of: 0,
      grid: 5,
      texts: { fr: { heading: 'Temps par personne', unit: 'min' }, en: { heading: 'Time per person', unit: 'min' } },
    },
  ],
  charted: ['meanMinutes'],
  contributions: (query, { start, end }) => contributionsOf(query, SQL, { start, end }, ['minutes']),
};
