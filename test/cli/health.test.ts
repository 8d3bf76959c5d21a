import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect } from 'chai';
import { openSqliteStore } from '../../lrs/store/sqlite/index.ts';
import { freePort } from '../e2e/free-port.ts';
import { type RunningServer, startServer } from '../e2e/server.ts';

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
    const other = new DatabaseSync(join(server.place.folder, 'store.sqlite'));
    await wait(1_500);
    other.exec('BEGIN IMMEDIATE');
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
    const folder = await mkdtemp(join(tmpdir(), 'livret-starting-'));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    // Somebody at the console holds the store: the server waits for it, behind its open port.
    const store = await openSqliteStore(folder);
    const starting = startServer({ PORT: String(port), LIVRET_DATA: folder });
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
    await store.close();
    const started = await starting;
    expect((await ask(`${url}/ready`)).status).to.equal(200);
    await started.stop();
    await rm(folder, { recursive: true });
  });
});
