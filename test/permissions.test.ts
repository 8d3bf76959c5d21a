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
import { readConfig } from '../config.ts';
import { SCOPES, type Scope } from '../lrs/index.ts';
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
    const options = { web: true, siteUrl: 'https://livret.example', readiness, report };
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
      if (line.anyOf === 'public') expect(status, what).to.not.be.oneOf([401, 404, 405, 500]);
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
        if (scope === 'all' || line.anyOf.includes(scope)) expect(status, what).to.not.be.oneOf([401, 403, 405]);
        else expect(status, what).to.equal(403);
      }
    }
  });
});
