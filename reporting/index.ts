/** Reporting: reads the store's feed into an analytical copy, and gives figures about groups out as published cells. */
import { join } from 'node:path';
import type { Mailer } from '../adapters/index.ts';
import type { Directory } from '../lrs/directory/index.ts';
import type { Access, Store } from '../lrs/index.ts';
import type { Measure, Part, Tell } from '../web/index.ts';
import { openCalendars } from './calendar/index.ts';
import { createCheckCommands } from './check/index.ts';
import { createReportCommands } from './commands.ts';
import { createDigests } from './digests/index.ts';
import { createHeadcountCommands } from './headcounts/index.ts';
import { addOpenApiRoute } from './openapi/index.ts';
import { addOwnRoutes } from './own/routes.tsx';
import { words } from './pages/words.ts';
import { completeHeads, forgetErased, perimetersOf } from './privacy/index.ts';
import { NamedPeople } from './progress/named-people.ts';
import { Perimeters } from './progress/perimeters.ts';
import { PublishedBefore } from './progress/published-before.ts';
import { addProgressRoutes } from './progress/routes.tsx';
import { Projection } from './projection/projection.ts';
import { Reports } from './reports.ts';
import { createReportRoutes, permissions } from './routes.ts';
import type { ReportingSettings } from './settings.ts';
import { createSql } from './sql/index.ts';
import { createTargetCommands } from './targets/index.ts';

export type { Answer, AnswerCell, AnswerState } from './answer.ts';
export { PERIOD_LENGTHS, type PeriodLength } from './periods/period.ts';
export type { ReportingSettings } from './settings.ts';

export interface ReportingOptions {
  store: Store;
  directory: Directory;
  access: Pick<Access, 'people'>;
  /** Folder for the read model. */
  dataFolder: string;
  settings: ReportingSettings;
  /** Where the site sends mail. */
  mailer?: Mailer;
  /** As digests name it, and whom their readers may ask. */
  site?: { url: string; name?: string | undefined; contact?: string | undefined };
  /** Whether an identity provider can make somebody a correspondent, of which the directory does not know. */
  namesByLogin?: boolean;
  /** Told when following the store or publishing by the job fails; both are tried again. */
  onError(error: unknown): void;
  /** Told now and then how far the read model is, when it catches up with much. */
  tell?: Tell;
  /** Milliseconds since 1970; the clock by default. */
  now?(): number;
}

export interface Reporting extends Part {
  /** Resolves once everything stored before the call is in the read model. */
  drain(): Promise<void>;
}

/** The name of the direction that one lies in. */
async function parentsIn(directory: Directory): Promise<(direction: string) => string | undefined> {
  const tree = await directory.tree();
  return (direction) => {
    const above = tree.unit(tree.direction(direction)?.parent ?? '');
    return above?.kind === 'direction' ? above.name : undefined;
  };
}

/** When it falls behind the clock by more than some seconds, the reports have lost the store, or cannot keep up with it. */
const freshness = (projection: Projection): Measure => ({
  name: 'livret_reports_fresh_through_timestamp_seconds',
  help: 'Everything stored up to then is in the reports; the time since then is how far they lag.',
  kind: 'gauge',
  read: () => projection.freshness / 1000,
});

const behind = (projection: Projection): Measure => ({
  name: 'livret_reports_behind_statements',
  help: 'While the reports catch up with the store: statements that they have still to take in.',
  kind: 'gauge',
  read() {
    const { taken, total } = projection.progress ?? { taken: 0, total: 0 };
    return total - taken;
  },
});

/** Seconds between two looks for periods to publish. */
const PUBLISH_EVERY = 3600;

/** Opens the read model and starts following the store. Rejects `store.locked` when another process has the read model open. */
export async function createReporting(options: ReportingOptions): Promise<Reporting> {
  const {
    store,
    directory,
    access,
    dataFolder,
    settings,
    namesByLogin = false,
    onError,
    tell,
    now = Date.now,
  } = options;
  const file = join(dataFolder, 'reports.duckdb');
  const { reportsMemory: memory, sessionGap } = settings;
  const rules = { sessionGap, calendars: await openCalendars(settings) };
  const projection = await Projection.open({
    store,
    directory,
    file,
    memory,
    rules,
    onError,
    ...(tell && { tell }),
    now,
  });
  await completeHeads(store);
  const noted = new Perimeters(store);
  const reports = new Reports({
    store,
    projection,
    settings,
    async perimeters() {
      const looked = await noted.all();
      return [...looked, ...(await perimetersOf(directory, now(), namesByLogin || looked.length > 0))];
    },
    parents: () => parentsIn(directory),
    below: directory.below,
    leadsTo: directory.leadsTo,
    now,
  });
  const ground = { reports, store, directory };
  const sql = await createSql({
    store,
    directory,
    projection,
    reports,
    settings,
    access: access.people,
    folder: join(dataFolder, 'sql'),
    now,
  });
  const check = createCheckCommands({ store, directory, projection, calendars: rules.calendars, settings, dataFolder });
  const routes = sql.addRoutes(createReportRoutes(ground, access.people));
  const { calendars } = rules;
  const own = addOwnRoutes(routes, { access: access.people, projection, settings, calendars, store, now });
  const progress = addProgressRoutes(routes, {
    access: access.people,
    directory,
    store,
    projection,
    calendars,
    people: new NamedPeople(directory),
    published: new PublishedBefore(store, directory),
    perimeters: noted,
    minimum: settings.kCompletion,
    now,
  });
  const digests = createDigests({
    ...{ store, directory, ground, access: access.people, timeZone: settings.timeZone, onError, now },
    ...{ site: options.site, mailer: options.mailer, tell: tell ?? (() => {}) },
  });
  digests.addRoutes(routes);
  const described = [
    ...permissions,
    ...sql.permissions,
    ...own.permissions,
    ...progress.permissions,
    ...digests.permissions,
  ];
  return {
    routes,
    navigation: [
      {
        path: '/reports',
        label: { fr: 'Rapports', en: 'Reports' },
        description: { fr: words.fr.summary, en: words.en.summary },
        action: 'report.read',
      },
      ...progress.navigation,
      ...own.navigation,
    ],
    permissions: [...described, ...addOpenApiRoute(routes, described)],
    jobs: [
      { name: 'reports.publish', every: PUBLISH_EVERY, run: (turn) => reports.publishDue(onError, turn?.signal) },
      {
        name: 'reports.forget',
        every: PUBLISH_EVERY,
        run: async () => {
          await forgetErased(store, directory, now());
          await sql.forget();
        },
      },
      ...digests.jobs,
    ],
    commands: [
      ...createReportCommands(ground, projection),
      ...check.commands,
      ...createHeadcountCommands({ store, directory }),
      ...createTargetCommands({ store, directory, now }),
      ...sql.commands,
    ],
    measures: [freshness(projection), behind(projection)],
    drain: () => projection.drain(),
    async close() {
      check.stop();
      await sql.close();
      await projection.close();
    },
  };
}
