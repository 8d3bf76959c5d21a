/** `livret serve`: opens everything, listens until it is told to stop, and then stops without losing anything. */
import type { RequestListener } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { compileSchemas, type ErrorReport, hasCode, type Store } from '../lrs/index.ts';
import { setTimeZone, type Tell } from '../web/index.ts';
import { siteAddress } from './address.ts';
import { createApp } from './app.ts';
import { isServed } from './control/client.ts';
import { openControl } from './control/server.ts';
import { Readiness, whileStarting } from './health.ts';
import { type House, type HouseOptions, openHouse } from './house.ts';
import { startJobs } from './jobs.ts';
import { openDoor } from './net/door.ts';
import { createExchange } from './net/exchange.ts';
import { createLog } from './observe/log.ts';
import { type Observation, openObservation } from './observe/open.ts';
import { identifyRequests, watchExchanges, watchJobs, watchStore } from './observe/watch.ts';
import { siteSettings } from './settings.ts';
import { JobLog } from './status/job-log.ts';

/** ms that the store is waited for when nobody serves it. */
const PATIENCE = 5_000;

/** ms that requests, commands and jobs under way are given when the server stops. */
const GRACE = 10_000;

/** ms after which the process ends whatever hangs: what was answered is on disk, and the next start mends the rest. */
const LAST_RESORT = 25_000;

/**
 * Percent by which the heap may grow over what lives in it until V8 looks for garbage. By itself it takes 300 while a heap
 * is small: 50 MB that live had 210 around them, for a twentieth less work.
 */
const HEAP_GROWTH = 100;

/** Serves until SIGTERM or SIGINT. Rejects with one sentence to show when it cannot start. */
export async function serve(config: Config): Promise<void> {
  const told = untilToldToStop();
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH}`);
  const log = createLog(config.logLevel);
  const observation = await openObservation(config, log);
  try {
    await serveWatched(config, log, observation, told);
  } finally {
    await observation.close();
  }
  log.info('stopped');
}

async function serveWatched(
  config: Config,
  log: Logger,
  observation: Observation,
  told: Promise<NodeJS.Signals>,
): Promise<void> {
  const { watches } = observation;
  const readiness = new Readiness();
  let app: RequestListener = whileStarting(readiness);
  // The port first: a server that cannot have it must not have printed a secret that nobody will see again.
  const answer: RequestListener = (request, response) => app(request, response);
  const exchange = createExchange();
  const door = await openDoor(config, exchange, watchExchanges([identifyRequests, ...watches], answer), log);
  const siteUrl = siteAddress(config, door.port);
  let house: House | undefined;
  try {
    // Paths only: a query may name people.
    const report: ErrorReport = (error, request) => log.error({ err: error, ...request }, 'a request failed');
    const onError = (error: unknown): void => log.error({ err: error }, 'background work failed');
    const watchEngine = (engine: Store): Store => watchStore(watches, engine);
    const tell: Tell = (what, details) => log.warn(details, what);
    house = await openWhenFree(config, { siteUrl, report, onError, tell, watchStore: watchEngine });
    const { store } = house;
    readiness.require('store', () => store.ready());
    observation.add([...door.measures, ...house.parts.flatMap((part) => part.measures)]);
    // Now, and not while the first player waits.
    compileSchemas();
    const first = await house.lrs.access.keys.ensureFirst({ key: config.key, secret: config.secret });
    const commands = house.parts.flatMap((part) => part.commands);
    const { roles, trustProxy } = config;
    setTimeZone(config.timeZone);
    const jobLog = new JobLog();
    const site = siteSettings(config);
    const web = roles.includes('web');
    const express = createApp(house, { web, siteUrl, site, trustProxy, readiness, jobLog, config, report });
    // Once nothing can fail any more: an open socket would keep the process from ending.
    const control = await openControl(config.data, commands, (error, command) =>
      log.error({ err: error, command }, 'a command failed'),
    );
    exchange.belongTo(express);
    app = express;
    const jobs = roles.includes('jobs') ? house.parts.flatMap((part) => part.jobs) : [];
    const stopJobs = startJobs(store, jobs, { log, watch: watchJobs([jobLog, ...watches]) });
    readiness.phase = 'serving';
    greet(siteUrl, first, config);
    log.info({ pid: process.pid, port: door.port, roles }, 'listening');

    const signal = await told;
    readiness.phase = 'stopping';
    log.info({ signal, delay: config.stopDelay }, 'stopping');
    // Still serving: whoever spreads requests over servers needs a moment to see that this one is not ready any more.
    await wait(config.stopDelay * 1000);
    endInTime(log);
    house.lrs.endLive();
    const jobsEnded = Promise.race([stopJobs(), wait(GRACE, undefined, { ref: false })]);
    await Promise.all([door.close(GRACE), control.close(GRACE), jobsEnded]);
  } finally {
    await door.close(0);
    await house?.close();
  }
}

/** A command of the console may hold the store for a moment; another server holds it for good. */
async function openWhenFree(config: Config, options: HouseOptions): Promise<House> {
  for (const deadline = Date.now() + PATIENCE; ; await wait(200)) {
    try {
      return await openHouse(config, options);
    } catch (error) {
      if (!hasCode(error, 'store.locked') || Date.now() > deadline || (await isServed(config.data))) throw error;
    }
  }
}

/** Resolves with the first signal; at the second the process ends at once. */
function untilToldToStop(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let told = false;
    const stop = (signal: NodeJS.Signals): void => {
      if (told) process.exit(1);
      told = true;
      resolve(signal);
    };
    process.on('SIGTERM', stop).on('SIGINT', stop);
  });
}

function endInTime(log: Logger): void {
  const end = (): void => {
    log.error('stopping took too long: ending at once');
    process.exit(1);
  };
  setTimeout(end, LAST_RESORT).unref();
}

function greet(siteUrl: string, first: { key: string; secret: string } | undefined, config: Config): void {
  const lines = [`Livret is listening at ${siteUrl}`, `xAPI endpoint: ${siteUrl}/xapi`];
  // Without the user, the password and the options.
  if (config.store !== 'sqlite') lines.push(`Store: ${config.store.replace(/\/\/.*@/, '//').replace(/\?.*/, '')}`);
  lines.push(`Data folder: ${config.data}`);
  if (first !== undefined) {
    lines.push('', 'The first key, which may do everything. Its secret is shown this once:');
    lines.push(`  key     ${first.key}`, `  secret  ${first.secret}`, '');
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}
