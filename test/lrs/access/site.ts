/** A real server over a real store, for the tests of access. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Express } from 'express';
import {
  type Access,
  type AccessSettings,
  createAccess,
  principalOf,
  requireScope,
} from '../../../lrs/access/index.ts';
import { createDirectory } from '../../../lrs/directory/index.ts';
import { LivretError } from '../../../lrs/errors.ts';
import type { Store } from '../../../lrs/store/store.ts';
import type { Engine } from '../../engines/index.ts';

export interface Site {
  url: string;
  store: Store;
  access: Access;
  close(): Promise<void>;
}

export const SITE_URL = 'https://livret.example';

export async function listen(app: Express): Promise<{ server: Server; url: string }> {
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** Answers as lrs/http does, but also names the code. */
const respond: ErrorRequestHandler = (error, _request, response, next) => {
  if (!(error instanceof LivretError)) return next(error);
  response.status(error.status).json({ code: error.code, message: error.message });
};

/** /who tells whom it recognised; /feed takes feed/read. */
export function createWho(access: Access): Express {
  const app = express();
  app.use(access.authenticate, access.rateLimit);
  app.get('/who', (_request, response) => {
    const { id, kind, scopes, authority, authorityKey } = principalOf(response);
    response.json({ id, kind, scopes: [...scopes], authority, authorityKey });
  });
  app.get('/feed', requireScope('feed/read'), (_request, response) => {
    response.json({});
  });
  app.use(respond);
  return app;
}

export async function openSite(engine: Engine, settings: Partial<AccessSettings> = {}): Promise<Site> {
  const { store, destroy } = await engine.create();
  const access = await createAccess({
    store,
    directory: createDirectory(store),
    settings: { siteUrl: SITE_URL, requestsPerMinute: 0, failedLoginsPerMinute: 0, ...settings },
  });
  const { server, url } = await listen(createWho(access));
  return {
    url,
    store,
    access,
    async close() {
      await closeServer(server);
      await destroy();
    },
  };
}

export const basic = (key: string, secret: string): string =>
  `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;

export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

export async function ask(url: string, authorization?: string): Promise<Answer> {
  const response = await fetch(url, authorization === undefined ? {} : { headers: { authorization } });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}
