/**
 * Sessions: how often do people sit down to learn, and for how long?
 *
 *   sessions  = number of sessions of a person
 *   minutes   = mean length of that person's sessions
 *
 * A session is a run of active events of a person (`active` in lrs/profile), of whatever parcours, in which no gap between
 * one and the next is longer than θ: a gap of exactly θ does not cut. It lasts from its first event to its last: the last
 * adds nothing, and a single event is a session of 0 minutes. It belongs to the period in which it starts, whole.
 *
 * Source: design of the site; Kovanović, Gašević, Dawson, Joksimović, Baker, Hatala 2015, "Does time-on-task estimation
 * matter?", show that θ changes conclusions: it is printed beside the figures. Variant: events are not given an assumed
 * length of their own, so lengths are lower bounds.
 *
 * Unit: a person; their value is the mean over their sessions. Not enough data: no session in the period.
 */
import { BEHAVIOUR, type Metric } from './metric.ts';
import { contributionsOf, PEOPLE, PLACES } from './of-people.ts';

const SQL = `
  WITH own AS (
    SELECT person, count(*)::DOUBLE AS sessions, sum(worked)::DOUBLE AS worked
    FROM sessions
    WHERE starts >= epoch_ms($start::BIGINT) AND starts < epoch_ms($end::BIGINT)
    GROUP BY person
  ),
  ${PLACES}
  SELECT person, direction, sessions, worked / 60000 / sessions AS minutes FROM own JOIN places USING (person)
`;

const VALUES = ['sessions', 'minutes'] as const;

export const sessions: Metric = {
  name: 'sessions',
  family: BEHAVIOUR,
  formula: {
    fr: 'séances par personne ; minutes = Σ (dernier événement − premier événement) ÷ séances',
    en: 'sessions a person; minutes = Σ (last event − first event) ÷ sessions',
  },
  source: 'Kovanović, Gašević, Dawson, Joksimović, Baker, Hatala 2015, “Does time-on-task estimation matter?”',
  texts: {
    fr: {
      title: 'Séances de travail',
      definition:
        'Une séance est une suite de traces d’une personne sans interruption plus longue que θ, de la première à la dernière ; une trace seule fait une séance de 0 minute. La durée d’une personne est la moyenne de ses séances. Une séance appartient à la période où elle commence.',
      unit: 'Une personne, d’après ses séances de la période, dans la direction où elle se trouve à la fin de celle-ci.',
      notEnoughData: 'Les personnes sans séance pendant la période ne sont pas comptées.',
    },
    en: {
      title: 'Sessions',
      definition:
        'A session is a run of a person’s statements without a gap longer than θ, from the first to the last; a single statement is a session of 0 minutes. A person’s length is the mean of their sessions. A session belongs to the period in which it starts.',
      unit: 'A person, by their sessions of the period, in the direction they belong to at its end.',
      notEnoughData: 'People without a session in the period are not counted.',
    },
  },
  settings: ['sessionGap'],
  figures: [
    PEOPLE,
    {
      kind: 'mean',
      name: 'meanSessions',
      of: VALUES.indexOf('sessions'),
      cap: 100,
      texts: { fr: { heading: 'Séances par personne, moyenne' }, en: { heading: 'Sessions per person, mean' } },
    },
    {
      kind: 'quartiles',
      name: 'sessions',
      of: VALUES.indexOf('sessions'),
      grid: 1,
      texts: { fr: { heading: 'Séances par personne' }, en: { heading: 'Sessions per person' } },
    },
    {
      kind: 'mean',
      name: 'meanMinutes',
      of: VALUES.indexOf('minutes'),
      cap: 240,
      texts: {
        fr: { heading: 'Durée d’une séance, moyenne', unit: 'min' },
        en: { heading: 'Length of a session, mean', unit: 'min' },
      },
    },
    {
      kind: 'quartiles',
      name: 'minutes',
      of: VALUES.indexOf('minutes'),
      grid: 1,
      texts: {
        fr: { heading: 'Durée d’une séance', unit: 'min' },
        en: { heading: 'Length of a session', unit: 'min' },
      },
    },
  ],
  charted: ['meanSessions'],
  contributions: (query, { start, end }) => contributionsOf(query, SQL, { start, end }, VALUES),
};
