import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type RunningServer, startServer, startServerAt } from '../e2e/server.ts';
import { onEachEngine } from '../engines/index.ts';
import { livret } from './livret.ts';
import { basic, HEADERS } from './requests.ts';

describe('livret serve', function () {
  this.timeout(60_000);

  describe('while it runs', () => {
    let server: RunningServer;
    before(async () => {
      server = await startServer();
    });
    after(() => server.stop());

    it('welcomes people in their language, and tells programs in theirs what is not there', async () => {
      const page = await fetch(server.url, { headers: { 'Accept-Language': 'en' } });
      expect(page.headers.get('content-security-policy')).to.include("default-src 'none'");
      expect(await page.text())
        .to.include(`${server.url}/xapi`)
        .and.include('lang="en"');
      const lost = await fetch(`${server.url}/nowhere`, { headers: { Accept: 'text/html' } });
      expect([lost.status, lost.headers.get('content-type')]).to.deep.equal([404, 'text/html; charset=utf-8']);
      const api = await fetch(`${server.url}/nowhere`);
      expect(api.status).to.equal(404);
      expect((await api.json()).error.code).to.equal('request.path');
    });

    it('has nothing at an address that cannot be decoded', async () => {
      const response = await fetch(`${server.url}/packages/%E0%A4%A`, { headers: HEADERS });
      expect(response.status).to.equal(404);
    });

    it('keeps its files for its owner alone', async () => {
      for (const name of await readdir(server.place.folder)) {
        expect((await stat(join(server.place.folder, name))).mode & 0o077, name).to.equal(0);
      }
    });

    it('keeps the headers of pages off xAPI', async () => {
      const response = await fetch(`${server.url}/xapi/about`, { headers: HEADERS });
      expect(response.status).to.equal(200);
      expect(response.headers.get('content-security-policy')).to.equal(null);
      expect(response.headers.get('x-powered-by')).to.equal(null);
    });

    it('leaves the port and the folder to the one that has them, and the other says so', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'livret-serve-'));
      const taken = await livret(['serve'], { folder, env: { PORT: new URL(server.url).port } });
      expect(taken.code).to.equal(1);
      expect(taken.stderr).to.match(
        /^A setting is wrong\. Livret cannot listen .*: another program is listening there\. .*\n$/,
      );
      expect(taken.stdout).to.equal('');
      const locked = await livret(['serve'], { folder: server.place.folder, env: { PORT: '0' } });
      expect(locked.code).to.equal(1);
      expect(locked.stderr).to.match(/^Another Livret is using this store\. .*\n$/);
      await rm(folder, { recursive: true });
    });
  });

  const failures: Record<string, { env: Record<string, string>; says: RegExp }> = {
    'a setting that does not exist': { env: { LIVRET_PROT: '80' }, says: /There is no setting LIVRET_PROT/ },
    'a folder that can never be': {
      env: { LIVRET_DATA: '/proc/livret' },
      says: /LIVRET_DATA \S+: it cannot be made there\./,
    },
    'a folder that is a file': { env: { LIVRET_DATA: 'FILE' }, says: /LIVRET_DATA \S+: it is a file\./ },
    'a MongoDB that nobody answers for': {
      env: { LIVRET_STORE: 'mongodb://127.0.0.1:1' },
      says: /MongoDB does not answer at the address of LIVRET_STORE\./,
    },
  };
  for (const [what, { env, says }] of Object.entries(failures)) {
    it(`says in one sentence that it cannot start with ${what}`, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'livret-fail-'));
      const file = join(folder, 'file');
      await writeFile(file, '');
      const given = Object.fromEntries(
        Object.entries(env).map(([name, value]) => [name, value === 'FILE' ? file : value]),
      );
      const { code, stderr } = await livret(['serve'], { folder, env: { PORT: '0', ...given } });
      expect(code).to.equal(1);
      expect(stderr).to.match(says);
      expect(stderr.trim().split('\n')).to.have.length(1);
      await rm(folder, { recursive: true });
    });
  }
});

onEachEngine('a start and a stop of livret serve', function (engine) {
  this.timeout(60_000);

  it('makes a key on the first start, and shows it that once', async () => {
    const environment = { LIVRET_KEY: '', LIVRET_SECRET: '' };
    const place = await engine.place();
    const first = await startServerAt(place, environment);
    const printed = first.printed().join('\n');
    const [, key, secret] = /key +(\S+)\n +secret +(\S+)/.exec(printed) ?? [];
    const authorization = basic(key ?? '', secret ?? '');
    const asked = () =>
      fetch(`${first.url}/xapi/statements`, { headers: { ...HEADERS, Authorization: authorization } });
    expect((await asked()).status).to.equal(200);
    expect(first.printed().filter((line) => line.includes(secret ?? '-'))).to.have.length(1);
    await first.stop();
    const second = await startServerAt(place, environment);
    expect(second.printed().join('\n')).to.not.include('secret');
    await second.stop();
    await place.remove();
  });
});
