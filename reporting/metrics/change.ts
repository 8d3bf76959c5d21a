/**
 * Change in the course of a parcours: do people organise their learning better at its end than at its beginning?
 *
 *   hours  normalised PDH (1 − H(D) ÷ log2 24, as regularity.ts) of the last third of the active days, less the first's
 *   weeks  WS1 (as weekly-regularity.ts) of the last third of the weeks, less that of the first
 *   slots  share of slots kept (kept ÷ (kept + missed)) of the last third of the slots, less that of the first
 *   each: more where the difference is above 0.05, less where it is below −0.05, else same
 *
 * Which parcours: those that the person completed in the period (enrolments.completed_at: first `completed`,
 * result.completion true, or `satisfied`, of the parcours itself) and that have at least 6 active days. What counts of one: its own active events, and its slots,
 * up to that instant. A parcours that was given up has no last third, and one under way not yet.
 *
 * Thirds: of n active days, in order, the first and the last ⌊n ÷ 3⌋; so of the weeks from the first active one to the
 * last, empty ones included; and of the slots, in order of the instant at which each was first known to be kept or missed (then of
 * their id). Both thirds of a measure thus have the same size: entropy of few days is lower by chance, and thirds of the
 * elapsed time would show a change where somebody only came less often.
 * Weeks need thirds of at least 2 weeks, each with 2 active ones; WS1 is over all the weeks of the third, pairs of two
 * empty ones left out. Slots need thirds of at least 1. Else the person counts in none of the three of that measure.
 * A slot is kept when any `slotKept` says so, missed when only `slotMissed` does.
 * Of several parcours of a person: the mean of the differences that there are. Differences are rounded to 9 decimals before
 * they are compared, so that equal ones are equal.
 *
 * Source: the ministry's claim that agents "got better at managing their self-training calendar"; measures of Boroujeni et
 * al. 2016. Variants: published as counts (published-cells.md, rule 7). Time per module is not one of the measures: the
 * last modules are not the first ones over again, and quicker is not better. Calls of the tutor by third: calls-by-third.ts.
 *
 * Unit: a person. Not enough data: no such parcours.
 */
import { BEHAVIOUR, type FigureSpec, type Metric } from './metric.ts';
import { contributionsOf, PEOPLE, PLACES } from './of-people.ts';

const MARGIN = 0.05;

/** 1 for one of more, same and less; 0 in all three where there is nothing to compare. */
const classesOf = (measure: string): string => `
  coalesce(round(${measure}, 9) > ${MARGIN}, false)::INTEGER AS "${measure}More",
  coalesce(round(${measure}, 9) BETWEEN -${MARGIN} AND ${MARGIN}, false)::INTEGER AS "${measure}Same",
  coalesce(round(${measure}, 9) < -${MARGIN}, false)::INTEGER AS "${measure}Less"
`;

