import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Request, type Response } from 'express';
import { type AccessSettings, createAccess, reachingOf, visitorOf } from '../../../../lrs/access/index.ts';
import { createDirectory } from '../../../../lrs/directory/index.ts';
import { respondError } from '../../../../lrs/http/respond-error.ts';
import { agentKey } from '../../../../lrs/index.ts';
import type { Store } from '../../../../lrs/store/store.ts';

/** One process of a site whose pages tell who asks and how far that reaches; `login` begins a session, as an SSO does. */
export async function openPages(store: Store, settings: Partial<AccessSettings> = {}) {
  const directory = createDirectory(store);
  const siteUrl = 'http://livret.test';
  const access = await createAccess({
    store,
    directory,
    settings: { siteUrl, requestsPerMinute: 0, failedLoginsPerMinute: 0, ...settings },
  });
  const app = express();
  app.use(access.people.recognise);
  app.get('/login/:person', async (request, response) => {
    const subject = request.params.person;
    const origin = { provider: 'idp', subject, index: `s-${subject}` };
    await access.people.logIn(request, response, { person: subject, roles: [], origin });
    response.end();
  });
  app.get('/link', async (request, response) => {
    await access.people.logInByLink(request, response, String(request.query.secret));
    response.end();
  });
  app.all('/people', access.people.guard('person.list'), (_request: Request, response: Response) => {
    const { reach, directions } = reachingOf(response);
    const visitor = visitorOf(response);
    response.json({ reach, directions: [...directions], name: visitor?.name, csrf: visitor?.session.csrf });
  });
  app.all(
    '/keys',
    access.people.guard('key.manage'),
    (_request: Request, response: Response) => void response.json({}),
  );
  app.all('/home', access.people.guard('session.use'), (_request: Request, response: Response) => {
    response.json({ csrf: visitorOf(response)?.session.csrf });
  });
  app.post('/leave', access.people.guard('session.use'), async (_request: Request, response: Response) => {
    await access.people.logOut(response);
    response.end();
  });
  app.use(respondError(() => {}));
  const server: Server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** Brings a person in who belongs to a direction with these roles; gives the id. */
  async function person(name: string, direction: string, roles: ('agent' | 'tutor' | 'correspondent')[] = ['agent']) {
    const key = agentKey({ objectType: 'Agent', account: { homePage: 'https://sso.test', name } }) ?? '';
    await directory.upsert({ identifiers: [key], familyName: name, membership: { direction, roles } });
    return (await directory.personByAgentKey(key))?.id ?? '';
  }

  return {
    url,
    directory,
    access,
    person,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A browser, as far as cookies go. */
export class Browser {
  #cookie: string | undefined;
  /** Every Set-Cookie it was sent. */
  readonly sent: string[] = [];

  get cookie(): string | undefined {
    return this.#cookie;
  }

  set cookie(value: string | undefined) {
    this.#cookie = value;
  }

  async ask(
    address: string,
    { method = 'GET', headers = {}, form }: { method?: string; headers?: Record<string, string>; form?: object } = {},
  ): Promise<{ status: number; body: ReturnType<typeof JSON.parse>; headers: Headers }> {
    const response = await fetch(address, {
      method,
      redirect: 'manual',
      headers: { ...headers, ...(this.#cookie !== undefined && { Cookie: this.#cookie }) },
      ...(form && { body: new URLSearchParams(form as Record<string, string>) }),
    });
    for (const line of response.headers.getSetCookie()) {
      this.sent.push(line);
      const [pair = ''] = line.split(';');
      this.#cookie = pair.endsWith('=') ? undefined : pair;
    }
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text.startsWith('{') ? JSON.parse(text) : undefined,
    };
  }
}
