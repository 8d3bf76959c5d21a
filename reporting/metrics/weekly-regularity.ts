/**
 * Regularity from week to week (PWD, WS1, WS2, WS3, FWH, FWD): do people come back on the same days of the week?
 *
 *   PWD = (log2 7 − H(W)) · max W                            pwdNormalised = 1 − H(W) ÷ log2 7
 *   WS1 = mean over pairs of weeks of |A_j ∩ A_k| ÷ max(|A_j|, |A_k|)
 *   WS2 = mean over pairs of weeks of 1 − JSD₂(P̂_j, P̂_k)
 *   WS3 = mean over pairs of weeks of 1 − (1 ÷ |A_j ∪ A_k|) · Σ_d ((P(d,j) − P(d,k)) ÷ (P(d,j) + P(d,k)))²,  0/0 = 0
 *   FWH = |Σ x(t) · e^(−2πi·t/168)|                          fwhNormalised = FWH ÷ Σ x
 *   FWD = |Σ y(d) · e^(−2πi·d/7)|                            fwdNormalised = FWD ÷ Σ y
 *
 * W(d) is the number of weeks in which a person was active on weekday d; P(d,k) the number of active hours on weekday d of
 * week k, A_k its active days, P̂_k = P_k / ΣP_k; H the entropy in base 2; JSD₂ the Jensen-Shannon divergence in base 2
 * (from 0 to 1). x is the activity by hour of civil time and y by civil day: 1 where the person was active in it, else 0.
 *
 * Active, and whose civil time: as in regularity.ts. Weeks are ISO weeks (Monday to Sunday) of that time; only civil days
 * of the period count, so its first and last week may be cut.
 *
 * Which weeks make pairs: those from the person's first active week of the period to the last one. An empty week between
 * is a week not worked: with an active one it has WS1 = WS3 = 0 (as the formulas give), and no WS2 (there is no P̂: the
 * pair is skipped). A pair of two empty weeks (0/0) says nothing and is left out of all three. Weeks before the first and
 * after the last are out: agents begin their parcours when they like.
 *
 * Source: Boroujeni, Sharma, Kidziński, Lucignano, Dillenbourg 2016, "How to quantify student's regularity?". Public
 * implementations disagree; here: active hours and not events, base 2; the divergence and not its square root, which is
 * what scipy's jensenshannon gives and epfl-ml4ed uses; in WS3 the union of the active days and not the intersection
 * (which epfl-ml4ed takes), for a day worked in one of the weeks only is the difference that it measures; a pair of empty
 * weeks is neither alike (1) nor different (0), as the two have it.
 *
 * Unit: a person. Not enough data: active in fewer than 2 weeks.
 */
import { BEHAVIOUR, type FigureSpec, type Metric } from './metric.ts';
import { contributionsOf, PEOPLE, PLACES } from './of-people.ts';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

const sumOf = (term: (weekday: number) => string): string => WEEKDAYS.map(term).join(' + ');

/** x · log2(1 ÷ x), 0 where x is 0. */
const bits = (x: string): string => `CASE WHEN ${x} = 0 THEN 0 ELSE -${x} * log2(${x}) END`;

/** Of the share of one day in the mixture of two weeks. */
const mixedBits = (day: number): string => bits(`((j.s${day} + k.s${day}) / 2)`);

/** ((a − b) ÷ (a + b))²; a product, for powers are slow. */
const difference = (day: number): string => {
  const ratio = `((j.p${day} - k.p${day}) / (j.p${day} + k.p${day}))`;
  return `CASE WHEN j.p${day} + k.p${day} = 0 THEN 0 ELSE ${ratio} * ${ratio} END`;
};

