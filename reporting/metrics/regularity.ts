/**
 * Regularity over the hours of the day (PDH, FDH): do people come back at the same hour?
 *
 *   PDH = (log2 24 − H(D)) · max D               pdhNormalised = 1 − H(D) ÷ log2 24
 *   FDH = |Σ x(t) · e^(−2πi·t/24)|               fdhNormalised = FDH ÷ Σ x
 *
 * D(h) is the number of different civil days on which a person was active at hour h; H is the entropy of D / ΣD in base
 * 2. x is the activity by hour of civil time, 24 a day: 1 where the person was active in it, else 0; FDH is the modulus of
 * its Fourier coefficient at 24 h. Somebody always active at the same hour on d days has PDH = log2(24) · d and FDH = d;
 * somebody at any hour alike has 0 in both. Both grow with the number of active days: the normalised ones, from 0 to 1,
 * are for comparing directions.
 *
 * Active: at least one event that the person did, learning (`active` in lrs/profile), by the civil time of the place they
 * belonged to at that instant; with no place, the site's. The civil days of the period count.
 *
 * Source: Boroujeni, Sharma, Kidziński, Lucignano, Dillenbourg 2016, "How to quantify student's regularity?". Of the
 * variants in public code (epfl-ml4ed takes events, another implementation days): days, for a burst of clicks is no habit;
 * base 2, as the paper; x is 0 or 1, for the same reason; civil time, for an agent who comes at nine comes at nine when the
 * clocks change. An hour that the clocks skip is inactive, one that they show twice is one hour.
 *
 * Unit: a person. Not enough data: fewer than 2 active days.
 */
import { BEHAVIOUR, type Metric } from './metric.ts';
import { contributionsOf, PEOPLE, PLACES } from './of-people.ts';

const SQL = `
  WITH active AS (
    SELECT person, day, hour FROM active_hours WHERE day BETWEEN $firstDay::DATE AND $lastDay::DATE
  ),
  enough AS (
    SELECT person FROM active GROUP BY person HAVING count(DISTINCT day) >= 2
  ),
  days AS (
    SELECT person, hour, count(*)::DOUBLE AS d FROM active SEMI JOIN enough USING (person) GROUP BY person, hour
  ),
  totals AS (
    SELECT person, sum(d) AS total, max(d) AS most FROM days GROUP BY person
  ),
  series AS (
    SELECT person, any_value(total) AS total, any_value(most) AS most,
      sum(d / total * log2(total / d)) AS h,
      sqrt(sum(d * cos(2 * pi() * hour / 24)) ** 2 + sum(d * sin(2 * pi() * hour / 24)) ** 2) AS fdh
    FROM days JOIN totals USING (person)
    GROUP BY person
  ),
  ${PLACES}
  SELECT person, direction,
    (log2(24) - h) * most AS pdh,
    1 - h / log2(24) AS "pdhNormalised",
    fdh,
    fdh / total AS "fdhNormalised"
  FROM series JOIN places USING (person)
`;

const VALUES = ['pdh', 'pdhNormalised', 'fdh', 'fdhNormalised'] as const;

export const regularity: Metric = {
  name: 'regularity',
  family: BEHAVIOUR,
  formula: {
    fr: 'PDH = (log2 24 − H(D)) · max D ; PDH normalisée = 1 − H(D) ÷ log2 24 ; FDH = |Σ x(t) · e^(−2πi·t/24)| ; FDH normalisée = FDH ÷ Σ x',
    en: 'PDH = (log2 24 − H(D)) · max D; normalised PDH = 1 − H(D) ÷ log2 24; FDH = |Σ x(t) · e^(−2πi·t/24)|; normalised FDH = FDH ÷ Σ x',
  },
  source: 'Boroujeni, Sharma, Kidziński, Lucignano, Dillenbourg 2016, “How to quantify student’s regularity?”',
  texts: {
    fr: {
      title: 'Régularité des horaires',
      definition:
        'D(h) est le nombre de jours où une personne a été active à l’heure h ; H est l’entropie (base 2) de D ramené à 1. PDH : toujours à la même heure pendant d jours, 4,58 × d ; à n’importe quelle heure, 0. FDH est le module du coefficient de Fourier à 24 h de la série des heures actives (1) ou non (0). Les deux croissent avec le nombre de jours actifs ; pour comparer des directions, prendre les valeurs normalisées, de 0 à 1. Heures civiles du lieu de chacun.',
      unit: 'Une personne, d’après ce qu’elle a fait pendant la période, dans la direction où elle se trouve à la fin de celle-ci.',
      notEnoughData: 'Les personnes actives moins de deux jours ne sont pas comptées.',
    },
    en: {
      title: 'Regularity of hours',
      definition:
        'D(h) is the number of days on which a person was active at hour h; H is the entropy (base 2) of D scaled to 1. PDH: always at the same hour on d days, 4.58 × d; at any hour alike, 0. FDH is the modulus of the Fourier coefficient at 24 h of the series of hours, active (1) or not (0). Both grow with the number of active days; to compare directions take the normalised values, from 0 to 1. Civil hours of each person’s place.',
      unit: 'A person, by what they did in the period, in the direction they belong to at its end.',
      notEnoughData: 'People active on fewer than two days are not counted.',
    },
  },
  settings: ['timeZone'],
  figures: [
    PEOPLE,
    {
      kind: 'mean',
      name: 'mean',
      of: VALUES.indexOf('pdh'),
      cap: 200,
      texts: { fr: { heading: 'PDH, moyenne' }, en: { heading: 'PDH, mean' } },
    },
    {
      kind: 'quartiles',
      name: 'pdh',
      of: VALUES.indexOf('pdh'),
      grid: 0.5,
      texts: { fr: { heading: 'PDH' }, en: { heading: 'PDH' } },
    },
    {
      kind: 'mean',
      name: 'pdhNormalised',
      of: VALUES.indexOf('pdhNormalised'),
      cap: 1,
      texts: { fr: { heading: 'PDH normalisée, moyenne' }, en: { heading: 'Normalised PDH, mean' } },
    },
    {
      kind: 'mean',
      name: 'fdh',
      of: VALUES.indexOf('fdh'),
      cap: 100,
      texts: { fr: { heading: 'FDH, moyenne' }, en: { heading: 'FDH, mean' } },
    },
    {
      kind: 'mean',
      name: 'fdhNormalised',
      of: VALUES.indexOf('fdhNormalised'),
      cap: 1,
      texts: { fr: { heading: 'FDH normalisée, moyenne' }, en: { heading: 'Normalised FDH, mean' } },
    },
  ],
  charted: ['pdhNormalised', 'fdhNormalised'],
  contributions: (query, { start, end, firstDay, lastDay }) =>
    contributionsOf(query, SQL, { start, end, firstDay, lastDay }, VALUES),
};
