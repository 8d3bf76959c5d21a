/** A site whose people come in by OpenID Connect, by the real entrance over a real store; and a browser that keeps its cookies. */
import express, { type Express, Router } from 'express';
import { AddressLimit } from '../../../../adapters/sso/address-limit.ts';
import { Attempts } from '../../../../adapters/sso/attempts.ts';
import { LoginCookie } from '../../../../adapters/sso/browser.ts';
import { createEntrance } from '../../../../adapters/sso/entrance.ts';
import { createOidc } from '../../../../adapters/sso/oidc/index.ts';
import { PACE, type Pace } from '../../../../adapters/sso/oidc/metadata.ts';
import type { Arrival, Entrance, Provider } from '../../../../adapters/sso/provider.ts';
import { addLogin, createRefusals } from '../../../../adapters/sso/routes.tsx';
import { SeenArrivals } from '../../../../adapters/sso/seen.ts';
import type { OidcSettings } from '../../../../adapters/sso/settings.ts';
import { createAccess } from '../../../../lrs/access/index.ts';
import { createDirectory } from '../../../../lrs/directory/index.ts';
import { respondError, visitorOf } from '../../../../lrs/index.ts';
import type { Store } from '../../../../lrs/store/store.ts';
import { closeServer, listen } from '../../../lrs/access/site.ts';

export interface Site {
  url: string;
  providers: readonly Provider[];
  /** Everybody who was let in. */
  arrivals: Arrival[];
  /** What was written to the log. */
  told: string[];
  close(): Promise<void>;
}

/** Rejects what createOidc throws. */
export async function openSite(store: Store, settings: readonly OidcSettings[], pace = PACE): Promise<Site> {
  const app = express();
  const { server, url } = await listen(app);
  try {
    return { ...(await serveSite(app, url, store, settings, pace)), close: () => closeServer(server) };
  } catch (error) {
    await closeServer(server);
    throw error;
  }
}

async function serveSite(
  app: Express,
  siteUrl: string,
  store: Store,
  settings: readonly OidcSettings[],
  pace: Pace,
): Promise<Omit<Site, 'close'>> {
  const directory = createDirectory(store);
  const { people: access } = await createAccess({
    store,
    directory,
    settings: { siteUrl, requestsPerMinute: 0, failedLoginsPerMinute: 0 },
  });
  const [arrivals, told]: [Arrival[], string[]] = [[], []];
  const tell = (what: string, details: object): void => void told.push(`${what} ${JSON.stringify(details)}`);
  const [attempts, cookie, seen] = [new Attempts(store), new LoginCookie(siteUrl), new SeenArrivals(store)];
  const real = createEntrance({ settings, attempts, cookie, seen, directory, access });
  const entrance: Entrance = {
    ...real,
    async enter(request, response, provider, arrival, to) {
      await real.enter(request, response, provider, arrival, to);
      arrivals.push(arrival);
    },
  };
  const routes = Router();
  const { providers } = createOidc(settings, { routes, siteUrl, entrance, tell, pace });
  const limit = new AddressLimit(store.counters, 'test', 10_000);
  addLogin({ routes, providers, settings, attempts, begun: limit, cookie, entrance, access });
  routes.use('/sso', createRefusals(seen, limit, tell));
  app.use(access.recognise, routes);
  app.get('/', (_request, response) => void response.json({ visitor: visitorOf(response)?.session.origin.subject }));
  app.use(respondError((error) => told.push(String(error))));
  return { url: siteUrl, providers, arrivals, told };
}

export interface Answer {
  status: number;
  url: string;
  headers: Headers;
  body: Record<string, unknown>;
  /** Of a refusal. */
  code?: string;
}

/** Keeps the cookies of each host with its port: more than a browser does, who keeps them by host alone. */
export class Browser {
  readonly #jars = new Map<string, Map<string, string>>();

  async step(url: string, more: Record<string, string> = {}): Promise<Answer & { to: string | undefined }> {
    const { host } = new URL(url);
    const jar = this.#jars.get(host) ?? new Map<string, string>();
    this.#jars.set(host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie, accept: 'application/json', ...more } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    const text = await response.text();
    const body = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : {};
    const code = body.error?.code;
    const location = response.headers.get('location');
    const to = location === null ? undefined : new URL(location, url).href;
    return { status: response.status, url, headers: response.headers, body, code, to };
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
