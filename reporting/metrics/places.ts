/**
 * Places of learning: from where do people learn, their workstation, a resource centre, elsewhere?
 *
 *   workstation, resourceCentre, elsewhere   1 where the person has a session there, else 0
 *   …Sessions                                sessions there ÷ sessions of which the place is declared
 *
 * The place of a session is the one that the first of its active events to declare any declares (`place` in lrs/profile).
 * Sessions: as in sessions.ts, those that start in the period.
 *
 * Source: "flexible access" among the ministry's claims. Variant: only what is declared; the place is never guessed from an
 * address of the network or the hour. Sessions are shared out person by person, so that nobody dominates.
 *
 * Unit: a person. Not enough data: no session in the period of which the place is declared.
 */
import { BEHAVIOUR, type FigureSpec, type Metric } from './metric.ts';
import { contributionsOf, PEOPLE, PLACES } from './of-people.ts';

const SQL = `
  WITH declared AS (
    SELECT person, arg_min(place, (instant, position)) AS place
    FROM sessions s
    JOIN agents USING (person)
    JOIN events e ON e.agent = agents.agent AND e.instant BETWEEN s.starts AND s.ends
    WHERE s.starts >= epoch_ms($start::BIGINT) AND s.starts < epoch_ms($end::BIGINT) AND e.active AND e.place IS NOT NULL
    GROUP BY person, s.starts
  ),
  own AS (
    SELECT person, count(*)::DOUBLE AS sessions,
      count(*) FILTER (place = 'workstation') AS w,
      count(*) FILTER (place = 'resourceCentre') AS r,
      count(*) FILTER (place = 'elsewhere') AS e
    FROM declared
    GROUP BY person
  ),
  ${PLACES}
  SELECT person, direction,
    (w > 0)::INTEGER AS workstation, (r > 0)::INTEGER AS "resourceCentre", (e > 0)::INTEGER AS elsewhere,
    w / sessions AS "workstationSessions", r / sessions AS "resourceCentreSessions", e / sessions AS "elsewhereSessions"
  FROM own JOIN places USING (person)
`;

const VALUES = [
  'workstation',
  'resourceCentre',
  'elsewhere',
  'workstationSessions',
  'resourceCentreSessions',
  'elsewhereSessions',
] as const;

/** People there, their share, and the mean share of sessions there. */
const figuresOf = (name: (typeof VALUES)[number], of: number, lieu: string, place: string): FigureSpec[] => [
  { kind: 'count', name, of, texts: { fr: { heading: `Personnes, ${lieu}` }, en: { heading: `People, ${place}` } } },
  {
    kind: 'share',
    name: `${name}Share`,
    of: name,
    over: 'n',
    texts: { fr: { heading: `Part des personnes, ${lieu}` }, en: { heading: `Share of people, ${place}` } },
  },
  {
    kind: 'mean',
    name: `${name}Sessions`,
    of: of + 3,
    cap: 1,
    percent: true,
    texts: { fr: { heading: `Part des séances, ${lieu}` }, en: { heading: `Share of sessions, ${place}` } },
  },
];

export const places: Metric = {
  name: 'places',
  family: BEHAVIOUR,
  formula: {
    fr: 'personnes avec une séance au lieu ; moyenne des séances au lieu ÷ séances avec un lieu déclaré',
    en: 'people with a session at the place; mean of sessions at the place ÷ sessions with a declared place',
  },
  source: 'Livret',
  texts: {
    fr: {
      title: 'Lieux d’apprentissage',
      definition:
        'Lieu déclaré au début d’une séance : le poste de travail, un centre de ressources, ailleurs. Une personne peut compter pour plusieurs lieux. La part des séances est la moyenne des parts de chacun. Le lieu n’est jamais déduit d’autre chose.',
      unit: 'Une personne, d’après ses séances commencées pendant la période, dans la direction où elle se trouve à la fin de celle-ci.',
      notEnoughData: 'Les personnes sans séance dont le lieu est déclaré ne sont pas comptées.',
    },
    en: {
      title: 'Places of learning',
      definition:
        'Place declared first in a session: the workstation, a resource centre, elsewhere. A person may count for several. The share of sessions is the mean of each person’s share. The place is never guessed from anything else.',
      unit: 'A person, by their sessions that start in the period, in the direction they belong to at its end.',
      notEnoughData: 'People without a session of which the place is declared are not counted.',
    },
  },
  settings: ['sessionGap'],
  figures: [
    PEOPLE,
    ...figuresOf('workstation', 0, 'au poste de travail', 'at the workstation'),
    ...figuresOf('resourceCentre', 1, 'en centre de ressources', 'in a resource centre'),
    ...figuresOf('elsewhere', 2, 'ailleurs', 'elsewhere'),
  ],
  charted: ['workstationSessions', 'resourceCentreSessions', 'elsewhereSessions'],
  contributions: (query, { start, end }) => contributionsOf(query, SQL, { start, end }, VALUES),
};
