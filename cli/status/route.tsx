/** GET /status: how the system does, for administrators. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Express, Request, Response } from 'express';
import type { Config } from '../../config.ts';
import { permissionFor } from '../../lrs/index.ts';
import { languageOf, type NavigationItem, type Permission, sendPage } from '../../web/index.ts';
import type { Readiness } from '../health.ts';
import type { House } from '../house.ts';
import { version } from '../version.ts';
import type { JobLog } from './job-log.ts';
import { StatusPage, type SystemState } from './page.tsx';
import { words } from './words.ts';

const ACTION = 'system.read';
const PATH = '/status';

export const statusPermission: Permission = permissionFor('GET', PATH, ACTION);

export const statusNavigation: NavigationItem = {
  path: PATH,
  label: { fr: words.fr.title, en: words.en.title },
  description: { fr: words.fr.summary, en: words.en.summary },
  action: ACTION,
  administers: true,
};

export interface StatusOptions {
  siteUrl: string;
  readiness: Readiness;
  jobLog: JobLog;
  config: Pick<Config, 'roles' | 'data'>;
}

/** Adds the page to the application. */
export function addStatusPage(app: Express, house: House, options: StatusOptions): void {
  const since = Date.now();
  const { lrs } = house;
  app.get(PATH, lrs.access.people.guard(ACTION), async (request: Request, response: Response) => {
    const lang = languageOf(request);
    const { title, lead } = words[lang];
    const state = await look(house, options, since);
    sendPage(request, response, { title, lead, children: <StatusPage lang={lang} state={state} /> });
  });
}

/** ms that each part is waited for. */
const PATIENCE = 2_000;

/** What does not answer is left out. */
async function answered<T>(asked: Promise<T>): Promise<T | undefined> {
  return Promise.race([asked.catch(() => undefined), wait(PATIENCE, undefined, { ref: false })]);
}

async function look(
  { store, parts, lrs }: House,
  { siteUrl, readiness, jobLog, config }: StatusOptions,
  since: number,
): Promise<SystemState> {
  const [statements, consistentThrough, sessions, { missing }] = await Promise.all([
    answered(store.statements.count()),
    answered(store.statements.consistentThrough()),
    answered(lrs.access.people.sessions.count()),
    readiness.look(),
  ]);
  const freshness = parts
    .flatMap(({ measures }) => measures)
    .find(({ name }) => name === 'livret_reports_fresh_through_timestamp_seconds');
  return {
    version: version(),
    node: process.version,
    since,
    memory: process.memoryUsage.rss(),
    roles: config.roles,
    dataFolder: config.data,
    siteUrl,
    engine: store.engine,
    missing,
    ...(statements !== undefined && { statements }),
    ...(consistentThrough !== undefined && { consistentThrough }),
    ...(sessions !== undefined && { sessions }),
    ...(freshness && { reportsThrough: freshness.read() * 1000 }),
    jobs: parts.flatMap(({ jobs }) => jobs).map((job) => ({ job, run: jobLog.last(job.name) })),
  };
}
