/**
 * All that the reports know of one person, for that person (RGPD art. 15): what they did, as it stands in the maintained
 * tables, with the settings it was made with. Nobody else may ask: own/routes.ts takes the person from the session alone.
 */
import { addDays, dayOf } from '../../lrs/directory/index.ts';
import { type Calendar, type Calendars, weekdayOf } from '../calendar/index.ts';
import { knownModules } from '../progress/known-modules.ts';
import { LATE_AFTER, lateBefore } from '../progress/late.ts';
import type { Query, Row } from '../projection/database.ts';
import type { Projection } from '../projection/projection.ts';
import type { ReportingSettings } from '../settings.ts';
import * as lists from './lists.ts';
import type {
  OwnActiveHour,
  OwnEnrolment,
  OwnInterruption,
  OwnLearning,
  OwnModule,
  OwnSession,
  OwnSlot,
  OwnSlotFact,
  OwnTutorFact,
  OwnWeek,
} from './model.ts';
import { narrowTo } from './narrow.ts';
import { regularityOf } from './regularity.ts';

/** Rows of a list, so that a content player that writes without end does not fill the memory. Nobody has as many. */
const LONGEST = 10_000;

const WEEKS_SHOWN = 12;

/** Milliseconds since 1970, before and after everything. */
const [EVER, NEVER] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-01-01T00:00:00Z')];

export interface OwnOptions {
  projection: Pick<Projection, 'snapshot'>;
  settings: ReportingSettings;
  calendars: Calendars;
  /** Milliseconds since 1970. */
  now(): number;
}

/** What the read model holds of a person, from one view of it. `person` is their id in the directory. */
export async function learningOf(options: OwnOptions, person: string): Promise<OwnLearning> {
  const { projection, settings, calendars } = options;
  const now = options.now();
  return projection.snapshot(async ({ query, asOf }) => {
    const { timeZone } = calendars.site;
    const known = await knownModules(query, { person, timeZone, minimum: settings.kCompletion, now });
    await narrowTo(query, person);
    const cut: string[] = [];
    const list = async <T>(name: string, sql: string, parameters?: Parameters<Query>[1]): Promise<T[]> => {
      const rows = await query(`${sql} LIMIT ${LONGEST + 1}`, parameters);
      if (rows.length > LONGEST) cut.push(name);
      return rows.slice(0, LONGEST) as T[];
    };
    const here = await calendarNow(query, calendars, now);
    const modules = await list<OwnModule>('modules', lists.MODULES);
    const knownOf = (parcours: string): number => known(parcours, modulesIn(parcours, modules));
    const gap = settings.sessionGap * 60_000;
    return {
      asOf: new Date(asOf).toISOString(),
      ...(await totalsOf(query)),
      weeks: await weeksOf(query, dayOf(now, here.timeZone)),
      enrolments: (await list<Row>('enrolments', lists.ENROLMENTS)).map(enrolmentReader(knownOf, calendars, now)),
      modules,
      sessions: await list<OwnSession>('sessions', lists.SESSIONS),
      slots: await list<OwnSlotFact>('slots', lists.SLOT_FACTS),
      slotStates: await list<OwnSlot>('slotStates', lists.SLOT_STATES, { start: EVER, end: NEVER, now }),
      interruptions: await list<OwnInterruption>('interruptions', lists.INTERRUPTED, { start: EVER, end: now, gap }),
      tutor: (await list<OwnTutorFact & Row>('tutor', lists.TUTOR)).map(({ position: _position, ...fact }) => fact),
      activeHours: await list<OwnActiveHour>('activeHours', lists.ACTIVE_HOURS),
      // Last: it changes the view.
      regularity: await regularityOf(query, person, settings),
      cut,
      settings: settingsShown(settings, here),
    };
  });
}

async function calendarNow(query: Query, { all, site }: Calendars, now: number): Promise<Calendar> {
  const [row] = await query(lists.CALENDAR_NOW, { now });
  return all.find(({ id }) => id === row?.calendar) ?? site;
}

async function totalsOf(query: Query): Promise<Pick<OwnLearning, 'timeOnTask' | 'sessionMedian'>> {
  const [{ timeOnTask, sessionMedian } = {}] = await query(lists.TOTALS);
  return {
    timeOnTask: Number(timeOnTask),
    sessionMedian: typeof sessionMedian === 'number' ? sessionMedian : null,
  };
}

/** Those without a session too: a week in which somebody did something else is one of theirs. */
async function weeksOf(query: Query, today: string): Promise<OwnWeek[]> {
  const monday = addDays(today, 1 - weekdayOf(today));
  const first = addDays(monday, -7 * (WEEKS_SHOWN - 1));
  const found = new Map((await query(lists.WEEKS, { since: first })).map((row) => [row.monday, row]));
  return Array.from({ length: WEEKS_SHOWN }, (_, index) => {
    const week = addDays(first, 7 * index);
    const { timeOnTask = 0, sessions = 0 } = found.get(week) ?? {};
    return { monday: week, timeOnTask: Number(timeOnTask), sessions: Number(sessions) };
  });
}

const modulesIn = (parcours: string, modules: readonly OwnModule[]): string[] =>
  modules.filter((own) => own.parcours === parcours).map(({ module }) => module);

function enrolmentReader(
  knownOf: (parcours: string) => number,
  { all, site }: Calendars,
  now: number,
): (row: Row) => OwnEnrolment {
  return ({ calendar, ...row }) => {
    const enrolment = row as unknown as Omit<OwnEnrolment, 'modulesKnown' | 'late'>;
    const { registeredAt, startedAt, completedAt, waivedAt } = enrolment;
    const waits = startedAt === null && completedAt === null && waivedAt === null;
    const limit = lateBefore(all.find(({ id }) => id === calendar) ?? site, now);
    const late = waits && registeredAt !== null && Date.parse(registeredAt) < limit;
    return { ...enrolment, modulesKnown: knownOf(enrolment.parcours), late };
  };
}

const settingsShown = (
  { sessionGap, moduleMinutes }: ReportingSettings,
  { timeZone, hours, holidays }: Calendar,
): OwnLearning['settings'] => ({
  ...{ sessionGap, moduleMinutes, lateAfter: LATE_AFTER },
  ...{ timeZone, workingHours: hours.text, holidays },
});
