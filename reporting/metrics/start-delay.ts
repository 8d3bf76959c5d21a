/**
 * Start delay: how many working days pass between enrolment and the first act?
 *
 *   startDelay   working days from the civil day of the registration (not itself) to that of the first act in the parcours:
 *                first fact registered, first active fact, of the parcours or a module of it
 *
 * Who starts on the day of the registration has 0; who started before it, 0 too. A start belongs to the period in which
 * it lies. Who never starts is not here but in the funnel of completion (enrolled, not started).
 *
 * Source: Livret. Working days by the calendar of the place at the end of the period.
 *
 * Unit: a person; the mean of their starts. Not enough data: no start of a parcours for which they had been registered.
 */
import { BEHAVIOUR, type Metric } from './metric.ts';
import { contributionsOf, PEOPLE, PLACES } from './of-people.ts';

const SQL = `
  WITH ${PLACES},
  starts AS (
    SELECT e.person, p.direction, p.calendar,
      timezone(c.zone, timezone('UTC', registered_at))::DATE AS registered,
      timezone(c.zone, timezone('UTC', started_at))::DATE AS started
    FROM enrolments e JOIN places p USING (person) JOIN calendars c ON c.calendar = p.calendar
    WHERE registered_at IS NOT NULL AND started_at >= epoch_ms($start::BIGINT) AND started_at < epoch_ms($end::BIGINT)
  )
  SELECT s.person, any_value(s.direction) AS direction, avg(greatest(0, b.ordinal - a.ordinal)) AS days
  FROM starts s
  JOIN working_days a ON a.calendar = s.calendar AND a.day = s.registered
  JOIN working_days b ON b.calendar = s.calendar AND b.day = s.started
  GROUP BY s.person
`;

export const startDelay: Metric = {
  name: 'start-delay',
  // Whoever sees names knows both days (progress/enrolment.ts): its atoms must stand their subtraction (rule 3).
  family: { ...BEHAVIOUR, nominative: true },
  formula: {
    fr: 'jours ouvrés entre l’inscription et le premier geste dans le parcours',
    en: 'working days from registered to the first act in the course',
  },
  source: 'Livret',
  texts: {
    fr: {
      title: 'Délai de démarrage',
      definition:
        'Jours ouvrés entre l’inscription à un parcours et le premier geste dans ce parcours ; 0 le jour même. Qui n’a pas commencé figure dans l’entonnoir des parcours.',
      unit: 'Une personne : la moyenne des parcours commencés pendant la période.',
      notEnoughData: 'Les personnes qui n’ont commencé aucun parcours après une inscription ne sont pas comptées.',
    },
    en: {
      title: 'Start delay',
      definition:
        'Working days from the registration for a course to the first act in it; 0 on the same day. Who has not started is in the funnel of completion.',
      unit: 'A person: the mean of the courses started in the period.',
      notEnoughData: 'People who started no course after a registration are not counted.',
    },
  },
  settings: ['workingHours', 'holidays', 'timeZone'],
  figures: [
    PEOPLE,
    {
      kind: 'mean',
      name: 'startDelay',
      of: 0,
      cap: 130,
      texts: {
        fr: { heading: 'Délai moyen', unit: 'jours ouvrés' },
        en: { heading: 'Mean delay', unit: 'working days' },
      },
    },
    {
      kind: 'quartiles',
      name: 'startDelay',
      of: 0,
      grid: 1,
      texts: { fr: { heading: 'Délai', unit: 'jours ouvrés' }, en: { heading: 'Delay', unit: 'working days' } },
    },
  ],
  charted: ['startDelay'],
  contributions: (query, { start, end }) => contributionsOf(query, SQL, { start, end }, ['days']),
};
