/** Sessions, rights and guards of one site, put together. */
import type { Request, RequestHandler, Response } from 'express';
import type { Command, Permission } from '../../../web/index.ts';
import type { Directory } from '../../directory/index.ts';
import type { Store } from '../../store/store.ts';
import { LINK_SESSION, makeLink, useLink } from './break-glass.ts';
import { SessionCookie } from './cookie.ts';
import { createGuards, createRecognise } from './guard.ts';
import { type Action, scopeOf } from './rights.ts';
import { type NewSession, type SessionSettings, Sessions } from './sessions.ts';
import { visitorOf } from './visitor.ts';

export interface PeopleAccess {
  sessions: Sessions;
  /** Sets response.locals.visitor where somebody is logged in: stands in front of every page, and refuses nobody. */
  recognise: RequestHandler;
  /** Lets pass who may do this: stands in front of every route that is not public. See createGuards. */
  guard(action: Action): RequestHandler[];
  /** Begins a session and sets its cookie; one that the browser had ends. Nothing of before goes on: a new id, a new token. */
  logIn(request: Request, response: Response, wanted: NewSession): Promise<void>;
  /** Ends the session of this request, if any, and takes its cookie away. */
  logOut(response: Response): Promise<void>;
  /** Uses the link of the command line up and begins the administrator's session. Rejects `access.link`. */
  logInByLink(request: Request, response: Response, secret: string): Promise<void>;
  commands: readonly Command[];
}

/** The line of the table of permissions for a route behind a guard. */
export function permissionFor(method: Permission['method'], path: string, action: Action): Permission {
  const scope = scopeOf(action);
  return { method, path, action, anyOf: scope === undefined ? [] : [scope] };
}

export function createPeopleAccess({
  store,
  directory,
  authenticate,
  settings,
}: {
  store: Store;
  directory: Directory;
  authenticate: RequestHandler;
  settings: { siteUrl: string; sessions: SessionSettings };
}): PeopleAccess {
  const sessions = new Sessions(store, settings.sessions);
  const cookie = new SessionCookie(settings.siteUrl);

  async function logIn(request: Request, response: Response, wanted: NewSession): Promise<void> {
    const before = cookie.get(request);
    const old = before === undefined ? undefined : await sessions.find(before, false);
    if (old !== undefined) await sessions.end(old.session.id);
    const { token } = await sessions.begin(wanted);
    cookie.set(response, token);
  }

  return {
    sessions,
    recognise: createRecognise(sessions, cookie, directory),
    guard: createGuards(authenticate, directory),
    logIn,
    async logOut(response) {
      const visitor = visitorOf(response);
      if (visitor !== undefined) await sessions.end(visitor.session.id);
      cookie.clear(response);
    },
    async logInByLink(request, response, secret) {
      await useLink(store, secret);
      const ends = Date.now() + LINK_SESSION;
      await logIn(request, response, { roles: [{ role: 'administrator' }], origin: { provider: 'link' }, ends });
    },
    commands: [
      { name: 'key.link', run: async () => ({ url: `${settings.siteUrl}/link?secret=${await makeLink(store)}` }) },
    ],
  };
}