const SQL = `
  WITH finished AS (
    SELECT person, parcours, completed_at
    FROM enrolments
    WHERE completed_at >= epoch_ms($start::BIGINT) AND completed_at < epoch_ms($end::BIGINT)
  ),
  own AS MATERIALIZED (
    SELECT f.person, f.parcours, e.instant, e.kind, e.active, e.slot
    FROM finished f
    JOIN agents a ON a.person = f.person
    JOIN events e ON e.agent = a.agent AND e.parcours = f.parcours AND e.instant <= f.completed_at
  ),
  -- Civil time is worked out once for what lies together: every zone is ahead of UTC by whole quarters of an hour.
  quarters AS (
    SELECT DISTINCT o.person, parcours, m.calendar, time_bucket(INTERVAL 15 MINUTE, instant) AS quarter
    FROM own o
    LEFT JOIN memberships m ON m.person = o.person AND m.starts <= epoch_ms(instant) AND epoch_ms(instant) < m.ends
    WHERE active
  ),
  -- Hours: active days in order, those of both thirds, days active at each hour.
  active AS MATERIALIZED (
    SELECT DISTINCT person, parcours, local::DATE AS day, hour(local) AS hour
    FROM (
      SELECT person, parcours, timezone(coalesce(zone, $zone), timezone('UTC', quarter)) AS local
      FROM quarters LEFT JOIN calendars USING (calendar)
    )
  ),
  ordered AS MATERIALIZED (
    SELECT *, dense_rank() OVER (PARTITION BY person, parcours ORDER BY day) AS nth FROM active
  ),
  sizes AS (
    SELECT person, parcours, max(nth) AS n, max(nth) // 3 AS size FROM ordered GROUP BY ALL HAVING max(nth) >= 6
  ),
  counted AS (
    SELECT person, parcours, nth > size AS last, hour, count(*)::DOUBLE AS d
    FROM ordered JOIN sizes USING (person, parcours)
    WHERE nth <= size OR nth > n - size
    GROUP BY ALL
  ),
  entropies AS (
    SELECT person, parcours, last, sum(share * log2(1 / share)) AS h
    FROM (SELECT *, d / sum(d) OVER (PARTITION BY person, parcours, last) AS share FROM counted)
    GROUP BY ALL
  ),
  hours AS (
    SELECT person, parcours, (sum(h) FILTER (NOT last) - sum(h) FILTER (last)) / log2(24) AS difference
    FROM entropies
    GROUP BY ALL
  ),
  -- Weeks: active weekdays of each as bits.
  weeks AS MATERIALIZED (
    SELECT person, parcours, date_trunc('week', day)::DATE AS week, bit_or(1 << (isodow(day)::INTEGER - 1)) AS days
    FROM active SEMI JOIN sizes USING (person, parcours)
    GROUP BY ALL
  ),
  weeks_sizes AS (
    SELECT person, parcours, min(week) AS first, (max(week) - min(week)) // 7 + 1 AS n, n // 3 AS size FROM weeks GROUP BY ALL
  ),
  weeks_thirds AS MATERIALIZED (
    SELECT person, parcours, (week - first) // 7 >= size AS last, size, week, days
    FROM weeks JOIN weeks_sizes USING (person, parcours)
    WHERE (week - first) // 7 < size OR (week - first) // 7 >= n - size
  ),
  weeks_counts AS (
    SELECT person, parcours, last, any_value(size) AS size, count(*) AS active FROM weeks_thirds GROUP BY ALL
  ),
  similar_weeks AS (
    SELECT person, parcours, last,
      sum(bit_count(j.days & k.days) / greatest(bit_count(j.days), bit_count(k.days)))
        / any_value(active * (active - 1) / 2 + active * (size - active)) AS ws1
    FROM (SELECT * EXCLUDE (size) FROM weeks_thirds) j
    JOIN (SELECT * EXCLUDE (size) FROM weeks_thirds) k USING (person, parcours, last)
    JOIN weeks_counts USING (person, parcours, last)
    WHERE j.week < k.week
    GROUP BY ALL
  ),
  -- NULL where a third lacks: sum of nothing.
  weekly AS (
    SELECT person, parcours, sum(ws1) FILTER (last) - sum(ws1) FILTER (NOT last) AS difference
    FROM similar_weeks
    GROUP BY ALL
  ),
  slots AS (
    SELECT person, parcours, bool_or(kind = 'slotKept')::INTEGER AS kept,
      row_number() OVER (PARTITION BY person, parcours ORDER BY min(instant), slot) AS nth,
      count(*) OVER (PARTITION BY person, parcours) AS n
    FROM own
    WHERE kind IN ('slotKept', 'slotMissed') AND slot IS NOT NULL
    GROUP BY person, parcours, slot
  ),
  kept AS (
    SELECT person, parcours, avg(kept) FILTER (nth > n - n // 3) - avg(kept) FILTER (nth <= n // 3) AS difference
    FROM slots
    GROUP BY ALL
  ),
  differences AS (
    SELECT person, avg(hours.difference) AS hours, avg(weekly.difference) AS weeks, avg(kept.difference) AS slots
    FROM hours LEFT JOIN weekly USING (person, parcours) LEFT JOIN kept USING (person, parcours)
    GROUP BY person
  ),
  ${PLACES}
  SELECT person, direction, ${['hours', 'weeks', 'slots'].map(classesOf).join(', ')}
  FROM differences JOIN places USING (person)
`;

