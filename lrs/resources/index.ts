/** The xAPI resources under /xapi, the feed, and the published profile: the route table, and what every request passes on its way. */
import { type NextFunction, Router } from 'express';
import type { Measure, Permission } from '../../web/index.ts';
import { type Access, requireScope, type Scope } from '../access/index.ts';
import { LivretError } from '../errors.ts';
import { unfoldAlternateSyntax } from '../http/alternate-syntax.ts';
import { shareAcrossOrigins } from '../http/cross-origin.ts';
import type { Handler, XapiRequest, XapiResponse } from '../http/exchange.ts';
import { type ErrorReport, respondError } from '../http/respond-error.ts';
import { announceVersion, requireVersion } from '../http/version.ts';
import type { Store } from '../store/store.ts';
import { getAbout } from './about.ts';
import { activitiesHandler } from './activities.ts';
import { activityProfileHandlers } from './activity-profile.ts';
import { agentProfileHandlers } from './agent-profile.ts';
import { getAgents } from './agents.ts';
import { tellConsistentThrough } from './consistent-through.ts';
import { createFeed, type Feed } from './feed.ts';
import { getProfile, PROFILE_PATHS } from './profile.ts';
import type { XapiSettings } from './settings.ts';
import { stateHandlers } from './state.ts';
import { statementReader } from './statements-read.ts';
import { statementWriters } from './statements-write.ts';

export type { XapiSettings } from './settings.ts';

export interface Xapi {
  router: Router;
  permissions: readonly Permission[];
  measures: readonly Measure[];
  /** Ends the live feeds, so that the server can close. */
  close(): void;
}

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';
type Route = readonly [Method, path: string, anyOf: readonly Scope[] | 'public', Handler];

/** Looking up what an agent or an activity is: part of whatever a key may do with them. */
const ANY_USE: readonly Scope[] = ['statements/read', 'statements/read/mine', 'all/read', 'state', 'profile', 'define'];

/** Builds the router; `report` is told of errors that are ours. */
export function createXapi({
  store,
  access,
  settings,
  report,
}: {
  store: Store;
  access: Pick<Access, 'authenticate' | 'rateLimit'>;
  settings: XapiSettings;
  report: ErrorReport;
}): Xapi {
  const { maxBodyBytes } = settings;
  const statements = { ...statementWriters(store, settings), get: statementReader(store, settings.pageSize) };
  const state = stateHandlers(store.documents, maxBodyBytes);
  const activityProfile = activityProfileHandlers(store.documents, maxBodyBytes);
  const agentProfile = agentProfileHandlers(store.documents, maxBodyBytes);
  const feed = createFeed(store, settings.feed);

  const routes: readonly Route[] = [
    ['POST', '/xapi/statements', ['statements/write'], statements.post],
    ['PUT', '/xapi/statements', ['statements/write'], statements.put],
    ['GET', '/xapi/statements', ['statements/read', 'statements/read/mine', 'all/read'], statements.get],
    ['PUT', '/xapi/activities/state', ['state'], state.put],
    ['POST', '/xapi/activities/state', ['state'], state.post],
    ['GET', '/xapi/activities/state', ['state', 'all/read'], state.get],
    ['DELETE', '/xapi/activities/state', ['state'], state.delete],
    ['PUT', '/xapi/activities/profile', ['profile'], activityProfile.put],
    ['POST', '/xapi/activities/profile', ['profile'], activityProfile.post],
    ['GET', '/xapi/activities/profile', ['profile', 'all/read'], activityProfile.get],
    ['DELETE', '/xapi/activities/profile', ['profile'], activityProfile.delete],
    ['PUT', '/xapi/agents/profile', ['profile'], agentProfile.put],
    ['POST', '/xapi/agents/profile', ['profile'], agentProfile.post],
    ['GET', '/xapi/agents/profile', ['profile', 'all/read'], agentProfile.get],
    ['DELETE', '/xapi/agents/profile', ['profile'], agentProfile.delete],
    ['GET', '/xapi/activities', ANY_USE, activitiesHandler(store.activities)],
    ['GET', '/xapi/agents', ANY_USE, getAgents],
    ['GET', '/xapi/about', 'public', getAbout],
    ...PROFILE_PATHS.map((path): Route => ['GET', path, 'public', getProfile]),
  ];

  // One router, not one inside another: each level costs every request.
  const router = Router({ caseSensitive: true });
  const guard = [access.authenticate, access.rateLimit];
  router.use('/xapi', shareAcrossOrigins, announceVersion(settings.fallbackVersion));
  router.use('/xapi-profile', shareAcrossOrigins);
  router.use('/xapi/statements', tellConsistentThrough(store.statements));
  router.use('/xapi', unfoldAlternateSyntax(maxBodyBytes));
  for (const [method, path, anyOf, handler] of routes) {
    const checks = anyOf === 'public' ? [] : [requireVersion, ...guard, requireScope(...anyOf)];
    router[methodName(method)](path, ...checks, handler);
  }
  router.get('/feed', ...guard, requireScope('feed/read'), feed.getFeed);
  for (const path of pathsOf(routes)) router.all(path, refuseMethod([...methodsAt(routes, path), 'OPTIONS']));
  router.all('/feed', refuseMethod(['GET', 'HEAD']));
  router.use('/xapi', refusePath);
  router.use(['/xapi', '/feed', '/xapi-profile'], respondError(report));
  return { router, permissions: permissionsOf(routes), measures: [readersOf(feed)], close: feed.close };
}

const readersOf = (feed: Feed): Measure => ({
  name: 'livret_feed_readers',
  help: 'Readers whose answer of the feed is under way, live ones among them.',
  kind: 'gauge',
  read: () => feed.readers(),
});

const pathsOf = (routes: readonly Route[]) => new Set(routes.map(([, path]) => path));

const methodName = (method: Method) => method.toLowerCase() as Lowercase<Method>;

function methodsAt(routes: readonly Route[], path: string): string[] {
  const methods = routes.filter((route) => route[1] === path).map(([method]) => method);
  return methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
}

function refuseMethod(allowed: readonly string[]) {
  return function refuseMethod(_request: XapiRequest, response: XapiResponse, _next: NextFunction): void {
    response.setHeader('Allow', allowed.join(', '));
    throw new LivretError('request.method');
  };
}

function refusePath(): void {
  throw new LivretError('request.path');
}

/** The table of permissions: HEAD goes with GET, preflights are public. */
function permissionsOf(routes: readonly Route[]): Permission[] {
  return [
    ...routes.flatMap(([method, path, anyOf]): Permission[] => {
      const line: Permission = { method, path, anyOf };
      return method === 'GET' ? [line, { ...line, method: 'HEAD' }] : [line];
    }),
    ...[...pathsOf(routes)].map((path): Permission => ({ method: 'OPTIONS', path, anyOf: 'public' })),
    { method: 'GET', path: '/feed', anyOf: ['feed/read'] },
    { method: 'HEAD', path: '/feed', anyOf: ['feed/read'] },
  ];
}
