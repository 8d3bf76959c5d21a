import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../cli/app.ts';
import { Readiness } from '../../cli/health.ts';
import { openHouse } from '../../cli/house.ts';
import { JobLog } from '../../cli/status/job-log.ts';
import { readConfig } from '../../config.ts';
import type { Role } from '../../lrs/directory/index.ts';
import { agentKey } from '../../lrs/index.ts';
import type { Engine } from '../engines/engine.ts';

/** Somebody who is logged in. */
export interface LoggedIn {
  /** Id in the directory. */
  id: string;
  cookie: string;
  csrf: string;
}

/** The whole program on a new store, served on a port of its own, with people who are logged in as an SSO would log them in. */
export async function openHouseSite(engine: Engine, environment: Record<string, string> = {}) {
  const place = await engine.place();
  const config = readConfig({ LIVRET_DATA: place.folder, LIVRET_STORE: place.engine, ...environment });
  const report = (): void => {};
  const told: { what: string; details: object }[] = [];
  const siteUrl = 'http://livret.test';
  const tell = (what: string, details: object): void => void told.push({ what, details });
  const house = await openHouse(config, { siteUrl, report, onError: report, tell });
  const readiness = new Readiness();
  readiness.phase = 'serving';
  const app = createApp(house, { web: true, siteUrl, readiness, jobLog: new JobLog(), config, report });
  const server = createServer(app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { directory, access } = house.lrs;

  async function begin(id: string, identifier: string): Promise<LoggedIn> {
    const wanted = { person: id, identifier, roles: [], origin: { provider: 'test' } };
    const { token, session } = await access.people.sessions.begin(wanted);
    return { id, cookie: `livret=${token}`, csrf: session.csrf };
  }

  return {
    house,
    /** The application, for who wants to see its routes. */
    app,
    origin,
    /** What was written to the log for administrators. */
    told,
    /** Brings in somebody who belongs to a direction with these roles, and logs them in. */
    async logIn(name: string, direction: string, roles: Role[] = ['agent']): Promise<LoggedIn> {
      const key = agentKey({ objectType: 'Agent', account: { homePage: 'https://sso.test', name } }) ?? '';
      await directory.upsert({ identifiers: [key], familyName: name, membership: { direction, roles } });
      const id = (await directory.personByAgentKey(key))?.id ?? '';
      return begin(id, key);
    },
    /** Another session of somebody, by one of their identifiers (an agent key). */
    loggedIn: begin,
    /** Asks for a page as a browser does; gives status, text and where it leads. */
    async get(path: string, who?: LoggedIn) {
      const headers = { Accept: 'text/html', ...(who && { Cookie: who.cookie }) };
      return answerOf(await fetch(origin + path, { headers, redirect: 'manual' }));
    },
    /** Sends a form as a page of ours does. */
    async post(path: string, who: LoggedIn, form: Record<string, string | string[]> = {}) {
      const body = new URLSearchParams({ _csrf: who.csrf });
      for (const [name, value] of Object.entries(form)) for (const each of [value].flat()) body.append(name, each);
      const headers = { Accept: 'text/html', Cookie: who.cookie, Origin: origin, 'Sec-Fetch-Site': 'same-origin' };
      return answerOf(await fetch(origin + path, { method: 'POST', headers, body, redirect: 'manual' }));
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await house.close();
      await place.remove();
    },
  };
}

export type HouseSite = Awaited<ReturnType<typeof openHouseSite>>;

async function answerOf(response: Response) {
  return { status: response.status, location: response.headers.get('location'), text: await response.text() };
}
