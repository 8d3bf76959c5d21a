/**
 * All that the reports know of one person, for that person (RGPD art. 15): what they did, as it stands in the maintained
 * tables, with the settings it was made with. Nobody else may ask: own/routes.ts takes the person from the session alone.
 */
import type { Query, Row } from '../projection/database.ts';
import type { Projection } from '../projection/projection.ts';
import type { ReportingSettings } from '../settings.ts';
import { type OwnRegularity, regularityOf } from './regularity.ts';

/** ISO 8601, UTC. */
type Instant = string;

export interface OwnEnrolment {
  parcours: string;
  /** Where the person belonged when it began; null outside any place. */
  direction: string | null;
  service: string | null;
  site: string | null;
  enteredAt: Instant;
  neededAt: Instant | null;
  diagnosedAt: Instant | null;
  registeredAt: Instant | null;
  startedAt: Instant | null;
  completedAt: Instant | null;
  passedAt: Instant | null;
  failedAt: Instant | null;
  waivedAt: Instant | null;
  abandonedAt: Instant | null;
  lastAt: Instant | null;
  modulesStarted: number;
  modulesCompleted: number;
  lastModule: string | null;
}

/** What was done of a module under one registration. */
export interface OwnModule {
  parcours: string | null;
  module: string;
  registration: string | null;
  firstAt: Instant;
  initializedAt: Instant | null;
  lastAt: Instant | null;
  completedAt: Instant | null;
  passedAt: Instant | null;
  failedAt: Instant | null;
  waivedAt: Instant | null;
  satisfiedAt: Instant | null;
  abandonedAt: Instant | null;
  /** Minutes: gaps not longer than the session gap. */
  timeOnTask: number;
  events: number;
  /** From -1 to 1. */
  score: number | null;
  tutorCalls: number;
}

export interface OwnSession {
  startedAt: Instant;
  endedAt: Instant;
  /** Minutes. */
  timeOnTask: number;
  /** Minutes of them outside the working hours. */
  offHours: number;
  events: number;
}

/** What was said of a slot, in order. */
export interface OwnSlotFact {
  slot: string;
  at: Instant;
  /** slotPlanned, slotMoved, slotCancelled, slotKept or slotMissed. */
  kind: string;
  from: Instant | null;
  to: Instant | null;
  parcours: string | null;
  module: string | null;
}

export interface OwnTutorFact {
  at: Instant;
  /** tutorCalled or tutorAnswered. */
  kind: string;
  parcours: string | null;
  module: string | null;
}

export interface OwnActiveHour {
  /** Civil day and hour of where the person belonged then. */
  day: string;
  hour: number;
  events: number;
}

export interface OwnLearning {
  /** Everything stored at or before it is in here. */
  asOf: Instant;
  /** Minutes in all sessions. */
  timeOnTask: number;
  enrolments: OwnEnrolment[];
  /** The newest first, as all that follow. */
  modules: OwnModule[];
  sessions: OwnSession[];
  slots: OwnSlotFact[];
  tutor: OwnTutorFact[];
  activeHours: OwnActiveHour[];
  regularity: OwnRegularity;
  /** Lists of which only the newest LONGEST are given. */
  cut: string[];
  settings: {
    /** Minutes; a longer gap between two events ends a session (θ). */
    sessionGap: number;
    /** Minutes that a module should take. */
    moduleMinutes: number;
    timeZone: string;
    workingHours: string;
    holidays: string;
  };
}

/** Rows of a list, so that a content player that writes without end does not fill the memory. Nobody has as many. */
const LONGEST = 10_000;

const at = (column: string, name: string): string => `strftime(${column}, '%Y-%m-%dT%H:%M:%S.%gZ') AS "${name}"`;

/** The columns …_at under their names here. */
const instants = (...names: string[]): string => names.map((name) => at(`${name}_at`, `${name}At`)).join(', ');

const minutes = (column: string, name: string): string => `${column} / 60000.0::DOUBLE AS "${name}"`;

