/**
 * Pacing: do people get as far as they planned?
 *
 *   pacing   modules completed ÷ slots planned, both since the person's first slot and up to the end of the period
 *
 * A slot (slot.ts) stands for a module of about an hour; cancelled ones are not counted, nor those that begin after the end
 * of the period; the first slot is the one of these that begins first. 1 is as planned. Modules: different ones, whatever
 * the parcours, that are first completed in that time (a fact completed, or result.completion true).
 *
 * Source: Livret ("modules done ÷ planned at t", t the end of the period).
 *
 * Unit: a person. Not enough data: no slot in the period that was not cancelled.
 */
import { BEHAVIOUR, type Metric } from './metric.ts';
import { contributionsOf, PEOPLE, PLACES } from './of-people.ts';

const SQL = `
  WITH ${PLACES},
  planned AS (
    SELECT person, slot, arg_max(slot_from, (instant, position)) FILTER (kind IN ('slotPlanned', 'slotMoved')) AS slot_from,
      bool_or(kind = 'slotCancelled') AS cancelled
    FROM events JOIN agents USING (agent) WHERE slot IS NOT NULL GROUP BY person, slot
  ),
  plans AS (
    SELECT person, min(slot_from) AS since, count(*) AS slots, max(slot_from) AS latest
    FROM planned WHERE NOT cancelled AND slot_from < epoch_ms($end::BIGINT)
    GROUP BY person HAVING latest >= epoch_ms($start::BIGINT)
  ),
  done AS (
    SELECT person, module, min(completed_at) AS completed_at FROM attempts WHERE completed_at IS NOT NULL GROUP BY person, module
  ),
  paced AS (
    SELECT p.person, any_value(slots) AS slots,
      count(*) FILTER (d.completed_at >= p.since AND d.completed_at < epoch_ms($end::BIGINT)) AS modules
    FROM plans p LEFT JOIN done d ON d.person = p.person
    GROUP BY p.person
  )
  SELECT person, direction, modules / slots AS pacing FROM paced JOIN places USING (person)
`;

export const pacing: Metric = {
  name: 'pacing',
  family: BEHAVIOUR,
  formula: {
    fr: 'modules achevés ÷ créneaux prévus, du premier créneau à la fin de la période',
    en: 'modules completed ÷ slots planned, since the first slot, up to the end of the period',
  },
  source: 'Livret',
  texts: {
    fr: {
      title: 'Avancement par rapport au plan',
      definition:
        'Modules achevés rapportés aux créneaux prévus, depuis le premier créneau de la personne jusqu’à la fin de la période. 1 : autant que prévu ; un créneau vaut un module d’une heure environ.',
      unit: 'Une personne.',
      notEnoughData: 'Les personnes sans créneau prévu dans la période ne sont pas comptées.',
    },
    en: {
      title: 'Pacing',
      definition:
        'Modules completed over slots planned, from the first slot of a person to the end of the period. 1: as planned; a slot stands for a module of about an hour.',
      unit: 'A person.',
      notEnoughData: 'People without a planned slot in the period are not counted.',
    },
  },
  settings: ['timeZone'],
  figures: [
    PEOPLE,
    {
      kind: 'mean',
      name: 'pacing',
      of: 0,
      cap: 3,
      texts: { fr: { heading: 'Avancement moyen' }, en: { heading: 'Mean pacing' } },
    },
    {
      kind: 'quartiles',
      name: 'pacing',
      of: 0,
      grid: 0.1,
      texts: { fr: { heading: 'Avancement' }, en: { heading: 'Pacing' } },
    },
  ],
  charted: ['pacing'],
  contributions: (query, { start, end }) => contributionsOf(query, SQL, { start, end }, ['pacing']),
};