const SQL = `
  WITH active AS (
    SELECT person, day, hour, isodow(day) AS weekday, date_trunc('week', day)::DATE AS week
    FROM active_hours
    WHERE day BETWEEN $firstDay::DATE AND $lastDay::DATE
  ),
  profiles AS (
    SELECT person, week, count(*)::DOUBLE AS hours, count(DISTINCT day)::DOUBLE AS days,
      ${WEEKDAYS.map((day) => `count(*) FILTER (weekday = ${day})::DOUBLE AS p${day}`).join(', ')}
    FROM active
    GROUP BY person, week
  ),
  weeks AS MATERIALIZED (
    SELECT *, ${sumOf((day) => bits(`s${day}`))} AS h
    FROM (SELECT *, ${WEEKDAYS.map((day) => `p${day} / hours AS s${day}`).join(', ')} FROM profiles)
  ),
  enough AS (
    SELECT person, count(*) AS active_weeks, (max(week) - min(week)) // 7 + 1 - count(*) AS empty_weeks
    FROM weeks
    GROUP BY person
    HAVING count(*) >= 2
  ),
  -- Pairs of active weeks.
  pairs AS (
    SELECT j.person,
      ${sumOf((day) => `(j.p${day} > 0 AND k.p${day} > 0)::INTEGER`)} AS common, j.days AS days_j, k.days AS days_k,
      1 - (${sumOf(mixedBits)} - (j.h + k.h) / 2) AS sim2,
      ${sumOf(difference)} AS differences
    FROM weeks j JOIN weeks k ON j.person = k.person AND j.week < k.week
  ),
  similar_weeks AS (
    SELECT person,
      sum(common / greatest(days_j, days_k)) / (count(*) + any_value(active_weeks * empty_weeks)) AS ws1,
      avg(sim2) AS ws2,
      sum(1 - differences / (days_j + days_k - common)) / (count(*) + any_value(active_weeks * empty_weeks)) AS ws3
    FROM pairs JOIN enough USING (person)
    GROUP BY person
  ),
  weekdays AS (
    SELECT person, weekday, count(DISTINCT day)::DOUBLE AS w FROM active SEMI JOIN enough USING (person) GROUP BY ALL
  ),
  totals AS (
    SELECT person, sum(w) AS total, max(w) AS most FROM weekdays GROUP BY person
  ),
  by_day AS (
    SELECT person, any_value(total) AS days, any_value(most) AS most,
      sum(w / total * log2(total / w)) AS h,
      sqrt(sum(w * cos(2 * pi() * weekday / 7)) ** 2 + sum(w * sin(2 * pi() * weekday / 7)) ** 2) AS fwd
    FROM weekdays JOIN totals USING (person)
    GROUP BY person
  ),
  by_hour AS (
    SELECT person, count(*) AS hours,
      sqrt(sum(cos(2 * pi() * (24 * weekday + hour) / 168)) ** 2 + sum(sin(2 * pi() * (24 * weekday + hour) / 168)) ** 2) AS fwh
    FROM active SEMI JOIN enough USING (person)
    GROUP BY person
  ),
  ${PLACES}
  SELECT person, direction,
    (log2(7) - h) * most AS pwd, 1 - h / log2(7) AS "pwdNormalised",
    ws1, ws2, ws3,
    fwh, fwh / hours AS "fwhNormalised", fwd, fwd / days AS "fwdNormalised"
  FROM by_day JOIN by_hour USING (person) JOIN similar_weeks USING (person) JOIN places USING (person)
`;

const VALUES = ['pwd', 'pwdNormalised', 'ws1', 'ws2', 'ws3', 'fwh', 'fwhNormalised', 'fwd', 'fwdNormalised'] as const;

const meanOf = (name: (typeof VALUES)[number], heading: string, cap: number, mean: string): FigureSpec => ({
  kind: 'mean',
  name,
  of: VALUES.indexOf(name),
  cap,
  texts: { fr: { heading }, en: { heading: mean } },
});

