import { expect } from 'chai';
import type { Router } from 'express';
import { OWN_PERMISSIONS } from '../cli/app.ts';
import type { House } from '../cli/house.ts';
import { directionId, ROLES, type Role } from '../lrs/directory/index.ts';
import { type Action, RIGHTS, reachOf, SCOPES, type Scope } from '../lrs/index.ts';
import type { Permission } from '../web/index.ts';
import { sqlite } from './engines/sqlite.ts';
import { type HouseSite, type LoggedIn, openHouseSite } from './house/open-house.ts';

/** What of Express's own structure is needed to see which routes there are. */
interface Layer {
  route?: { path: string | string[]; stack: { method?: string }[] };
  handle: { stack?: Layer[] };
}

/** Whether there is a route in it, however deep. */
const hasRoutes = ({ stack = [] }: Layer['handle']): boolean =>
  stack.some(({ route, handle }) => route !== undefined || hasRoutes(handle));

/** `GET /path` of every route of a router; those for any method only refuse. `known`: routers in it that are looked at by themselves. */
function routesOf(router: Router, known: readonly unknown[] = []): string[] {
  return (router.stack as unknown as Layer[]).flatMap(({ route, handle }) => {
    if (route === undefined && hasRoutes(handle) && !known.includes(handle))
      throw new Error('A router inside a router hides its paths.');
    const paths = route === undefined ? [] : [route.path].flat();
    const methods = new Set(route?.stack.map(({ method }) => method).filter((method) => method !== undefined));
    return paths.flatMap((path) => [...methods].map((method) => `${method.toUpperCase()} ${path}`));
  });
}

describe('the table of permissions', function () {
  this.timeout(60_000);
  let site: HouseSite;
  let house: House;
  let origin: string;
  let table: readonly Permission[];

  before(async () => {
    site = await openHouseSite(sqlite);
    ({ house, origin } = site);
    table = [...OWN_PERMISSIONS, ...house.parts.flatMap((part) => part.permissions)];
  });
  after(() => site.close());

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
    const routers = [house.lrs.pages, ...house.parts.map((part) => part.routes)];
    const routes = [...routers.flatMap((router) => routesOf(router)), ...routesOf(site.app.router, routers)];
    const written = new Set(table.map(({ method, path }) => `${method} ${path}`));
    expect(routes.filter((route) => !written.has(route))).to.deep.equal([]);
    // HEAD goes with GET, and a preflight with any method.
    const paths = new Set(routes.map((route) => route.split(' ')[1]));
    const served = ({ method, path }: Permission): boolean =>
      method === 'OPTIONS' ? paths.has(path) : routes.includes(`${method === 'HEAD' ? 'GET' : method} ${path}`);
    expect(table.filter((line) => !served(line))).to.deep.equal([]);
    expect(table).to.have.length(written.size);
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
    const HERE = 'DRH';
    const NEXT_DOOR = 'DSIC';
    const visitors = new Map<Role, LoggedIn>();
    let colleague: string;
    let neighbour: string;

    before(async () => {
      for (const role of ROLES) visitors.set(role, await site.logIn(`the ${role}`, HERE, [role]));
      colleague = (await site.logIn('a colleague', HERE)).id;
      neighbour = (await site.logIn('a neighbour', NEXT_DOOR)).id;
    });

    /**
     * What stands for the parameter of a path: something of one's own direction, and of the one next door. A route that
     * reaches a direction and has a parameter must be here, or the test below fails.
     */
    const PARAMETERS: Record<string, { mine(): string; theirs(): string }> = {
      '/people/:id': { mine: () => colleague, theirs: () => neighbour },
      '/progress/:person': { mine: () => colleague, theirs: () => neighbour },
      '/directions/:id': { mine: () => directionId(HERE), theirs: () => directionId(NEXT_DOOR) },
    };

    const visit = async ({ method, path }: Permission, visitor?: LoggedIn): Promise<number> => {
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
