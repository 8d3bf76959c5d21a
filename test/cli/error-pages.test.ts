import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createApp } from '../../cli/app.ts';
import { Readiness } from '../../cli/health.ts';
import { type House, openHouse } from '../../cli/house.ts';
import { JobLog } from '../../cli/status/job-log.ts';
import { readConfig } from '../../config.ts';
import { hasCode } from '../../lrs/index.ts';

const PERSON = 'text/html,application/xhtml+xml,*/*;q=0.8';

describe('what is refused or fails', () => {
  let folder: string;
  let house: House;
  let server: Server;
  let origin: string;
  const reported: unknown[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livret-errors-'));
    const report = (error: unknown): void => void reported.push(error);
    const config = readConfig({ LIVRET_DATA: folder, LIVRET_ROLES: 'web' });
    house = await openHouse(config, { siteUrl: 'http://livret.example', report, onError: report });
    const site = { stateMarks: false, accessibility: 'none', contact: 'mailto:aide@example.org' } as const;
    const shared = { jobLog: new JobLog(), config, report };
    const options = { web: true, siteUrl: 'http://livret.example', site, readiness: new Readiness(), ...shared };
    server = createServer(createApp(house, options)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await house.close();
    await rm(folder, { recursive: true });
  });

  it('is a page for people that says what to do next, and JSON for programs', async () => {
    const page = await fetch(`${origin}/nothing`, { headers: { accept: PERSON, 'accept-language': 'en' } });
    expect(page.status).to.equal(404);
    const html = await page.text();
    expect(html).to.contain('<h1>Page not found</h1>').and.to.contain('href="mailto:aide@example.org"');
    expect(html).to.contain('href="/"').and.to.contain('request.path');
    const json = await fetch(`${origin}/nothing`, { headers: { accept: 'application/json' } });
    expect(((await json.json()) as { error: { code: string } }).error.code).to.equal('request.path');
  });

  it('leads who is not logged in to where one logs in, and back', async () => {
    const asked = await fetch(`${origin}/packages?q=x`, { headers: { accept: PERSON }, redirect: 'manual' });
    expect([asked.status, asked.headers.get('location')]).to.deep.equal([303, '/login?to=%2Fpackages%3Fq%3Dx']);
  });

  it('is told to the log, and found again by what the page shows, when the store is gone', async () => {
    await house.close();
    const asked = { method: 'POST', body: new URLSearchParams({ secret: 'x' }) };
    const headers = { accept: PERSON, 'sec-fetch-site': 'same-origin', 'x-request-id': 'request-7' };
    const page = await fetch(`${origin}/link`, { ...asked, headers });
    expect([page.status, page.headers.get('retry-after')]).to.deep.equal([503, '1']);
    expect(page.headers.get('content-type')).to.match(/^text\/html/);
    const html = await page.text();
    expect(html).to.contain('Service momentanément indisponible').and.to.contain('request-7');
    expect(html, 'what happened inside').not.to.contain('closing');
    expect(reported.some((error) => hasCode(error, 'store.unavailable'))).to.equal(true);
    const json = await fetch(`${origin}/link`, { ...asked, headers: { ...headers, accept: 'application/json' } });
    expect(json.headers.get('content-type')).to.match(/^application\/json/);
  });
});
