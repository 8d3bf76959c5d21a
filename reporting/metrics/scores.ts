/**
 * Scores: how well do people do?
 *
 *   score    of each module with a scaled score in the period, the last one
 *   failed   1 where a fact failed was told about a module in the period, else 0
 *
 * result.score.scaled of facts about a module by the person themselves, −1 to 1 (xAPI 1.0.3, Data 2.4.5.1); of two at one
 * instant the one stored later.
 *
 * Unit: a person; the mean of their modules. Not enough data: no scaled score in the period.
 */
import { BEHAVIOUR, type Metric } from './metric.ts';
import { contributionsOf, PEOPLE, PLACES } from './of-people.ts';

const SQL = `
  WITH ${PLACES},
  last_scores AS (
    SELECT person, module, arg_max(scaled, (instant, position)) AS score
    FROM events JOIN agents USING (agent)
    WHERE active AND module IS NOT NULL AND scaled IS NOT NULL
      AND instant >= epoch_ms($start::BIGINT) AND instant < epoch_ms($end::BIGINT)
    GROUP BY person, module
  ),
  failures AS (
    SELECT DISTINCT person FROM events JOIN agents USING (agent)
    WHERE active AND module IS NOT NULL AND kind = 'failed'
      AND instant >= epoch_ms($start::BIGINT) AND instant < epoch_ms($end::BIGINT)
  )
  SELECT person, any_value(direction) AS direction, avg(score) AS score,
    (person IN (SELECT person FROM failures))::INTEGER AS failed
  FROM last_scores JOIN places USING (person)
  GROUP BY person
`;

export const scores: Metric = {
  name: 'scores',
  family: BEHAVIOUR,
  formula: {
    fr: 'dernier result.score.scaled de chaque module',
    en: 'the last result.score.scaled of each module',
  },
  source: 'xAPI, result.score.scaled',
  texts: {
    fr: {
      title: 'Résultats',
      definition:
        'Dernier score de chaque module dans la période, de −1 à 1 (1 : tout est juste) ; et parmi les personnes notées, celles qui ont échoué à un module au moins, même si elles l’ont réussi ensuite.',
      unit: 'Une personne : la moyenne de ses modules notés.',
      notEnoughData: 'Les personnes sans score dans la période ne sont pas comptées.',
    },
    en: {
      title: 'Scores',
      definition:
        'The last score of each module in the period, −1 to 1 (1: everything right); and of the people with a score, those who failed a module at least once, even where they passed it later.',
      unit: 'A person: the mean of their scored modules.',
      notEnoughData: 'People without a score in the period are not counted.',
    },
  },
  settings: ['timeZone'],
  figures: [
    PEOPLE,
    {
      kind: 'mean',
      name: 'score',
      of: 0,
      cap: 1,
      texts: { fr: { heading: 'Score moyen' }, en: { heading: 'Mean score' } },
    },
    {
      kind: 'quartiles',
      name: 'score',
      of: 0,
      grid: 0.05,
      texts: { fr: { heading: 'Score' }, en: { heading: 'Score' } },
    },
    {
      kind: 'count',
      name: 'failed',
      of: 1,
      texts: { fr: { heading: 'Ont échoué à un module' }, en: { heading: 'Failed a module' } },
    },
    {
      kind: 'share',
      name: 'failedShare',
      of: 'failed',
      over: 'n',
      texts: { fr: { heading: 'Part qui a échoué à un module' }, en: { heading: 'Share that failed a module' } },
    },
  ],
  charted: ['score'],
  contributions: (query, { start, end }) => contributionsOf(query, SQL, { start, end }, ['score', 'failed']),
};
