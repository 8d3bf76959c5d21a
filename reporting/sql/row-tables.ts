/** What the rows of people are, and how they are asked of the read model. */
import { column } from './column.ts';
import type { TableSpec } from './publish.ts';

export interface RowTable extends TableSpec {
  /**
   * The rows of those in `who` (id, pseudonym), in the order of the columns; one after the other in an order that does not
   * tell who comes when in the directory.
   */
  sql: string;
}

const PERSON = column(
  'person',
  'VARCHAR',
  'Pseudonyme, le même dans toutes les tables ; il change avec le trimestre.',
  'Pseudonym, the same in every table; it changes with the quarter.',
);
const DIRECTION = column(
  'direction',
  'VARCHAR',
  'Direction où la personne se trouvait alors.',
  'Direction that the person belonged to then.',
);
const PARCOURS = column('parcours', 'VARCHAR', 'Parcours (IRI).', 'Course (IRI).');
const instant = (name: string, fr: string, en: string) =>
  column(name, 'TIMESTAMP', `${fr}, à la minute (UTC).`, `${en}, to the minute (UTC).`);

/** Where a person belonged at an instant of the table `t`. */
const placeAt = (instant: string): string =>
  `LEFT JOIN memberships m ON m.person = t.person AND m.starts <= epoch_ms(${instant}) AND epoch_ms(${instant}) < m.ends`;

const minute = (name: string): string => `date_trunc('minute', t.${name}) AS ${name}`;

const SESSIONS: RowTable = {
  name: 'sessions',
  description: {
    fr: 'Séances : événements actifs d’une personne, sans pause plus longue que celle du réglage.',
    en: 'Sessions: active events of a person, without a gap longer than the one of the setting.',
  },
  columns: [
    PERSON,
    DIRECTION,
    instant('starts', 'Début', 'Start'),
    column('worked', 'BIGINT', 'Du premier au dernier événement.', 'From the first event to the last.', 'ms'),
    column('off', 'BIGINT', 'Dont hors des heures ouvrées.', 'Of it outside working hours.', 'ms'),
    column('events', 'INTEGER', 'Événements.', 'Events.'),
  ],
  sql: `SELECT pseudonym, m.direction, ${minute('starts')}, t.worked, t.off, t.events
    FROM sessions t JOIN who ON who.id = t.person ${placeAt('t.starts')} ORDER BY pseudonym, t.starts`,
};

const HOURS: RowTable = {
  name: 'active_hours',
  description: {
    fr: 'Heures où une personne a été active, en heure civile de son lieu.',
    en: 'Hours in which a person was active, in the civil time of their place.',
  },
  columns: [
    PERSON,
    DIRECTION,
    column('day', 'DATE', 'Jour civil.', 'Civil day.'),
    column('hour', 'TINYINT', 'Heure, de 0 à 23.', 'Hour, 0 to 23.', 'h'),
    column('events', 'INTEGER', 'Événements.', 'Events.'),
  ],
  sql: `SELECT pseudonym, m.direction, t.day, t.hour, t.events
    FROM active_hours t JOIN who ON who.id = t.person ${placeAt('(t.day + to_hours(t.hour))')}
    ORDER BY pseudonym, t.day, t.hour`,
};

const ATTEMPTS: RowTable = {
  name: 'attempts',
  description: {
    fr: 'Ce qu’une personne a fait d’un module, sous une inscription.',
    en: 'What a person did of a module, under one registration.',
  },
  columns: [
    PERSON,
    DIRECTION,
    PARCOURS,
    column('module', 'VARCHAR', 'Module (IRI).', 'Module (IRI).'),
    instant('first_at', 'Premier événement', 'First event'),
    instant('last_at', 'Dernier événement actif', 'Last active event'),
    instant('completed_at', 'Achevé', 'Completed'),
    instant('passed_at', 'Réussi', 'Passed'),
    instant('failed_at', 'Échoué', 'Failed'),
    instant('waived_at', 'Dispensé', 'Waived'),
    instant('satisfied_at', 'Satisfait', 'Satisfied'),
    instant('abandoned_at', 'Abandonné', 'Abandoned'),
    column('worked', 'BIGINT', 'Temps passé.', 'Time on task.', 'ms'),
    column('events', 'INTEGER', 'Événements actifs.', 'Active events.'),
    column('scaled', 'DOUBLE', 'Dernier score, de -1 à 1.', 'Last score, -1 to 1.'),
    column('calls', 'INTEGER', 'Appels au tuteur.', 'Calls of the tutor.'),
  ],
  sql: `SELECT pseudonym, m.direction, t.parcours, t.module, ${[
    'first_at',
    'last_at',
    'completed_at',
    'passed_at',
    'failed_at',
    'waived_at',
    'satisfied_at',
    'abandoned_at',
  ]
    .map(minute)
    .join(', ')}, t.worked, t.events, t.scaled, t.calls
    FROM attempts t JOIN who ON who.id = t.person ${placeAt('t.first_at')} ORDER BY pseudonym, t.first_at, t.module`,
};

const ENROLMENTS: RowTable = {
  name: 'enrolments',
  description: { fr: 'Une personne dans un parcours.', en: 'A person in a course.' },
  columns: [
    PERSON,
    column('direction', 'VARCHAR', 'Direction à l’entrée.', 'Direction on entering.'),
    PARCOURS,
    instant('entered_at', 'Premier événement', 'First event'),
    instant('needed_at', 'Besoin recensé', 'Need identified'),
    instant('diagnosed_at', 'Diagnostic', 'Diagnosed'),
    instant('registered_at', 'Inscription', 'Registered'),
    instant('started_at', 'Premier événement actif', 'First active event'),
    instant('completed_at', 'Achevé', 'Completed'),
    instant('passed_at', 'Réussi', 'Passed'),
    instant('failed_at', 'Échoué', 'Failed'),
    instant('waived_at', 'Dispensé', 'Waived'),
    instant('abandoned_at', 'Abandonné', 'Abandoned'),
    instant('last_at', 'Dernier événement actif', 'Last active event'),
    column('modules_started', 'INTEGER', 'Modules commencés.', 'Modules started.'),
    column('modules_completed', 'INTEGER', 'Modules achevés.', 'Modules completed.'),
    column(
      'last_module',
      'VARCHAR',
      'Module du dernier événement actif (IRI).',
      'Module of the last active event (IRI).',
    ),
  ],
  sql: `SELECT pseudonym, t.direction, t.parcours, ${[
    'entered_at',
    'needed_at',
    'diagnosed_at',
    'registered_at',
    'started_at',
    'completed_at',
    'passed_at',
    'failed_at',
    'waived_at',
    'abandoned_at',
    'last_at',
  ]
    .map(minute)
    .join(', ')}, t.modules_started, t.modules_completed, t.last_module
    FROM enrolments t JOIN who ON who.id = t.person ORDER BY pseudonym, t.entered_at, t.parcours`,
};

export const ROW_TABLES: readonly RowTable[] = [SESSIONS, HOURS, ATTEMPTS, ENROLMENTS];
