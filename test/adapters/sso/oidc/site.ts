/** A site whose people come in by OpenID Connect, over a real store; and a browser that keeps its cookies. */
import { randomBytes } from 'node:crypto';
import express, { type ErrorRequestHandler, type Express, Router } from 'express';
import { createOidc } from '../../../../adapters/sso/oidc/index.ts';
import type { Arrival, Attempt, Entrance, Provider } from '../../../../adapters/sso/provider.ts';
import type { OidcSettings } from '../../../../adapters/sso/settings.ts';
import { createAccess } from '../../../../lrs/access/index.ts';
import { createDirectory } from '../../../../lrs/directory/index.ts';
import { cookiesOf, LivretError, visitorOf } from '../../../../lrs/index.ts';
import type { Store } from '../../../../lrs/store/store.ts';
import { closeServer, listen } from '../../../lrs/access/site.ts';

export interface Site {
  url: string;
  providers: readonly Provider[];
  arrivals: Arrival[];
  /** What was written to the log. */
  told: string[];
  close(): Promise<void>;
}

/** `keysPause` as in Pace, ms. Rejects what createOidc throws. */
export async function openSite(store: Store, settings: readonly OidcSettings[], keysPause = 300): Promise<Site> {
  const app = express();
  const { server, url } = await listen(app);
  try {
    return { ...(await serveSite(app, url, store, settings, keysPause)), close: () => closeServer(server) };
  } catch (error) {
    await closeServer(server);
    throw error;
  }
}

async function serveSite(
  app: Express,
  url: string,
  store: Store,
  settings: readonly OidcSettings[],
  keysPause: number,
): Promise<Omit<Site, 'close'>> {
  const access = await createAccess({
    store,
    directory: createDirectory(store),
    settings: { siteUrl: url, requestsPerMinute: 0, failedLoginsPerMinute: 0 },
  });
  const { people } = access;
  const arrivals: Arrival[] = [];
  const told: string[] = [];
  const attempts = new Map<string, Attempt>();
  const ids = new Set<string>();
  const entrance: Entrance = {
    answered: () => Promise.reject(new Error('SAML only')),
    unasked: () => Promise.reject(new Error('SAML only')),
    async take(request, provider, id) {
      const attempt = attempts.get(id);
      if (attempt?.provider !== provider || cookiesOf(request).attempt !== id) throw new LivretError('sso.expired');
      attempts.delete(id);
      return attempt;
    },
    async enter(request, response, _provider, arrival, to) {
      arrivals.push(arrival);
      await people.logIn(request, response, { roles: ['administrator'], origin: arrival.origin });
      response.redirect(303, to);
    },
    async once(provider, id) {
      if (ids.has(`${provider} ${id}`)) throw new LivretError('sso.expired');
      ids.add(`${provider} ${id}`);
    },
    over: (login) => people.sessions.endOf(login),
    left: (response) => people.logOut(response),
  };
  const routes = Router();
  const tell = (what: string, details: object): void => void told.push(`${what} ${JSON.stringify(details)}`);
  const { providers } = createOidc(settings, {
    routes,
    siteUrl: url,
    entrance,
    tell,
    pace: { patience: 700, keysPause },
  });
  app.get('/sso/:provider/login', async (request, response) => {
    const provider = providers.find(({ id }) => id === request.params.provider);
    if (!provider) throw new LivretError('sso.unknown');
    const id = `_${randomBytes(20).toString('hex')}`;
    const attempt = { id, provider: provider.id, to: '/me', memory: provider.remember() };
    attempts.set(id, attempt);
    response.setHeader('Set-Cookie', `attempt=${id}; Path=/; HttpOnly; SameSite=Lax`);
    response.redirect(303, await provider.start(attempt));
  });
  app.use(people.recognise, routes);
  app.get('/me', (_request, response) => void response.json({ visitor: visitorOf(response)?.session.origin.subject }));
  const respond: ErrorRequestHandler = (error, _request, response, next) => {
    if (!(error instanceof LivretError)) return next(error);
    told.push(error.message);
    response.status(error.status).json({ code: error.code, detail: error.detail });
  };
  app.use(respond);
  return { url, providers, arrivals, told };
}

export interface Answer {
  status: number;
  url: string;
  headers: Headers;
  body: Record<string, unknown>;
}

/** Keeps the cookies of each host with its port: more than a browser does, who keeps them by host alone. */
export class Browser {
  readonly #jars = new Map<string, Map<string, string>>();

  async step(url: string, more: Record<string, string> = {}): Promise<Answer & { to: string | undefined }> {
    const { host } = new URL(url);
    const jar = this.#jars.get(host) ?? new Map<string, string>();
    this.#jars.set(host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { ...more, cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    const text = await response.text();
    const body = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : {};
    const location = response.headers.get('location');
    const to = location === null ? undefined : new URL(location, url).href;
    return { status: response.status, url, headers: response.headers, body, to };
  }

  /** Goes on from redirection to redirection, until a page or, where given, until an address that begins so. */
  async walk(url: string, until?: string): Promise<Answer> {
    for (let at = url, steps = 0; steps < 10; steps++) {
      const answer = await this.step(at);
      if (answer.to === undefined) return answer;
      if (until !== undefined && answer.to.startsWith(until)) return { ...answer, url: answer.to };
      at = answer.to;
    }
    throw new Error('It goes round in circles.');
  }
}
