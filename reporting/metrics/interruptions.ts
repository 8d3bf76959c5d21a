/**
 * Interruptions: how often is a module left before it is done?
 *
 *   interruptedShare       of the modules a person worked on in the period without having mastered them before, those with an interruption
 *   interruptionsPerModule  interruptions ÷ those modules
 *
 * A module counts once for each parcours and registration; it was worked on when one of its stretches ends in the period.
 * What an interruption and a stretch are: interruption.ts. An interruption belongs to the period of its last act.
 *
 * Source: Livret.
 *
 * Unit: a person; the mean of their modules. Not enough data: no module worked on.
 */
import { INTERRUPTIONS } from './interruption.ts';
import { BEHAVIOUR, type Metric } from './metric.ts';
import { contributionsOf, PEOPLE, PLACES } from './of-people.ts';

const SQL = `
  WITH ${PLACES}, ${INTERRUPTIONS},
  modules AS (
    SELECT person, count(*) FILTER (interrupted) AS interruptions
    FROM stretches GROUP BY person, parcours, module, registration
  ),
  shares AS (
    SELECT person, avg((interruptions > 0)::INTEGER) AS share, avg(interruptions) AS per_module
    FROM modules GROUP BY person
  )
  SELECT person, direction, share, per_module FROM shares JOIN places USING (person)
`;

export const interruptions: Metric = {
  name: 'interruptions',
  family: BEHAVIOUR,
  formula: {
    fr: 'modules interrompus ÷ modules travaillés ; interruptions ÷ modules travaillés',
    en: 'modules with an interruption ÷ modules worked on; interruptions ÷ modules worked on',
  },
  source: 'Livret; θ: Kovanović et al. 2015',
  texts: {
    fr: {
      title: 'Interruptions',
      definition:
        'Un module est interrompu quand on le quitte sans l’avoir achevé ni réussi, ou qu’on n’y fait rien pendant plus de θ. Une interruption n’est pas une faute : l’urgence du jour en fait partie. Il faut la lire avec la reprise.',
      unit: 'Une personne : la moyenne de ses modules de la période.',
      notEnoughData: 'Les personnes qui n’ont travaillé sur aucun module ne sont pas comptées.',
    },
    en: {
      title: 'Interruptions',
      definition:
        'A module is interrupted when it is left neither completed nor passed, or nothing is done in it for more than θ. An interruption is no fault: the urgent task of the day is one. Read it together with resumption.',
      unit: 'A person: the mean of their modules of the period.',
      notEnoughData: 'People who worked on no module are not counted.',
    },
  },
  settings: ['sessionGap'],
  figures: [
    PEOPLE,
    {
      kind: 'mean',
      name: 'interruptedShare',
      percent: true,
      of: 0,
      cap: 1,
      texts: { fr: { heading: 'Part de modules interrompus' }, en: { heading: 'Share of modules interrupted' } },
    },
    {
      kind: 'mean',
      name: 'interruptionsPerModule',
      of: 1,
      cap: 20,
      texts: { fr: { heading: 'Interruptions par module' }, en: { heading: 'Interruptions per module' } },
    },
  ],
  charted: ['interruptedShare'],
  contributions: (query, { start, end }, { sessionGap }) =>
    contributionsOf(query, SQL, { start, end, gap: sessionGap * 60_000 }, ['share', 'per_module']),
};
