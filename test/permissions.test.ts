import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Router } from 'express';
import { createApp, OWN_PERMISSIONS } from '../cli/app.ts';
import { Readiness } from '../cli/health.ts';
import { type House, openHouse } from '../cli/house.ts';
import { JobLog } from '../cli/status/job-log.ts';
import { readConfig } from '../config.ts';
import { directionId, ROLES, type Role } from '../lrs/directory/index.ts';
import { type Action, agentKey, RIGHTS, reachOf, SCOPES, type Scope } from '../lrs/index.ts';
import type { Permission } from '../web/index.ts';

/** What of Express's own structure is needed to see which routes there are. */
interface Layer {
  route?: { path: string | string[]; stack: { method?: string }[] };
  handle: { stack?: Layer[] };
}

/** `GET /path` of every route of a router; those for any method only refuse. */
function routesOf(router: Router): string[] {
  return (router.stack as unknown as Layer[]).flatMap(({ route, handle }) => {
    if (handle.stack !== undefined && route === undefined) throw new Error('A router inside a router hides its paths.');
    const paths = route === undefined ? [] : [route.path].flat();
    const methods = new Set(route?.stack.map(({ method }) => method).filter((method) => method !== undefined));
    return paths.flatMap((path) => [...methods].map((method) => `${method.toUpperCase()} ${path}`));
  });
}

