/** Queries to begin with; each runs as it stands (a test runs them). */
import type { Bilingual } from '../../../web/index.ts';
import type { Over } from '../kept/index.ts';

export interface Example {
  title: Bilingual<string>;
  sql: string;
}

const latest = (metric: string): string => `(SELECT max(period) FROM publications WHERE metric = '${metric}')`;

export const EXAMPLES: Record<Over, readonly Example[]> = {
  cells: [
    {
      title: { fr: 'Ce qui est publié', en: 'What is published' },
      sql: `SELECT metric, count(*) AS periods, min(first_day) AS since, max(last_day) AS until
FROM publications
GROUP BY metric ORDER BY metric`,
    },
    {
      title: {
        fr: 'Parcours achevés, en part des inscriptions, par direction',
        en: 'Courses completed, as a share of enrolments, by direction',
      },
      sql: `SELECT holds AS direction,
  round(100 * first(value) FILTER (figure = 'completed') / nullif(first(value) FILTER (figure = 'enrolled'), 0), 1) AS percent
FROM cells
WHERE metric = 'completion' AND breakdown = 'direction' AND period = ${latest('completion')}
GROUP BY direction ORDER BY percent DESC`,
    },
    {
      title: { fr: 'Temps passé, période par période', en: 'Time on task, period by period' },
      sql: `SELECT period, value AS minutes
FROM cells
WHERE metric = 'time-on-task' AND figure = 'meanMinutes' AND breakdown = 'total'
ORDER BY period`,
    },
    {
      title: {
        fr: 'Régularité des directions, à côté du ministère',
        en: 'Regularity of the directions, beside the ministry',
      },
      sql: `SELECT c.period || ' ' || c.holds AS direction, c.value AS regularity, m.value AS ministry
FROM cells c JOIN cells m USING (metric, period, figure)
WHERE metric = 'regularity' AND figure = 'pdhNormalised' AND c.breakdown = 'direction' AND m.breakdown = 'total'
ORDER BY c.period, c.holds`,
    },
    {
      title: { fr: 'Personnes actives le lundi, heure par heure', en: 'Active people on Mondays, hour by hour' },
      sql: `SELECT lpad(key, 2, '0') AS hour, value AS people
FROM cells
WHERE metric = 'hours' AND figure = 'active' AND key::INTEGER < 24 AND breakdown = 'total'
  AND period = ${latest('hours')}
ORDER BY hour`,
    },
    {
      title: { fr: 'Ce que veut dire chaque chiffre', en: 'What each figure means' },
      sql: `SELECT metric, figure, heading_fr, unit_fr, heading_en, unit_en
FROM figures
ORDER BY metric, figure`,
    },
  ],
  rows: [
    {
      title: { fr: 'Durée médiane des séances par direction', en: 'Median length of sessions by direction' },
      sql: `SELECT direction, count(DISTINCT person) AS people, round(median(worked) / 60000, 1) AS minutes
FROM sessions
GROUP BY direction ORDER BY direction`,
    },
    {
      title: {
        fr: 'Part du temps hors des heures ouvrées, par mois',
        en: 'Share of time outside working hours, by month',
      },
      sql: `SELECT strftime(starts, '%Y-%m') AS month, round(100 * sum(off) / sum(worked), 1) AS percent
FROM sessions
WHERE worked > 0
GROUP BY month ORDER BY month`,
    },
    {
      title: { fr: 'Personnes actives, heure par heure', en: 'Active people, hour by hour' },
      sql: `SELECT lpad(hour::VARCHAR, 2, '0') AS hour, count(DISTINCT person) AS people
FROM active_hours
GROUP BY 1 ORDER BY 1`,
    },
    {
      title: { fr: 'De quand sont ces lignes', en: 'Of when these rows are' },
      sql: 'FROM about',
    },
  ],
};
