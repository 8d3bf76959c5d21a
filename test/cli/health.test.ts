import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect } from 'chai';
import { openStore } from '../../lrs/store/open.ts';
import { freePort } from '../e2e/free-port.ts';
import { type RunningServer, startServer, startServerAt } from '../e2e/server.ts';
import { onOwnMongo } from '../engines/index.ts';
import { startReplicaSet } from '../engines/mongod.ts';
import { sqlite } from '../engines/sqlite.ts';
import { healthcheck } from './healthcheck.ts';

interface Said {
  status: number;
  body: unknown;
  headers: Headers;
  /** ms it took */
  took: number;
}

async function ask(address: string, method = 'GET'): Promise<Said> {
  const start = performance.now();
  const response = await fetch(address, { method });
  const text = await response.text();
  const body = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, body, headers: response.headers, took: performance.now() - start };
}

describe('what the server says of itself', function () {
  this.timeout(60_000);
  let server: RunningServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.stop());

  it('is that it lives and that it is ready, to anybody, HEAD too, and nothing for a cache to keep', async () => {
    for (const [path, status] of [
      ['/health', 'ok'],
      ['/ready', 'ready'],
    ]) {
      const said = await ask(server.url + path);
      expect([said.status, said.body]).to.deep.equal([200, { status }]);
      expect(said.headers.get('cache-control')).to.equal('no-store');
      const head = await ask(server.url + path, 'HEAD');
      expect([head.status, head.body]).to.deep.equal([200, undefined]);
      expect(head.headers.get('content-length')).to.equal(said.headers.get('content-length'));
    }
  });

  it('is what a container asks for, with the settings of its server', async () => {
    const { port } = new URL(server.url);
    expect(await healthcheck({ PORT: port })).to.equal(0);
    expect(await healthcheck({ PORT: port, LIVRET_HOST: '0.0.0.0' })).to.equal(0);
    expect(await healthcheck({ PORT: String(await freePort()) })).to.equal(1);
  });

  it('is, of a store that refuses to write, that the store is not ready; the process lives on, and becomes ready again', async () => {
    // As a full disk does: no file may grow.
    const limit = (bytes: string) =>
      execFileSync('prlimit', ['--pid', String(server.process.pid), `--fsize=${bytes}:`]);
    limit('1');
    // A store that has just committed is believed for a second.
    await wait(1_500);
    const unready = await ask(`${server.url}/ready`);
    expect([unready.status, unready.body]).to.deep.equal([
      503,
      { status: 'unavailable', parts: { store: 'unavailable' } },
    ]);
    expect(Number(unready.headers.get('retry-after'))).to.be.within(1, 10);
    expect((await ask(`${server.url}/ready`, 'HEAD')).status).to.equal(503);
    expect((await ask(`${server.url}/health`)).status).to.equal(200);
    limit('unlimited');
    expect((await ask(`${server.url}/ready`)).status).to.equal(200);
  });

  it('comes in about 2 s also while the store hangs, however many ask', async () => {
    const other = new DatabaseSync(join(server.place.folder, 'store.sqlite'), { timeout: 10_000 });
    other.exec('BEGIN IMMEDIATE');
    // What the server committed just before is believed for a second.
    await wait(1_500);
    const all = await Promise.all([1, 2, 3, 4, 5].map(() => ask(`${server.url}/ready`)));
    for (const { status, body, took } of all) {
      expect([status, body]).to.deep.equal([503, { status: 'unavailable', parts: { store: 'slow' } }]);
      expect(took).to.be.within(1_500, 4_000);
    }
    const alive = await ask(`${server.url}/health`);
    expect(alive.status).to.equal(200);
    expect(alive.took).to.be.lessThan(1_000);
    other.exec('ROLLBACK');
    other.close();
    let last = await ask(`${server.url}/ready`);
    for (let tries = 0; last.status !== 200 && tries < 50; tries++) {
      await wait(200);
      last = await ask(`${server.url}/ready`);
    }
    expect(last.status).to.equal(200);
  });

  it('is, while it starts, that it lives and is not ready', async () => {
    const place = await sqlite.place();
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    // Somebody at the console holds the store: the server waits for it, behind its open port.
    const store = await openStore(place);
    const starting = startServerAt(place, { PORT: String(port) });
    let health: Said | undefined;
    for (let tries = 0; health === undefined && tries < 600; tries++) {
      await wait(50);
      health = await ask(`${url}/health`).catch(() => undefined);
    }
    expect([health?.status, health?.body]).to.deep.equal([200, { status: 'ok' }]);
    const ready = await ask(`${url}/ready`);
    expect([ready.status, ready.body]).to.deep.equal([503, { status: 'starting' }]);
    expect(ready.headers.has('retry-after')).to.equal(true);
    expect((await ask(`${url}/xapi/about`)).status).to.equal(503);
    const page = await fetch(`${url}/reports`, { headers: { Accept: 'text/html,*/*;q=0.8' } });
    expect([page.status, page.headers.get('content-type')]).to.deep.equal([503, 'text/html; charset=utf-8']);
    expect(page.headers.get('refresh')).to.equal('5');
    expect(await page.text())
      .to.contain('Livret démarre')
      .and.to.contain('Livret is starting');
    await store.close();
    const started = await starting;
    expect((await ask(`${url}/ready`)).status).to.equal(200);
    await started.stop();
    await place.remove();
  });
});

onOwnMongo('a server whose MongoDB goes away and comes back', function (mongod) {
  this.timeout(120_000);

  it('is alive all the time, not ready meanwhile, and ready again by itself', async () => {
    const set = await startReplicaSet(mongod, { members: 1 });
    const [member] = set.members;
    const folder = await mkdtemp(join(tmpdir(), 'livret-away-'));
    const server = await startServerAt({ engine: set.address.replace('/?', '/livret?'), folder });
    const untilReady = async (expected: number): Promise<Said> => {
      let said = await ask(`${server.url}/ready`);
      for (let tries = 0; said.status !== expected && tries < 100; tries++) {
        await wait(200);
        said = await ask(`${server.url}/ready`);
      }
      return said;
    };
    expect((await untilReady(200)).status).to.equal(200);
    member?.pause();
    const away = await untilReady(503);
    expect(away.status).to.equal(503);
    expect(away.body).to.have.nested.property('parts.store').that.is.oneOf(['slow', 'unavailable']);
    expect(away.took).to.be.lessThan(4_000);
    const alive = await ask(`${server.url}/health`);
    expect([alive.status, alive.took < 1_000]).to.deep.equal([200, true]);
    member?.resume();
    expect((await untilReady(200)).status).to.equal(200);
    await server.stop();
    await set.stop();
    await rm(folder, { recursive: true });
  });
});
