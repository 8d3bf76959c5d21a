/**
 * Time for a module: does a module take the hour that it should?
 *
 *   minutes = mean, over the modules that a person completed in the period, of Σ of the gaps ≤ θ that belong to the module
 *   within  = 1 where that mean is at most the minutes that a module should take (setting), else 0
 *
 * A gap between two successive active events of a person belongs to the module of the earlier one; longer ones than θ to
 * none. A module is one in a parcours, under all its registrations together. It counts in the period of its first
 * completion (`completed`, or result.completion true with any verb), with all the time spent on it whenever that was, reviewing included: cut at the ends of a period, or with
 * modules that are only begun, it would look shorter than it is.
 *
 * Source: the ministry's modules are "about one hour each"; Kovanović et al. 2015 for θ. Variant: only completed modules;
 * time as in time-on-task.ts, not what players report.
 *
 * Unit: a person; their value is the mean of their modules. Not enough data: no module completed in the period.
 */
import { BEHAVIOUR, type Metric } from './metric.ts';
import { contributionsOf, PEOPLE, PLACES } from './of-people.ts';

const SQL = `
  WITH modules AS (
    SELECT person, sum(worked)::DOUBLE AS worked, min(completed_at) AS completed
    FROM attempts
    GROUP BY person, parcours, module
    HAVING completed >= epoch_ms($start::BIGINT) AND completed < epoch_ms($end::BIGINT)
  ),
  own AS (
    SELECT person, sum(worked) / count(*) / 60000 AS minutes FROM modules GROUP BY person
  ),
  ${PLACES}
  SELECT person, direction, minutes, (minutes <= $should)::INTEGER AS within FROM own JOIN places USING (person)
`;

const VALUES = ['minutes', 'within'] as const;

export const moduleTime: Metric = {
  name: 'module-time',
  family: BEHAVIOUR,
  formula: {
    fr: 'moyenne sur les modules achevés de Σ des écarts ≤ θ entre un événement du module et le suivant',
    en: 'mean over completed modules of Σ of the gaps ≤ θ from an event of the module to the next event',
  },
  source: 'Kovanović, Gašević, Dawson, Joksimović, Baker, Hatala 2015, “Does time-on-task estimation matter?”',
  texts: {
    fr: {
      title: 'Temps par module',
      definition:
        'Temps passé sur un module : somme des intervalles d’au plus θ entre une trace du module et la trace suivante de la personne. Les modules achevés pendant la période comptent, avec tout le temps qui y a été passé, révisions comprises. La valeur d’une personne est la moyenne de ses modules, comparée à la durée prévue d’un module.',
      unit: 'Une personne, d’après les modules qu’elle a achevés pendant la période, dans la direction où elle se trouve à la fin de celle-ci.',
      notEnoughData: 'Les personnes qui n’ont achevé aucun module pendant la période ne sont pas comptées.',
    },
    en: {
      title: 'Time for a module',
      definition:
        'Time on a module: sum of the gaps of at most θ between a statement of the module and the person’s next statement. Modules completed in the period count, with all the time spent on them, reviewing included. A person’s value is the mean of their modules, compared with what a module should take.',
      unit: 'A person, by the modules they completed in the period, in the direction they belong to at its end.',
      notEnoughData: 'People who completed no module in the period are not counted.',
    },
  },
  settings: ['sessionGap', 'moduleMinutes'],
  figures: [
    PEOPLE,
    {
      kind: 'mean',
      name: 'meanMinutes',
      of: VALUES.indexOf('minutes'),
      cap: 300,
      texts: {
        fr: { heading: 'Temps par module, moyenne', unit: 'min' },
        en: { heading: 'Time for a module, mean', unit: 'min' },
      },
    },
    {
      kind: 'quartiles',
      name: 'minutes',
      of: VALUES.indexOf('minutes'),
      grid: 1,
      texts: {
        fr: { heading: 'Temps par module', unit: 'min' },
        en: { heading: 'Time for a module', unit: 'min' },
      },
    },
    {
      kind: 'count',
      name: 'within',
      of: VALUES.indexOf('within'),
      texts: {
        fr: { heading: 'Personnes dans la durée prévue' },
        en: { heading: 'People within the planned time' },
      },
    },
    {
      kind: 'share',
      name: 'withinShare',
      of: 'within',
      over: 'n',
      texts: {
        fr: { heading: 'Part dans la durée prévue' },
        en: { heading: 'Share within the planned time' },
      },
    },
  ],
  charted: ['meanMinutes'],
  contributions: (query, { start, end }, { moduleMinutes }) =>
    contributionsOf(query, SQL, { start, end, should: moduleMinutes }, VALUES),
};