const VALUES = [
  'hoursMore',
  'hoursSame',
  'hoursLess',
  'weeksMore',
  'weeksSame',
  'weeksLess',
  'slotsMore',
  'slotsSame',
  'slotsLess',
] as const;

const countOf = (name: (typeof VALUES)[number], heading: string, english: string): FigureSpec => ({
  kind: 'count',
  name,
  of: VALUES.indexOf(name),
  texts: { fr: { heading }, en: { heading: english } },
});

export const change: Metric = {
  name: 'change',
  family: BEHAVIOUR,
  formula: {
    fr: 'dernier tiers − premier tiers de : 1 − H(D) ÷ log2 24 ; WS1 ; tenus ÷ (tenus + manqués) ; plus au-dessus de 0,05, moins au-dessous de −0,05, sinon pareil',
    en: 'last third − first third of: 1 − H(D) ÷ log2 24; WS1; kept ÷ (kept + missed); more above 0.05, less below −0.05, else same',
  },
  source: 'Boroujeni, Sharma, Kidziński, Lucignano, Dillenbourg 2016, “How to quantify student’s regularity?”',
  texts: {
    fr: {
      title: 'Évolution au cours du parcours',
      definition:
        'Du premier au dernier tiers d’un parcours achevé pendant la période : les heures d’apprentissage sont-elles plus régulières (PDH normalisée, tiers des jours actifs), les semaines plus semblables (WS1, tiers des semaines), les créneaux mieux tenus (tiers des créneaux) ? « Autant » : un écart d’au plus 0,05. Chaque tiers d’une mesure a la même taille. Les effectifs d’une mesure n’ont que les personnes pour qui elle peut être comparée.',
      unit: 'Une personne, d’après les parcours qu’elle a achevés pendant la période (moyenne des écarts), dans la direction où elle se trouve à la fin de celle-ci.',
      notEnoughData:
        'Les personnes sans parcours d’au moins six jours actifs achevé pendant la période ne sont pas comptées.',
    },
    en: {
      title: 'Change from the first to the last third of a course',
      definition:
        'From the first to the last third of a course completed in the period: are hours of learning more regular (normalised PDH, thirds of the active days), weeks more alike (WS1, thirds of the weeks), slots better kept (thirds of the slots)? “The same”: a difference of at most 0.05. Both thirds of a measure have the same size. The counts of a measure have only the people for whom it can be compared.',
      unit: 'A person, by the courses they completed in the period (mean of the differences), in the direction they belong to at its end.',
      notEnoughData: 'People without a course of at least six active days completed in the period are not counted.',
    },
  },
  settings: ['timeZone'],
  figures: [
    PEOPLE,
    countOf('hoursMore', 'Heures plus régulières', 'Hours more regular'),
    countOf('hoursSame', 'Heures aussi régulières', 'Hours as regular'),
    countOf('hoursLess', 'Heures moins régulières', 'Hours less regular'),
    countOf('weeksMore', 'Semaines plus semblables', 'Weeks more alike'),
    countOf('weeksSame', 'Semaines aussi semblables', 'Weeks as alike'),
    countOf('weeksLess', 'Semaines moins semblables', 'Weeks less alike'),
    countOf('slotsMore', 'Créneaux mieux tenus', 'Slots better kept'),
    countOf('slotsSame', 'Créneaux aussi bien tenus', 'Slots as well kept'),
    countOf('slotsLess', 'Créneaux moins bien tenus', 'Slots less well kept'),
  ],
  charted: ['hoursMore', 'hoursSame', 'hoursLess'],
  contributions: (query, { start, end }, { timeZone }) =>
    contributionsOf(query, SQL, { start, end, zone: timeZone }, VALUES),
};
