/** A site with the part of reports on a real store and directory. */
import { randomUUID } from 'node:crypto';
import { createDirectory, type Membership } from '../../lrs/directory/index.ts';
import { createAccess, openStore } from '../../lrs/index.ts';
import type { StoreOptions } from '../../lrs/store/open.ts';
import type { NewStatement } from '../../lrs/store/store.ts';
import { agentKey, readStatements } from '../../lrs/xapi/index.ts';
import type { Agent, Statement } from '../../lrs/xapi/types.ts';
import { calendarsOf, parseWorkingHours } from '../../reporting/calendar/index.ts';
import { type Answer, createReporting, type ReportingOptions, type ReportingSettings } from '../../reporting/index.ts';
import type { Rules } from '../../reporting/projection/rules.ts';
import type { Json } from '../../web/index.ts';
import type { Engine, Place } from '../engines/index.ts';

const workingHours = parseWorkingHours('Mon-Fri 08:00-19:00');
if (!workingHours) throw new Error('no working hours');

export const SETTINGS: ReportingSettings = {
  timeZone: 'Europe/Paris',
  workingHours,
  holidays: 'metropole',
  sessionGap: 30,
  moduleMinutes: 60,
  period: 'quarter',
  publishDelay: 7,
  kBehaviour: 11,
  kCompletion: 5,
  reportsMemory: 256 * 2 ** 20,
  sqlSeconds: 20,
  sqlMemory: 384 * 2 ** 20,
};

/** The same for who opens a read model without its part. */
export const RULES: Rules = {
  sessionGap: SETTINGS.sessionGap,
  calendars: calendarsOf(SETTINGS, { closed: [], places: [] }),
};

const AUTHORITY: Agent = { objectType: 'Agent', account: { homePage: 'https://livret.test', name: 'suite' } };
export const COURSE_TYPE = 'http://adlnet.gov/expapi/activities/course';
export const COMPLETED = 'http://adlnet.gov/expapi/verbs/completed';
export const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';

export const agent = (name: string): Agent => ({ account: { homePage: 'https://agents.test', name } });
export const keyOf = (name: string): string => agentKey(agent(name)) ?? '';

/** Something an agent did in a course; what is not given is ordinary. */
export function did(name: string, timestamp: string, parts: Partial<Statement> & { course?: string } = {}): Statement {
  const { course = 'https://courses.test/word', ...rest } = parts;
  return {
    id: randomUUID(),
    actor: agent(name),
    verb: { id: 'https://verbs.test/did' },
    object: { id: 'https://units.test/one' },
    context: { contextActivities: { parent: [{ id: course, definition: { type: COURSE_TYPE } }] } },
    timestamp,
    ...rest,
  };
}

function read(statements: readonly Statement[]): NewStatement[] {
  const options = { version: '1.0.3', authority: AUTHORITY, maxStatements: 100_000 } as const;
  return readStatements(JSON.stringify(statements), options).statements.map(
    ({ value: _value, attachments: _attachments, ...rest }) => ({ ...rest, attachments: [], defines: true }),
  );
}

/** A new site, which is removed when it is closed. */
export async function openSite(engine: Engine, settings: Partial<ReportingSettings> = {}, more: More = {}) {
  const place = await engine.place();
  return removable(await openSiteAt(place, settings, place.folder, more), place);
}

/** What only some sites have. */
type More = Pick<ReportingOptions, 'mailer' | 'site' | 'tell'>;

type SiteAt = Awaited<ReturnType<typeof openSiteAt>>;

/** A site that takes its place with it. */
export const removable = (site: SiteAt, place: Place) =>
  Object.assign(site, {
    removePlace: () => place.remove(),
    async close() {
      await site.leave();
      await place.remove();
    },
  });

/** A site in a place where one may have been before. The reports may have a folder of their own, such as a disk to be filled. */
export async function openSiteAt(
  { engine, folder }: StoreOptions,
  settings: Partial<ReportingSettings> = {},
  dataFolder = folder,
  more: More = {},
) {
  const store = await openStore({ engine, folder });
  const directory = createDirectory(store);
  const access = await createAccess({
    store,
    directory,
    settings: { siteUrl: 'https://livret.test', requestsPerMinute: 0, failedLoginsPerMinute: 0 },
  });
  const clock = { now: Date.UTC(2026, 10, 23) };
  const errors: unknown[] = [];
  const open = () =>
    createReporting({
      store,
      directory,
      access,
      dataFolder,
      settings: { ...SETTINGS, ...settings },
      onError: (error) => void errors.push(error),
      now: () => clock.now,
      ...more,
    });
  let part = await open();
  const site = {
    folder,
    store,
    directory,
    access,
    clock,
    errors,
    get part() {
      return part;
    },
    /** Closes the part and opens it again, with what `between` does to its file. */
    async reopen(between: () => Promise<void> = async () => {}) {
      await part.close();
      await between();
      part = await open();
    },
    async commit(statements: readonly Statement[]) {
      for (let from = 0; from < statements.length; from += 500) {
        await store.commit({ statements: read(statements.slice(from, from + 500)) });
      }
    },
    /** Says where each of these people belongs, by name. */
    async people(direction: string, names: readonly string[], more: Partial<Membership> = {}) {
      const records = names.map((name) => ({
        identifiers: [keyOf(name)] as [string],
        membership: { direction, roles: ['agent' as const], ...more },
      }));
      for (let from = 0; from < records.length; from += 500) await directory.upsertAll(records.slice(from, from + 500));
    },
    async run<T = Answer>(name: string, args: Record<string, Json> = {}): Promise<T> {
      const command = part.commands.find((each) => each.name === name);
      if (!command) throw new Error(`no command ${name}`);
      return (await command.run({ args, input: nothing(), emit: async () => {} })) as T;
    },
    report: (name: string, period: string, more: Record<string, Json> = {}) =>
      site.run('report', { name, period, ...more }),
    /** Closes it; what it keeps stays. */
    async leave() {
      await part.close();
      await store.close();
    },
  };
  return site;
}

export type Site = Awaited<ReturnType<typeof openSite>>;

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** `count` names that begin with `prefix`. */
export const names = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${String(index).padStart(4, '0')}`);