export const weeklyRegularity: Metric = {
  name: 'weekly-regularity',
  family: BEHAVIOUR,
  formula: {
    fr: 'PWD = (log2 7 − H(W)) · max W ; WS1 = moyenne de |A_j ∩ A_k| ÷ max(|A_j|, |A_k|) ; WS2 = moyenne de 1 − JSD₂(P̂_j, P̂_k) ; WS3 = moyenne de 1 − Σ_d ((P_j − P_k) ÷ (P_j + P_k))² ÷ |A_j ∪ A_k| ; FWH = |Σ x(t) · e^(−2πi·t/168)| ; FWD = |Σ y(d) · e^(−2πi·d/7)| ; normalisé : 1 − H(W) ÷ log2 7, FWH ÷ Σ x, FWD ÷ Σ y',
    en: 'PWD = (log2 7 − H(W)) · max W; WS1 = mean |A_j ∩ A_k| ÷ max(|A_j|, |A_k|); WS2 = mean 1 − JSD₂(P̂_j, P̂_k); WS3 = mean 1 − Σ_d ((P_j − P_k) ÷ (P_j + P_k))² ÷ |A_j ∪ A_k|; FWH = |Σ x(t) · e^(−2πi·t/168)|; FWD = |Σ y(d) · e^(−2πi·d/7)|; normalised: 1 − H(W) ÷ log2 7, FWH ÷ Σ x, FWD ÷ Σ y',
  },
  source: 'Boroujeni, Sharma, Kidziński, Lucignano, Dillenbourg 2016, “How to quantify student’s regularity?”',
  texts: {
    fr: {
      title: 'Régularité d’une semaine à l’autre',
      definition:
        'WS1 : part de jours de la semaine communs à deux semaines, en moyenne de toutes les paires de semaines entre la première et la dernière où la personne a été active ; une semaine vide entre elles compte comme sans jour commun. WS2 compare la répartition des heures actives entre les jours (1 − divergence de Jensen-Shannon, base 2, semaines vides omises), WS3 leur nombre. De 0 à 1 : 1 quand toutes les semaines se ressemblent. PWD mesure la concentration sur certains jours de la semaine ; FWH et FWD la périodicité à 168 h et à 7 jours (module du coefficient de Fourier) ; ces trois croissent avec le nombre de jours actifs : pour comparer, prendre les valeurs normalisées. Semaines du lundi au dimanche, heures civiles du lieu de chacun.',
      unit: 'Une personne, d’après ce qu’elle a fait pendant la période, dans la direction où elle se trouve à la fin de celle-ci.',
      notEnoughData: 'Les personnes actives moins de deux semaines ne sont pas comptées.',
    },
    en: {
      title: 'Regularity from week to week',
      definition:
        'WS1: share of weekdays that two weeks have in common, the mean over all pairs of weeks between the first and the last in which the person was active; an empty week between them counts as having no day in common. WS2 compares how active hours are shared out over the days (1 − Jensen-Shannon divergence, base 2, empty weeks left out), WS3 their number. From 0 to 1: 1 when all weeks are alike. PWD measures how much activity keeps to some weekdays; FWH and FWD how periodic it is at 168 h and 7 days (modulus of the Fourier coefficient); these three grow with the number of active days: to compare take the normalised values. Weeks from Monday to Sunday, civil hours of each person’s place.',
      unit: 'A person, by what they did in the period, in the direction they belong to at its end.',
      notEnoughData: 'People active in fewer than two weeks are not counted.',
    },
  },
  settings: ['timeZone'],
  figures: [
    PEOPLE,
    meanOf('ws1', 'WS1, moyenne', 1, 'WS1, mean'),
    {
      kind: 'quartiles',
      name: 'ws1Spread',
      of: VALUES.indexOf('ws1'),
      grid: 0.05,
      texts: { fr: { heading: 'WS1' }, en: { heading: 'WS1' } },
    },
    meanOf('ws2', 'WS2, moyenne', 1, 'WS2, mean'),
    meanOf('ws3', 'WS3, moyenne', 1, 'WS3, mean'),
    meanOf('pwd', 'PWD, moyenne', 50, 'PWD, mean'),
    meanOf('pwdNormalised', 'PWD normalisée, moyenne', 1, 'Normalised PWD, mean'),
    meanOf('fwh', 'FWH, moyenne', 100, 'FWH, mean'),
    meanOf('fwhNormalised', 'FWH normalisée, moyenne', 1, 'Normalised FWH, mean'),
    meanOf('fwd', 'FWD, moyenne', 50, 'FWD, mean'),
    meanOf('fwdNormalised', 'FWD normalisée, moyenne', 1, 'Normalised FWD, mean'),
  ],
  charted: ['ws1', 'ws2', 'ws3'],
  contributions: (query, { start, end, firstDay, lastDay }) =>
    contributionsOf(query, SQL, { start, end, firstDay, lastDay }, VALUES),
};
