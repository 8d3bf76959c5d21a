/** Who may pass to a page: the one place where the table of rights is enforced. */
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { type Directory, leftAt, type Person, rolesOf } from '../../directory/index.ts';
import { LivretError } from '../../errors.ts';
import { readForm } from '../../http/form.ts';
import { agentFromKey } from '../../xapi/index.ts';
import { principalOf } from '../middleware.ts';
import { may } from '../principal.ts';
import { hashSecret, secretMatches } from '../secret.ts';
import type { SessionCookie } from './cookie.ts';
import { type Action, reachOf, scopeOf } from './rights.ts';
import { requireSameOrigin } from './same-site.ts';
import type { Session, Sessions } from './sessions.ts';
import { type Reaching, type Visitor, visitorOf } from './visitor.ts';

/** Bytes of a form. Files go another way. */
const LARGEST_FORM = 200_000;

const read = readForm({ limit: LARGEST_FORM, parameterLimit: 1000 });

const isChange = (method: string): boolean => method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';

/** A request for a page, as a person makes it by a link or an address: its answer can carry a new cookie. */
const isPage = (request: Request): boolean => request.method === 'GET' && request.accepts(['json', 'html']) === 'html';

/** Sets response.locals.visitor where a session's cookie came with the request. Refuses nobody. */
export function createRecognise(sessions: Sessions, cookie: SessionCookie, directory: Directory): RequestHandler {
  return async function recognise(request: Request, response: Response, next: NextFunction): Promise<void> {
    const token = cookie.get(request);
    if (token !== undefined && request.headers.authorization === undefined) {
      const found = await sessions.find(token, isPage(request));
      if (found?.token !== undefined) cookie.set(response, found.token);
      if (found === undefined) cookie.clear(response);
      else response.locals.visitor = await visitor(found.session, directory);
    }
    next();
  };
}

async function visitor(session: Session, directory: Directory): Promise<Visitor | undefined> {
  if (session.person === undefined) {
    return { session, name: 'administrator', roles: session.roles };
  }
  const person = await directory.person(session.person);
  // Erased, or merged into somebody else, since: whoever it is now logs in anew.
  if (person === undefined) return undefined;
  // It was removed, or went with somebody who is no longer part of this person: it is not theirs to act by.
  if (session.identifier !== undefined && !person.identifiers.includes(session.identifier)) return undefined;
  const now = Date.now();
  // Who has left holds none that a provider still sends, as they hold none of the directory.
  const held = leftAt(person, now) === undefined ? session.roles : [];
  const name = [person.givenName, person.familyName].filter(Boolean).join(' ') || accountName(person);
  return { session, person, name, roles: [...rolesOf(person, now), ...held] };
}

/** Somebody of whom no name is known is greeted by that of their account. */
function accountName({ identifiers }: Person): string {
  const agents = identifiers.map(agentFromKey);
  return agents.find(({ account }) => account !== undefined)?.account?.name ?? '';
}

/**
 * Makes the guards of actions. A guard lets pass who has the right to the action, and sets response.locals.reaching; it
 * takes a session, or a key with the action's scope. What changes something must also come from a page of ours, with
 * the token of its session. Refuses with `access.login`, `access.role`, `access.scope`, `access.crossSite`, `access.form`
 * and what `authenticate` refuses with. Stands behind `recognise`; reads the form of the request into request.body.
 */
export function createGuards(authenticate: RequestHandler, directory: Directory) {
  return function guard(action: Action): RequestHandler[] {
    return [
      function identify(request: Request, response: Response, next: NextFunction): void {
        if (request.headers.authorization !== undefined) authenticate(request, response, next);
        else if (visitorOf(response) !== undefined) next();
        else {
          // Programs come with a key; a browser is led to the page for logging in instead, and asks for no password.
          if (!isPage(request)) response.set('WWW-Authenticate', 'Basic realm="Livret", charset="UTF-8"');
          next(new LivretError('access.login'));
        }
      },
      function readChange(request: Request, response: Response, next: NextFunction): void {
        if (!isChange(request.method)) {
          next();
          return;
        }
        // A browser sends the password of a key along by itself, just as it does a cookie; programs send neither header.
        const byBrowser = ['sec-fetch-site', 'origin'].some((name) => request.get(name) !== undefined);
        if (visitorOf(response) !== undefined || byBrowser) requireSameOrigin(request);
        read(request, response, next);
      },
      async function requireRight(request: Request, response: Response, next: NextFunction): Promise<void> {
        // Express leaves it out where nothing was sent.
        request.body ??= {};
        const visitor = visitorOf(response);
        if (visitor === undefined) requireKey(response, action);
        else {
          if (isChange(request.method)) requireToken(request, visitor);
          response.locals.reaching = await reachingOf(visitor, action, directory);
        }
        next();
      },
    ];
  };
}

function requireKey(response: Response, action: Action): void {
  const scope = scopeOf(action);
  if (scope === undefined) throw new LivretError('access.scope', { detail: 'This is for people, and not for keys.' });
  if (!may(principalOf(response), [scope])) {
    throw new LivretError('access.scope', { detail: `It takes one of: ${scope}, all.` });
  }
  response.locals.reaching = { reach: 'all', directions: new Set<string>() } satisfies Reaching;
}

/** The token may come in a form, or in a header where a script sends it. */
function requireToken(request: Request, { session }: Visitor): void {
  const given: unknown = request.body._csrf ?? request.get('x-csrf-token');
  if (typeof given !== 'string' || !secretMatches(given, hashSecret(session.csrf)))
    throw new LivretError('access.form');
}

async function reachingOf(visitor: Visitor, action: Action, directory: Directory): Promise<Reaching> {
  const reached = reachOf(visitor.roles, action);
  if (reached === undefined) throw new LivretError('access.role');
  const directions = new Set(await directory.below(reached.directions));
  return { reach: reached.reach, directions, ...(visitor.person && { self: visitor.person.id }) };
}
