/** The pages of logging in and out; what the protocols need beside them is added by saml/ and oidc/. */
import type { NextFunction, Request, Response, Router } from 'express';
import {
  LivretError,
  type PeopleAccess,
  permissionFor,
  readForm,
  requestIdOf,
  requireSameOrigin,
  visitorOf,
} from '../../lrs/index.ts';
import { languageOf, type Permission, sendErrorPage, sendPage, type Tell } from '../../web/index.ts';
import type { AddressLimit } from './address-limit.ts';
import type { Attempts } from './attempts.ts';
import type { LoginCookie } from './browser.ts';
import { finishPath } from './entrance.ts';
import { localPath } from './local-path.ts';
import { Confirm, Goodbye, LoginChoice } from './pages.tsx';
import type { Entrance, Provider } from './provider.ts';
import type { SeenArrivals } from './seen.ts';
import type { ProviderSettings } from './settings.ts';
import { words } from './words.ts';

export interface LoginOptions {
  routes: Router;
  providers: readonly Provider[];
  settings: readonly ProviderSettings[];
  attempts: Attempts;
  /** How many logins one address may begin. */
  begun: AddressLimit;
  cookie: LoginCookie;
  entrance: Entrance;
  access: PeopleAccess;
}

type ToProvider = Request<{ provider: string }>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const readTicket = readForm({ limit: 10_000, parameterLimit: 10 });

/** Adds the pages; gives their lines for the table of permissions. */
export function addLogin({
  routes,
  providers,
  settings,
  attempts,
  begun,
  cookie,
  entrance,
  access,
}: LoginOptions): Permission[] {
  const providerOf = ({ params }: ToProvider): Provider => {
    const found = providers.find(({ id }) => id === params.provider);
    if (!found) throw new LivretError('sso.unknown');
    return found;
  };
  const labelOf = (id: string) => settings.find((each) => each.id === id)?.label ?? { fr: id, en: id };

  routes.get('/login', (request: Request, response: Response) => {
    const to = localPath(request.query.to);
    const lang = languageOf(request);
    const [only] = settings;
    if (visitorOf(response) !== undefined) response.redirect(303, to);
    else if (only !== undefined && settings.length === 1) response.redirect(303, loginPath(only.id, to));
    else {
      const choices = settings.map(({ id, label }) => ({ href: loginPath(id, to), label: label[lang] }));
      const { login, loginLead } = words[lang];
      sendPage(request, response, { title: login, lead: loginLead, children: LoginChoice({ lang, choices }) });
    }
  });

  routes.get('/sso/:provider/login', async (request: ToProvider, response: Response) => {
    const provider = providerOf(request);
    await begun.check(request);
    await begun.count(request);
    const browser = cookie.begin(request, response);
    const wanted = { provider: provider.id, to: localPath(request.query.to), memory: await provider.remember() };
    const attempt = await attempts.begin(wanted, browser);
    response.set('Cache-Control', 'no-store').redirect(303, await provider.start(attempt));
  });

  routes.get('/sso/:provider/finish', async (request: ToProvider, response: Response) => {
    const { id } = providerOf(request);
    const ticket = textOf(request.query.ticket);
    const { asked } = await attempts.look(id, ticket);
    if (asked) {
      const { arrival, to } = await attempts.redeem(id, ticket, cookie.get(request));
      await entrance.enter(request, response, id, arrival, to);
      return;
    }
    const lang = languageOf(request);
    const { confirm, confirmLead } = words[lang];
    const lead = confirmLead(labelOf(id)[lang]);
    sendPage(request, response, { title: confirm, lead, children: Confirm({ lang, action: finishPath(id, ticket) }) });
  });

  routes.post('/sso/:provider/finish', readTicket, async (request: ToProvider, response: Response) => {
    const { id } = providerOf(request);
    requireSameOrigin(request);
    const { arrival, to } = await attempts.redeem(id, textOf(request.query.ticket), cookie.get(request));
    await entrance.enter(request, response, id, arrival, to);
  });

  routes.post('/logout', access.guard('session.use'), async (request: Request, response: Response) => {
    const origin = visitorOf(response)?.session.origin;
    await access.logOut(response);
    const provider = providers.find(({ id }) => id === origin?.provider);
    const next = origin && (await provider?.leave(origin).catch(() => undefined));
    sendGoodbye(request, response, next);
  });

  routes.get('/logged-out', (request: Request, response: Response) => sendGoodbye(request, response));

  return [
    { method: 'GET', path: '/login', anyOf: 'public' },
    { method: 'GET', path: '/sso/:provider/login', anyOf: 'public' },
    { method: 'GET', path: '/sso/:provider/finish', anyOf: 'public' },
    { method: 'POST', path: '/sso/:provider/finish', anyOf: 'public' },
    permissionFor('POST', '/logout', 'session.use'),
    { method: 'GET', path: '/logged-out', anyOf: 'public' },
  ];
}

const loginPath = (provider: string, to: string): string => `/sso/${provider}/login?${new URLSearchParams({ to })}`;

/** `next` is where the provider ends its own session: not by a redirect, which our policy for forms (CSP) would stop at another site. */
function sendGoodbye(request: Request, response: Response, next?: string): void {
  const lang = languageOf(request);
  const { loggedOut, loggedOutLead, loggedOutThere } = words[lang];
  // Behind `recognise`: this page is for somebody who is not logged in any more.
  delete response.locals.visitor;
  if (next !== undefined) response.set('Refresh', `1; url=${next}`);
  const lead = next === undefined ? loggedOutLead : `${loggedOutLead} ${loggedOutThere}`;
  sendPage(request, response, { title: loggedOut, lead, children: Goodbye({ lang, ...(next && { next }) }) });
}

/** Answers for what went wrong on the way in: the reason goes to the log and to the status page, not to the screen. */
export function createRefusals(seen: SeenArrivals, refusals: AddressLimit, tell: Tell) {
  return async function refuse(
    error: unknown,
    request: Request,
    response: Response,
    next: NextFunction,
  ): Promise<void> {
    if (!(error instanceof LivretError) || !isOfLogin(error.code) || response.headersSent) {
      next(error);
      return;
    }
    const provider = /^\/([^/]+)/.exec(request.path)?.[1]?.slice(0, 32);
    const { code, status, detail } = error;
    tell('a login was refused', {
      provider,
      code,
      reason: detail,
      address: request.ip,
      request: requestIdOf(request, response),
    });
    if (request.method === 'POST') await refusals.count(request).catch(() => {});
    // What never was a provider has no place on the status page.
    if (provider !== undefined && code !== 'sso.unknown')
      await seen.refused(provider, detail ?? error.message).catch(() => {});
    if (request.accepts(['json', 'html']) !== 'html') {
      next(new LivretError(code));
      return;
    }
    const { refused, refusals: told, again } = words[languageOf(request)];
    sendErrorPage(request, response, {
      ...{ status, code, say: [refused, ...told[code]] },
      request: requestIdOf(request, response),
      goOn: { href: '/login', label: again },
    });
  };
}

const LOGIN_CODES = ['sso.refused', 'sso.expired', 'sso.unavailable', 'sso.unknown'] as const;

const isOfLogin = (code: string): code is (typeof LOGIN_CODES)[number] =>
  (LOGIN_CODES as readonly string[]).includes(code);
