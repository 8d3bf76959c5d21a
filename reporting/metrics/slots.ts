/**
 * Slots: what becomes of the hours that people set aside for learning?
 *
 *   keptShare, missedShare, cancelledShare   of a person's slots of the period; together 1
 *   movedShare                               those that were moved at least once, whatever became of them
 *
 * A slot counts in the period in which it begins, after the last move. When it is kept: slot.ts.
 *
 * Source: Livret; planning against what was done is the measure of self-regulation that the source story claims.
 *
 * Unit: a person; the mean of their slots. Not enough data: no slot.
 */
import { BEHAVIOUR, type MeanFigure, type Metric } from './metric.ts';
import { contributionsOf, PEOPLE, PLACES } from './of-people.ts';
import { SLOTS } from './slot.ts';

const SQL = `
  WITH ${PLACES}, ${SLOTS},
  shares AS (
    SELECT person, count(*) AS slots, avg(kept::INTEGER) AS kept, avg((NOT kept AND NOT cancelled)::INTEGER) AS missed,
      avg(cancelled::INTEGER) AS cancelled, avg((moves > 0)::INTEGER) AS moved
    FROM slots GROUP BY person
  )
  SELECT person, direction, slots, kept, missed, cancelled, moved FROM shares JOIN places USING (person)
`;

const share = (of: number, name: string, fr: string, en: string): MeanFigure => ({
  kind: 'mean',
  name,
  of,
  cap: 1,
  percent: true,
  texts: { fr: { heading: fr }, en: { heading: en } },
});

export const slots: Metric = {
  name: 'slots',
  family: BEHAVIOUR,
  formula: {
    fr: 'créneaux tenus, manqués, annulés, déplacés ÷ créneaux prévus',
    en: 'slots kept, missed, cancelled, moved ÷ slots planned',
  },
  source: 'Livret',
  texts: {
    fr: {
      title: 'Créneaux tenus',
      definition:
        'De ce que chacun a prévu pour se former : part de créneaux tenus, manqués, annulés, et part de créneaux déplacés au moins une fois. Un créneau est tenu quand on s’y est formé. Déplacer un créneau, c’est aussi gérer son calendrier.',
      unit: 'Une personne : la moyenne de ses créneaux de la période.',
      notEnoughData: 'Les personnes sans créneau prévu ne sont pas comptées.',
    },
    en: {
      title: 'Slots kept',
      definition:
        'Of what each person planned for learning: the share of slots kept, missed, cancelled, and of slots moved at least once. A slot is kept when the person learned in it. Moving a slot is managing a calendar, too.',
      unit: 'A person: the mean of their slots of the period.',
      notEnoughData: 'People without a planned slot are not counted.',
    },
  },
  settings: ['timeZone'],
  figures: [
    PEOPLE,
    {
      kind: 'mean',
      name: 'slotsPerPerson',
      of: 0,
      cap: 200,
      texts: { fr: { heading: 'Créneaux par personne' }, en: { heading: 'Slots per person' } },
    },
    share(1, 'keptShare', 'Part de créneaux tenus', 'Share of slots kept'),
    share(2, 'missedShare', 'Part de créneaux manqués', 'Share of slots missed'),
    share(3, 'cancelledShare', 'Part de créneaux annulés', 'Share of slots cancelled'),
    share(4, 'movedShare', 'Part de créneaux déplacés', 'Share of slots moved'),
  ],
  charted: ['keptShare', 'missedShare', 'cancelledShare'],
  contributions: (query, { start, end }) =>
    contributionsOf(query, SQL, { start, end }, ['slots', 'kept', 'missed', 'cancelled', 'moved']),
};
