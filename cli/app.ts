/** The Express application: the parts' routes behind one another, and what belongs to none of them. */
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { Config, TrustedProxies } from '../config.ts';
import { type Action, type ErrorReport, LivretError, reachOf, respondError, visitorOf } from '../lrs/index.ts';
import { createShell, type Frame, type NavigationItem, type Permission, sendErrorPage } from '../web/index.ts';
import { type Readiness, readyHandler, sendHealth } from './health.ts';
import { sendHome } from './home.tsx';
import type { JobLog } from './status/job-log.ts';
import { addStatusPage, statusNavigation, statusPermission } from './status/route.tsx';
import type { House } from './house.ts';

/** Routes of main itself, in the same table as those of the parts. */
export const OWN_PERMISSIONS: readonly Permission[] = [
  { method: 'GET', path: '/', anyOf: 'public' },
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
    const menu = [...house.parts.flatMap((part) => part.navigation), statusNavigation];
    app.use(createShell({ frame: (response) => frameOf(response, menu) }));
    app.use(house.lrs.access.people.recognise);
    app.use(house.lrs.pages);
    for (const part of house.parts) if (part !== house.lrs) app.use(part.routes);
    addStatusPage(app, house, options);
    app.get('/', (request, response) => sendHome(request, response, options.siteUrl, menuFor(response, menu)));
  }
  app.use((_request, _response, next) => next(new LivretError('request.path')));
  app.use(addressError, pageError, respondError(options.report));
  return app;
}

/** The pages that whoever asks may open. */
function menuFor(response: Response, menu: readonly NavigationItem[]): NavigationItem[] {
  const visitor = visitorOf(response);
  if (visitor === undefined) return [];
  return menu.filter(({ action }) => reachOf(visitor.roles, action as Action) !== undefined);
}

function frameOf(response: Response, menu: readonly NavigationItem[]): Frame {
  const visitor = visitorOf(response);
  if (visitor === undefined) return { navigation: [] };
  return { navigation: menuFor(response, menu), visitor: { name: visitor.name, csrf: visitor.session.csrf } };
}

/** Nothing can be at an address that is no percent-encoded UTF-8. */
function addressError(error: unknown, _request: Request, _response: Response, next: NextFunction): void {
  next(error instanceof URIError ? new LivretError('request.path', { cause: error }) : error);
}

/** Logging in leads back to the page that was asked for. */
function loginPath({ method, originalUrl }: Request): string {
  return method === 'GET' ? `/login?${new URLSearchParams({ to: originalUrl })}` : '/login';
}

/** People get a page, programs get JSON; who is not logged in is asked to log in. */
function pageError(error: unknown, request: Request, response: Response, next: NextFunction): void {
  const wantsPage = request.accepts(['json', 'html']) === 'html' && !response.headersSent;
  if (!(error instanceof LivretError) || error.status >= 500 || !wantsPage) next(error);
  else if (error.code === 'access.login') response.redirect(303, loginPath(request));
  else sendErrorPage(request, response, { status: error.status, code: error.code });
}
