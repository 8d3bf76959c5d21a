/** The xAPI resources under /xapi and the feed: the route table, and what every request passes on its way. */
import { type NextFunction, Router } from 'express';
import type { Permission } from '../../web/index.ts';
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
import { createFeed } from './feed.ts';
import type { XapiSettings } from './settings.ts';
import { stateHandlers } from './state.ts';
import { statementReader } from './statements-read.ts';
import { statementWriters } from './statements-write.ts';

export type { XapiSettings } from './settings.ts';

export interface Xapi {
  router: Router;
  permissions: readonly Permission[];
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
    ['POST', '/statements', ['statements/write'], statements.post],
    ['PUT', '/statements', ['statements/write'], statements.put],
    ['GET', '/statements', ['statements/read', 'statements/read/mine', 'all/read'], statements.get],
    ['PUT', '/activities/state', ['state'], state.put],
    ['POST', '/activities/state', ['state'], state.post],
    ['GET', '/activities/state', ['state', 'all/read'], state.get],
    ['DELETE', '/activities/state', ['state'], state.delete],
    ['PUT', '/activities/profile', ['profile'], activityProfile.put],
    ['POST', '/activities/profile', ['profile'], activityProfile.post],
    ['GET', '/activities/profile', ['profile', 'all/read'], activityProfile.get],
    ['DELETE', '/activities/profile', ['profile'], activityProfile.delete],
    ['PUT', '/agents/profile', ['profile'], agentProfile.put],
    ['POST', '/agents/profile', ['profile'], agentProfile.post],
    ['GET', '/agents/profile', ['profile', 'all/read'], agentProfile.get],
    ['DELETE', '/agents/profile', ['profile'], agentProfile.delete],
    ['GET', '/activities', ANY_USE, activitiesHandler(store.activities)],
    ['GET', '/agents', ANY_USE, getAgents],
    ['GET', '/about', 'public', getAbout],
  ];

  const guard = [access.authenticate, access.rateLimit];
  const xapi = Router({ caseSensitive: true });
  xapi.use(shareAcrossOrigins, announceVersion(settings.fallbackVersion));
  xapi.use('/statements', tellConsistentThrough(store.statements));
  xapi.use(unfoldAlternateSyntax(maxBodyBytes));
  for (const [method, path, anyOf, handler] of routes) {
    const checks = anyOf === 'public' ? [] : [requireVersion, ...guard, requireScope(...anyOf)];
    xapi[methodName(method)](path, ...checks, handler);
  }
  for (const path of new Set(routes.map(([, path]) => path))) xapi.all(path, refuseMethod(methodsAt(routes, path)));
  xapi.use(refusePath, respondError(report));

  const router = Router({ caseSensitive: true });
  router.use('/xapi', xapi);
  router.get('/feed', ...guard, requireScope('feed/read'), feed.getFeed);
  router.all('/feed', refuseMethod(['GET', 'HEAD']));
  router.use('/feed', respondError(report));
  return { router, permissions: permissionsOf(routes), close: feed.close };
}

const methodName = (method: Method) => method.toLowerCase() as Lowercase<Method>;

function methodsAt(routes: readonly Route[], path: string): string[] {
  const methods = routes.filter((route) => route[1] === path).map(([method]) => method);
  return [...methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])), 'OPTIONS'];
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
  const paths = [...new Set(routes.map(([, path]) => path))];
  return [
    ...routes.flatMap(([method, path, anyOf]): Permission[] => {
      const line: Permission = { method, path: `/xapi${path}`, anyOf };
      return method === 'GET' ? [line, { ...line, method: 'HEAD' }] : [line];
    }),
    ...paths.map((path): Permission => ({ method: 'OPTIONS', path: `/xapi${path}`, anyOf: 'public' })),
    { method: 'GET', path: '/feed', anyOf: ['feed/read'] },
    { method: 'HEAD', path: '/feed', anyOf: ['feed/read'] },
  ];
}
