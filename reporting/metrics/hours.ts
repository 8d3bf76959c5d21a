/**
 * Hours of the week: when do people learn, and how much of it outside working hours?
 *
 *   active    168 classes, hour h of weekday d at 24 · (d − 1) + h, Monday first: 1 where the person was active in that
 *             hour of any week of the period, else 0; the heat map counts people
 *   spread    H(E), entropy in base 2 of the number E of weeks active in each of the 168 hours: 0 always in the same hour
 *             of the week, log2 168 = 7.39 at any alike
 *   offHours  Σ milliseconds of sessions outside working hours ÷ Σ milliseconds of sessions
 *
 * Active, and whose civil time: as in regularity.ts, over the civil days of the period. Sessions: as in sessions.ts, those
 * that start in the period; working hours and holidays are those of the place where the person belonged at the start of
 * the session.
 *
 * Source: "flexible access" among the ministry's claims; entropy after Boroujeni et al. 2016. Variants: entropy over the
 * 168 hours of the week and not the 24 of the day, since the latter, of other contributors, is in regularity.ts
 * (published-cells.md: the same value is never shown over two sets); the share of a person, of whom the mean is taken, and
 * not of all minutes, so that nobody dominates.
 *
 * Unit: a person. Not enough data: no active hour, or no session longer than 0 (the share would be 0/0).
 */
import type { Row } from '../projection/database.ts';
import { BEHAVIOUR, type Metric } from './metric.ts';
import { PEOPLE, PLACES } from './of-people.ts';

const SQL = `
  WITH hours AS (
    SELECT person, 24 * (isodow(day) - 1) + hour AS hour, count(*)::DOUBLE AS e
    FROM active_hours
    WHERE day BETWEEN $firstDay::DATE AND $lastDay::DATE
    GROUP BY ALL
  ),
  totals AS (
    SELECT person, sum(e) AS total FROM hours GROUP BY person
  ),
  spread AS (
    SELECT person, sum(e / total * log2(total / e)) AS spread, list(hour::INTEGER) AS active
    FROM hours JOIN totals USING (person)
    GROUP BY person
  ),
  worked AS (
    SELECT person, sum(off)::DOUBLE / sum(worked) AS "offHours"
    FROM sessions
    WHERE starts >= epoch_ms($start::BIGINT) AND starts < epoch_ms($end::BIGINT)
    GROUP BY person
    HAVING sum(worked) > 0
  ),
  ${PLACES}
  SELECT person, direction, spread, "offHours", active
  FROM spread JOIN worked USING (person) JOIN places USING (person)
`;

const CLASSES = 168;

function heatOf({ active }: Row): number[] {
  const classes = new Array<number>(CLASSES).fill(0);
  for (const hour of Array.isArray(active) ? active : []) classes[Number(hour)] = 1;
  return classes;
}

export const hours: Metric = {
  name: 'hours',
  family: BEHAVIOUR,
  formula: {
    fr: 'personnes actives à chaque heure de la semaine ; étalement = H(E), 168 heures, base 2 ; hors horaires = Σ hors ÷ Σ travaillé',
    en: 'people active in each hour of the week; spread = H(E), 168 hours, base 2; off hours = Σ off ÷ Σ worked',
  },
  source: 'Boroujeni, Sharma, Kidziński, Lucignano, Dillenbourg 2016, “How to quantify student’s regularity?”',
  texts: {
    fr: {
      title: 'Heures d’apprentissage',
      definition:
        'Carte des heures : nombre de personnes actives au moins une fois à cette heure de ce jour de la semaine. Dispersion : entropie (base 2) des 168 heures de la semaine, 0 toujours à la même, 7,39 à toutes également. Hors horaires : part du temps des séances en dehors des heures de travail et des jours ouvrés du lieu de chacun. Heures civiles.',
      unit: 'Une personne, d’après ce qu’elle a fait pendant la période, dans la direction où elle se trouve à la fin de celle-ci.',
      notEnoughData: 'Les personnes sans séance de plus d’une trace pendant la période ne sont pas comptées.',
    },
    en: {
      title: 'Hours of learning',
      definition:
        'Map of hours: people active at least once in that hour of that weekday. Spread: entropy (base 2) of the 168 hours of the week, 0 always in the same, 7.39 in all alike. Off hours: share of the time of sessions outside the working hours and days of each person’s place. Civil hours.',
      unit: 'A person, by what they did in the period, in the direction they belong to at its end.',
      notEnoughData: 'People without a session of more than one statement in the period are not counted.',
    },
  },
  settings: ['timeZone', 'sessionGap', 'workingHours', 'holidays'],
  figures: [
    PEOPLE,
    {
      kind: 'mean',
      name: 'spread',
      of: 0,
      cap: 8,
      texts: {
        fr: { heading: 'Dispersion des heures, moyenne', unit: 'bit' },
        en: { heading: 'Spread of hours, mean', unit: 'bit' },
      },
    },
    {
      kind: 'mean',
      name: 'offHours',
      percent: true,
      of: 1,
      cap: 1,
      texts: {
        fr: { heading: 'Part hors horaires, moyenne' },
        en: { heading: 'Share off hours, mean' },
      },
    },
    {
      kind: 'quartiles',
      name: 'offHoursSpread',
      percent: true,
      of: 1,
      grid: 0.05,
      texts: { fr: { heading: 'Part hors horaires' }, en: { heading: 'Share off hours' } },
    },
    {
      kind: 'histogram',
      name: 'active',
      of: 2,
      size: CLASSES,
      texts: {
        fr: { heading: 'Personnes actives par heure de la semaine' },
        en: { heading: 'People active by hour of the week' },
      },
    },
  ],
  charted: ['offHours'],
  async contributions(query, { start, end, firstDay, lastDay }) {
    const rows = await query(SQL, { start, end, firstDay, lastDay });
    return rows.map((row) => ({
      person: String(row.person),
      leaf: [String(row.direction)],
      values: [Number(row.spread), Number(row.offHours), ...heatOf(row)],
    }));
  },
};
