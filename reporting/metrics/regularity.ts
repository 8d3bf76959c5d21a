/**
 * Regularity over the hours of the day (PDH): do people come back at the same hour?
 *
 *   PDH = (log2 24 − H(D)) · max D
 *
 * D(h) is the number of different local days on which a person was active at hour h; H is the entropy of D / ΣD in base
 * 2. Somebody always active at the same hour on d days has log2(24) · d; somebody at any hour alike has 0. It grows with
 * the number of active days.
 *
 * Source: Boroujeni, Sharma, Kidziński, Lucignano, Dillenbourg 2016, "How to quantify student's regularity?". Of the
 * variants in use: days (not events), base 2, hours of local civil time.
 *
 * Unit: a person, by their events whose timestamp lies in the period. Not enough data: fewer than 2 active days.
 */
import type { Metric } from './metric.ts';
import { BEHAVIOUR } from './metric.ts';

/** Regular on each working day of a year. */
const CAP = 1200;
const GRID = 0.5;

const SQL = `
  -- Each local day and hour at which a person did something, once.
  WITH active AS (
    SELECT DISTINCT person, local::DATE AS day, hour(local) AS hour
    FROM (
      SELECT person, timezone($zone, timezone('UTC', instant)) AS local
      FROM events JOIN agents USING (agent)
      WHERE instant >= epoch_ms($start::BIGINT) AND instant < epoch_ms($end::BIGINT)
    )
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
  regularity AS (
    SELECT person, (log2(24) + sum(d / total * log2(d / total))) * any_value(most) AS pdh
    FROM days JOIN totals USING (person)
    GROUP BY person
  ),
  -- Where they belonged at the end of the period; who left in it, where they belonged last.
  places AS (
    SELECT person, arg_max(direction, starts) AS direction
    FROM memberships
    WHERE starts < $end AND ends > $start
    GROUP BY person
  )
  SELECT person, direction, pdh FROM regularity JOIN places USING (person)
`;

export const regularity: Metric = {
  name: 'regularity',
  family: BEHAVIOUR,
  formula: 'PDH = (log2 24 − H(D)) · max D',
  source: 'Boroujeni, Sharma, Kidziński, Lucignano, Dillenbourg 2016, “How to quantify student’s regularity?”',
  texts: {
    fr: {
      title: 'Régularité des horaires',
      definition:
        'D(h) est le nombre de jours où une personne a été active à l’heure h ; H est l’entropie (base 2) de D ramené à 1. Toujours à la même heure pendant d jours : 4,58 × d ; à n’importe quelle heure : 0. La valeur croît avec le nombre de jours actifs.',
      unit: 'Une personne, d’après ce qu’elle a fait pendant la période, dans la direction où elle se trouve à la fin de celle-ci.',
      notEnoughData: 'Les personnes actives moins de deux jours ne sont pas comptées.',
    },
    en: {
      title: 'Regularity of hours',
      definition:
        'D(h) is the number of days on which a person was active at hour h; H is the entropy (base 2) of D scaled to 1. Always at the same hour on d days: 4.58 × d; at any hour alike: 0. The value grows with the number of active days.',
      unit: 'A person, by what they did in the period, in the direction they belong to at its end.',
      notEnoughData: 'People active on fewer than two days are not counted.',
    },
  },
  settings: ['timeZone'],
  figures: [
    { kind: 'people', name: 'n', texts: { fr: { heading: 'Personnes' }, en: { heading: 'People' } } },
    {
      kind: 'mean',
      name: 'mean',
      of: 0,
      cap: CAP,
      texts: { fr: { heading: 'Moyenne', unit: 'PDH' }, en: { heading: 'Mean', unit: 'PDH' } },
    },
    {
      kind: 'quartiles',
      name: 'pdh',
      of: 0,
      grid: GRID,
      texts: { fr: { heading: 'Régularité', unit: 'PDH' }, en: { heading: 'Regularity', unit: 'PDH' } },
    },
  ],
  charted: ['mean', 'pdhMedian'],
  async contributions(query, { start, end }, { timeZone }) {
    const rows = await query(SQL, { zone: timeZone, start, end });
    return rows.map((row) => ({
      person: String(row.person),
      leaf: [String(row.direction)],
      values: [Number(row.pdh)],
    }));
  },
};
