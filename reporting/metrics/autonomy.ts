/**
 * Autonomy: how much is the tutor called for?
 *
 *   callsPerModule        tutor calls in the period ÷ modules completed in it
 *   withoutCallShare      of the modules completed in the period, those for which no tutor was called up to the completion
 *
 * A call belongs to the module that its statement names (about any of the person's parcours); calls that name none count
 * for callsPerModule only. A module counts once, when it is first completed (a fact completed, or result.completion
 * true), whatever the parcours. Never rank people or directions by few calls:
 * too little help-seeking is a fault too.
 *
 * Source: Livret.
 *
 * Unit: a person. Not enough data: no module completed in the period.
 */
import { BEHAVIOUR, type Metric } from './metric.ts';
import { contributionsOf, PEOPLE, PLACES } from './of-people.ts';

const SQL = `
  WITH ${PLACES},
  first_done AS (
    SELECT person, module, min(completed_at) AS completed_at FROM attempts WHERE completed_at IS NOT NULL GROUP BY person, module
  ),
  done AS (
    SELECT * FROM first_done WHERE completed_at >= epoch_ms($start::BIGINT) AND completed_at < epoch_ms($end::BIGINT)
  ),
  calls AS (SELECT person, module, instant FROM events JOIN agents USING (agent) WHERE kind = 'tutorCalled'),
  first_calls AS (SELECT person, module, min(instant) AS first_call FROM calls WHERE module IS NOT NULL GROUP BY person, module),
  alone AS (
    SELECT d.person, count(*) AS modules, avg((f.first_call IS NULL OR f.first_call > d.completed_at)::INTEGER) AS without_call
    FROM done d LEFT JOIN first_calls f ON f.person = d.person AND f.module = d.module
    GROUP BY d.person
  ),
  called AS (
    SELECT person, count(*) AS calls FROM calls
    WHERE instant >= epoch_ms($start::BIGINT) AND instant < epoch_ms($end::BIGINT)
    GROUP BY person
  )
  SELECT a.person, p.direction, coalesce(c.calls, 0) / a.modules AS per_module, a.without_call
  FROM alone a JOIN places p USING (person) LEFT JOIN called c ON c.person = a.person
`;

export const autonomy: Metric = {
  name: 'autonomy',
  family: BEHAVIOUR,
  formula: {
    fr: 'appels au tuteur ÷ modules achevés ; modules achevés sans appel ÷ modules achevés',
    en: 'tutor calls ÷ modules completed; modules completed without a call ÷ modules completed',
  },
  source: 'Livret',
  texts: {
    fr: {
      title: 'Appels au tuteur',
      definition:
        'Appels au tuteur rapportés aux modules achevés, et part des modules achevés sans appel. Peu d’appels n’est pas une qualité en soi : ne pas demander d’aide quand il en faudrait est aussi un défaut.',
      unit: 'Une personne.',
      notEnoughData: 'Les personnes qui n’ont achevé aucun module pendant la période ne sont pas comptées.',
    },
    en: {
      title: 'Tutor calls',
      definition:
        'Tutor calls over modules completed, and the share of modules completed without a call. Few calls are no merit by themselves: not asking for help that one needs is a fault, too.',
      unit: 'A person.',
      notEnoughData: 'People who completed no module in the period are not counted.',
    },
  },
  settings: ['timeZone'],
  figures: [
    PEOPLE,
    {
      kind: 'mean',
      name: 'callsPerModule',
      of: 0,
      cap: 10,
      texts: { fr: { heading: 'Appels par module achevé' }, en: { heading: 'Calls per completed module' } },
    },
    {
      kind: 'mean',
      name: 'withoutCallShare',
      percent: true,
      of: 1,
      cap: 1,
      texts: {
        fr: { heading: 'Part de modules achevés sans appel' },
        en: { heading: 'Share of modules completed without a call' },
      },
    },
  ],
  charted: ['callsPerModule'],
  contributions: (query, { start, end }) => contributionsOf(query, SQL, { start, end }, ['per_module', 'without_call']),
};