describe('the table of permissions', function () {
  this.timeout(60_000);
  let folder: string;
  let house: House;
  let server: Server;
  let origin: string;
  let table: readonly Permission[];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livret-permissions-'));
    const report = (): void => {};
    house = await openHouse(readConfig({ LIVRET_DATA: folder }), {
      siteUrl: 'https://livret.example',
      report,
      onError: report,
    });
    const readiness = new Readiness();
    readiness.phase = 'serving';
    const config = { roles: ['web' as const], data: folder };
    const jobLog = new JobLog();
    const options = { web: true, siteUrl: 'https://livret.example', readiness, jobLog, config, report };
    server = createServer(createApp(house, options));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    table = [...OWN_PERMISSIONS, ...house.parts.flatMap((part) => part.permissions)];
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await house.close();
    await rm(folder, { recursive: true });
  });

  const keyWith = async (scope: Scope): Promise<string> => {
    const { key, secret } = await house.lrs.access.keys.add({ label: scope, scopes: [scope] });
    return `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
  };

  const ask = async ({ method, path }: Permission, authorization?: string): Promise<number> => {
    const response = await fetch(origin + path.replace(/:\w+/g, 'x'), {
      method,
      headers: {
        'X-Experience-API-Version': '1.0.3',
        ...(authorization === undefined ? {} : { Authorization: authorization }),
      },
    });
    await response.body?.cancel();
    return response.status;
  };

  it('has a line for every route, and a route for every line', () => {
    const routes = [house.lrs.pages, ...house.parts.map((part) => part.routes)].flatMap(routesOf);
    const lines = table.filter((line) => !OWN_PERMISSIONS.includes(line));
    const written = new Set(lines.map(({ method, path }) => `${method} ${path}`));
    expect(routes.filter((route) => !written.has(route))).to.deep.equal([]);
    // HEAD goes with GET, and a preflight with any method.
    const paths = new Set(routes.map((route) => route.split(' ')[1]));
    const served = ({ method, path }: Permission): boolean =>
      method === 'OPTIONS' ? paths.has(path) : routes.includes(`${method === 'HEAD' ? 'GET' : method} ${path}`);
    expect(lines.filter((line) => !served(line))).to.deep.equal([]);
    expect(lines).to.have.length(written.size);
  });

  it('is true: what it calls public is, and nothing else', async () => {
    for (const line of table) {
      const status = await ask(line);
      const what = `${line.method} ${line.path}`;
      if (line.anyOf === 'public')
        expect(status, what).to.not.be.oneOf(line.path.includes(':') ? [401, 405, 500] : [401, 404, 405, 500]);
      else expect(status, what).to.equal(401);
    }
  });

  it('is true: each scope it names opens the route, and no other does', async () => {
    const keys = new Map<Scope, string>();
    for (const scope of SCOPES) keys.set(scope, await keyWith(scope));
    for (const line of table) {
      if (line.anyOf === 'public') continue;
      for (const [scope, authorization] of keys) {
        const status = await ask(line, authorization);
        const what = `${line.method} ${line.path} with ${scope}`;
        // What names no scope is for people alone.
        const opens = line.anyOf.length > 0 && (scope === 'all' || line.anyOf.includes(scope));
        if (opens) expect(status, what).to.not.be.oneOf([401, 403, 405]);
        else expect(status, what).to.equal(403);
      }
    }
  });

  describe('for people', () => {
    /** Somebody of a direction who holds one role there, logged in. */
    interface Visitor {
      id: string;
      cookie: string;
      csrf: string;
    }
    const HERE = 'DRH';
    const NEXT_DOOR = 'DSIC';
    const visitors = new Map<Role, Visitor>();
    let colleague: string;
    let neighbour: string;

    async function person(name: string, direction: string, role: Role): Promise<string> {
      const key = agentKey({ objectType: 'Agent', account: { homePage: 'https://sso.test', name } }) ?? '';
      await house.lrs.directory.upsert({
        identifiers: [key],
        familyName: name,
        membership: { direction, roles: [role] },
      });
      return (await house.lrs.directory.personByAgentKey(key))?.id ?? '';
    }

    before(async () => {
      for (const role of ROLES) {
        const id = await person(`the ${role}`, HERE, role);
        const wanted = { person: id, roles: [], origin: { provider: 'test' } };
        const { token, session } = await house.lrs.access.people.sessions.begin(wanted);
        visitors.set(role, { id, cookie: `__Host-livret=${token}`, csrf: session.csrf });
      }
      colleague = await person('a colleague', HERE, 'agent');
      neighbour = await person('a neighbour', NEXT_DOOR, 'agent');
    });

    /**
     * What stands for the parameter of a path: something of one's own direction, and of the one next door. A route that
     * reaches a direction and has a parameter must be here, or the test below fails.
     */
    const PARAMETERS: Record<string, { mine(): string; theirs(): string }> = {
      '/people/:id': { mine: () => colleague, theirs: () => neighbour },
      '/directions/:id': { mine: () => directionId(HERE), theirs: () => directionId(NEXT_DOOR) },
    };

    const visit = async ({ method, path }: Permission, visitor?: Visitor): Promise<number> => {
      const response = await fetch(origin + path.replace(/:\w+/g, 'x'), {
        method,
        redirect: 'manual',
        headers: {
          'X-Experience-API-Version': '1.0.3',
          Accept: 'application/json',
          ...(visitor && { Cookie: visitor.cookie, Origin: origin, 'X-CSRF-Token': visitor.csrf }),
        },
      });
      await response.body?.cancel();
      return response.status;
    };

    it('each role opens what the table of rights gives it, and nothing else', async () => {
      for (const line of table) {
        if (line.anyOf === 'public') continue;
        for (const [role, visitor] of visitors) {
          if (line.path === '/logout') continue;
          const status = await visit(line, visitor);
          const what = `${line.method} ${line.path} as ${role}`;
          // A cookie opens nothing that programs use: no other site's form can write statements.
          if (line.action === undefined) expect(status, what).to.equal(401);
          else if (reachOf([{ role, direction: HERE }], line.action as Action) === undefined) {
            expect(status, what).to.equal(403);
          } else expect(status, what).to.not.be.oneOf([401, 403, 405, 500]);
        }
      }
    });

    it('nobody opens anything without being logged in', async () => {
      for (const line of table) {
        if (line.action !== undefined) expect(await visit(line), `${line.method} ${line.path}`).to.equal(401);
      }
    });

    it('a change needs the token of the session and a page of ours, on every route', async () => {
      const administrator = visitors.get('administrator');
      for (const line of table) {
        if (line.action === undefined || line.method === 'GET' || line.method === 'HEAD') continue;
        const what = `${line.method} ${line.path}`;
        const ask = async (headers: Record<string, string>): Promise<number> => {
          const common = { Cookie: administrator?.cookie ?? '', Accept: 'application/json', ...headers };
          const { status, body } = await fetch(origin + line.path.replace(/:\w+/g, 'x'), {
            method: line.method,
            headers: common,
          });
          await body?.cancel();
          return status;
        };
        expect(await ask({ Origin: origin }), what).to.equal(403);
        expect(await ask({ 'X-CSRF-Token': administrator?.csrf ?? '' }), what).to.equal(403);
        expect(await ask({ Origin: 'https://evil.test', 'X-CSRF-Token': administrator?.csrf ?? '' }), what).to.equal(
          403,
        );
      }
    });

    it('what belongs to the direction next door is not there', async () => {
      for (const line of table) {
        const bound = ROLES.filter(
          (role) =>
            line.action !== undefined &&
            reachOf([{ role, direction: HERE }], line.action as Action)?.reach === 'direction',
        );
        if (bound.length === 0 || !line.path.includes(':')) continue;
        const parameter = PARAMETERS[line.path];
        expect(parameter, `${line.path} is not in PARAMETERS`).to.not.equal(undefined);
        for (const role of bound) {
          const at = (value = ''): Permission => ({ ...line, path: line.path.replace(/:\w+/, value) });
          const what = `${line.method} ${line.path} as ${role}`;
          expect(await visit(at(parameter?.mine()), visitors.get(role)), what).to.equal(200);
          expect(await visit(at(parameter?.theirs()), visitors.get(role)), what).to.equal(404);
          expect(await visit(at('nobody'), visitors.get(role)), what).to.equal(404);
        }
      }
    });

    it('one sees oneself, and as an agent nobody else', async () => {
      const agent = visitors.get('agent');
      const line = table.find(({ path }) => path === '/people/:id');
      if (line === undefined || agent === undefined) throw new Error('no page of a person');
      expect(await visit({ ...line, path: `/people/${agent.id}` }, agent)).to.equal(200);
      expect(await visit({ ...line, path: `/people/${colleague}` }, agent)).to.equal(404);
    });

    it('every action of the table of rights guards a route', () => {
      const guarded = new Set(table.map(({ action }) => action));
      expect(Object.keys(RIGHTS).filter((action) => !guarded.has(action))).to.deep.equal([]);
    });
  });
});
