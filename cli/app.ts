/** The Express application: the parts' routes behind one another, and what belongs to none of them. */
import express, { type Express, type NextFunction, type Request, type Response } from 'express';

import type { Config } from '../config.ts';
import {
  type Action,
  asLivretError,
  type ErrorReport,
  LivretError,
  reachOf,
  requestIdOf,
  respondError,
  visitorOf,
} from '../lrs/index.ts';
import {
  createShell,
  type Frame,
  type NavigationItem,
  type Permission,
  type Site,
  sendErrorPage,
} from '../web/index.ts';
import { sendAccessibility } from './accessibility.tsx';
import { type Readiness, readyHandler, sendHealth } from './health.ts';
import { nameOf, sendHome } from './home/send.tsx';
import type { House } from './house.ts';
import type { TrustedProxies } from './setting-kinds.ts';
import type { JobLog } from './status/job-log.ts';
import { addStatusPage, statusNavigation, statusPermission } from './status/route.tsx';

/** Routes of main itself, in the same table as those of the parts. */
export const OWN_PERMISSIONS: readonly Permission[] = [
  { method: 'GET', path: '/', anyOf: 'public' },
  { method: 'GET', path: '/accessibility', anyOf: 'public' },
  { method: 'GET', path: '/health', anyOf: 'public' },
  { method: 'HEAD', path: '/health', anyOf: 'public' },
  { method: 'GET', path: '/ready', anyOf: 'public' },
  { method: 'HEAD', path: '/ready', anyOf: 'public' },
  statusPermission,
];

export interface AppOptions {
  /** False in a process that only answers for its health and readiness. */
  web: boolean;
  siteUrl: string;
  /** What every page says of the site. */
  site?: Site;
  trustProxy?: TrustedProxies | undefined;
  readiness: Readiness;
  jobLog: JobLog;
  config: Pick<Config, 'roles' | 'data'>;
  report: ErrorReport;
}

/** Builds the application. */
export function createApp(house: House, options: AppOptions): Express {
  const app = express();
  app.set('env', 'production');
  app.disable('x-powered-by');
  app.disable('etag');
  if (options.trustProxy !== undefined) app.set('trust proxy', options.trustProxy);

  // The LRS first: a content player's request should not pay for what others need.
  if (options.web) app.use(house.lrs.routes);
  app.get('/health', sendHealth);
  app.get('/ready', readyHandler(options.readiness));
  if (options.web) {
    const menu = [...menuOf(house), statusNavigation];
    const { site, siteUrl } = options;
    app.use(createShell({ frame: (response) => frameOf(response, menu), ...(site && { site }) }));
    app.use(house.lrs.access.people.recognise);
    app.use(house.lrs.pages);
    for (const part of house.parts) if (part !== house.lrs) app.use(part.routes);
    addStatusPage(app, house, options);
    app.get('/', (request, response) =>
      sendHome(request, response, { siteUrl, items: menuFor(response, menu), directory: house.lrs.directory }),
    );
    app.get('/accessibility', (request, response) => sendAccessibility(request, response, siteUrl, site));
  }
  app.use((_request, _response, next) => next(new LivretError('request.path')));
  app.use(addressError, pageErrors(options.report), respondError(options.report));
  return app;
}

/** What people come for stands before what says who they are. */
function menuOf({ lrs, parts }: House): NavigationItem[] {
  const isLast = (item: NavigationItem): boolean => lrs.navigation.includes(item) && !item.administers;
  return parts.flatMap((part) => part.navigation).sort((a, b) => Number(isLast(a)) - Number(isLast(b)));
}

/** The pages that whoever asks may open. */
function menuFor(response: Response, menu: readonly NavigationItem[]): NavigationItem[] {
  const visitor = visitorOf(response);
  if (visitor === undefined) return [];
  const mayOpen = ({ action }: NavigationItem) => reachOf(visitor.roles, action as Action) !== undefined;
  return menu.filter((item) => mayOpen(item) && (visitor.person !== undefined || !item.personal));
}

function frameOf(response: Response, menu: readonly NavigationItem[]): Frame {
  const visitor = visitorOf(response);
  if (visitor === undefined) return { navigation: [] };
  return {
    navigation: menuFor(response, menu),
    visitor: { name: nameOf(response.req, visitor), csrf: visitor.session.csrf },
  };
}

/** Nothing can be at an address that is no percent-encoded UTF-8. */
function addressError(error: unknown, _request: Request, _response: Response, next: NextFunction): void {
  next(error instanceof URIError ? new LivretError('request.path', { cause: error }) : error);
}

/** Logging in leads back to the page that was asked for. */
function loginPath({ method, originalUrl }: Request): string {
  return method === 'GET' ? `/login?${new URLSearchParams({ to: originalUrl })}` : '/login';
}

/**
 * People get a page, programs get JSON (respondError); who is not logged in is asked to log in. What is ours is told to
 * `report` and says nothing of itself.
 */
function pageErrors(report: ErrorReport) {
  return function pageError(thrown: unknown, request: Request, response: Response, next: NextFunction): void {
    const wantsPage = request.accepts(['json', 'html']) === 'html' && !response.headersSent;
    const error = asLivretError(thrown);
    const status = error?.status ?? 500;
    if (!wantsPage) next(thrown);
    else if (error?.code === 'access.login') response.redirect(303, loginPath(request));
    else {
      const id = requestIdOf(request, response);
      if (status >= 500) report(thrown, { id, method: request.method, path: request.baseUrl + request.path });
      if (error?.retryAfter !== undefined) response.set('Retry-After', String(Math.ceil(error.retryAfter)));
      const code = error?.code ?? 'server.error';
      sendErrorPage(request, response, { status, code, ...(status >= 500 && { request: id }) });
    }
  };
}