const ENROLMENTS = `
  SELECT parcours, direction, service, site,
    ${instants('entered', 'needed', 'diagnosed', 'registered', 'started', 'completed', 'passed', 'failed', 'waived', 'abandoned', 'last')},
    modules_started AS "modulesStarted", modules_completed AS "modulesCompleted", last_module AS "lastModule"
  FROM enrolments WHERE person = $person
  ORDER BY entered_at DESC, parcours
`;

const MODULES = `
  SELECT parcours, module, registration::VARCHAR AS registration,
    ${instants('first', 'initialized', 'last', 'completed', 'passed', 'failed', 'waived', 'satisfied', 'abandoned')},
    ${minutes('worked', 'timeOnTask')}, events, scaled AS score, calls AS "tutorCalls"
  FROM attempts WHERE person = $person
  ORDER BY first_at DESC, parcours, module, registration
`;

const SESSIONS = `
  SELECT ${at('starts', 'startedAt')}, ${at('ends', 'endedAt')}, ${minutes('worked', 'timeOnTask')}, ${minutes('off', 'offHours')}, events
  FROM sessions WHERE person = $person
  ORDER BY starts DESC
`;

const ACTIVE_HOURS = `
  SELECT strftime(day, '%Y-%m-%d') AS day, hour, events
  FROM active_hours WHERE person = $person
  ORDER BY active_hours.day DESC, hour DESC
`;

/** Few of the person's events: no table is kept of them. */
const facts = (kinds: readonly string[], columns: string): string => `
  SELECT ${columns}, ${at('instant', 'at')}, kind, parcours, module
  FROM events
  WHERE agent IN (SELECT agent FROM agents WHERE person = $person) AND kind IN (${kinds.map((kind) => `'${kind}'`)})
  ORDER BY instant DESC, position DESC
`;

const SLOTS = facts(
  ['slotPlanned', 'slotMoved', 'slotCancelled', 'slotKept', 'slotMissed'],
  `slot, ${at('slot_from', 'from')}, ${at('slot_to', 'to')}`,
);

const TUTOR = facts(['tutorCalled', 'tutorAnswered'], 'position');

const TOTAL = `SELECT coalesce(sum(worked), 0) / 60000.0::DOUBLE AS minutes FROM sessions WHERE person = $person`;

/** What the read model holds of a person, from one view of it. `person` is their id in the directory. */
export async function learningOf(
  projection: Pick<Projection, 'snapshot'>,
  settings: ReportingSettings,
  person: string,
): Promise<OwnLearning> {
  return projection.snapshot(async ({ query, asOf }) => {
    const cut: string[] = [];
    const list = async <T>(name: string, sql: string): Promise<T[]> => {
      const rows = await query(`${sql} LIMIT ${LONGEST + 1}`, { person });
      if (rows.length > LONGEST) cut.push(name);
      return rows.slice(0, LONGEST) as T[];
    };
    return {
      asOf: new Date(asOf).toISOString(),
      timeOnTask: await totalOf(query, person),
      enrolments: await list<OwnEnrolment>('enrolments', ENROLMENTS),
      modules: await list<OwnModule>('modules', MODULES),
      sessions: await list<OwnSession>('sessions', SESSIONS),
      slots: await list<OwnSlotFact>('slots', SLOTS),
      tutor: (await list<OwnTutorFact & Row>('tutor', TUTOR)).map(({ position: _position, ...fact }) => fact),
      activeHours: await list<OwnActiveHour>('activeHours', ACTIVE_HOURS),
      // Last: it narrows the view.
      regularity: await regularityOf(query, person, settings),
      cut,
      settings: settingsShown(settings),
    };
  });
}

const totalOf = async (query: Query, person: string): Promise<number> =>
  Number((await query(TOTAL, { person }))[0]?.minutes ?? 0);

const settingsShown = ({ sessionGap, moduleMinutes, timeZone, workingHours, holidays }: ReportingSettings) => ({
  sessionGap,
  moduleMinutes,
  timeZone,
  workingHours: workingHours.text,
  holidays,
});
