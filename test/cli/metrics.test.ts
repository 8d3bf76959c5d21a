import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { type RunningServer, startServer } from '../e2e/server.ts';
import { livret } from './livret.ts';
import { basic, HEADERS, post, statementText } from './requests.ts';

/** One series: its value by `name{labels}`, labels in order of their name. */
type Figures = Map<string, number>;

/** Reads Prometheus' text format, and refuses what is not. */
function readFigures(text: string): Figures {
  const figures: Figures = new Map();
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [, name, labels = '', value] = /^([a-z_]\w*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    const number = Number(value?.replace('Inf', 'Infinity'));
    // What was not seen since the last look has no mean.
    const isFigure = !Number.isNaN(number) || value?.toLowerCase() === 'nan';
    if (name === undefined || !isFigure) throw new Error(`What is ${line}?`);
    const sorted =
      labels
        .match(/\w+="(?:[^"\\]|\\.)*"/g)
        ?.sort()
        .join() ?? '';
    figures.set(sorted === '' ? name : `${name}{${sorted}}`, number);
  }
  return figures;
}

function metricsPort(server: RunningServer): number {
  const line = server.printed().find((each) => each.includes('serving metrics'));
  return JSON.parse(line ?? '{}').port;
}

describe('the metrics', function () {
  this.timeout(60_000);
  let server: RunningServer;
  let address: string;

  const figures = async (): Promise<Figures> => readFigures(await (await fetch(address)).text());
  const requests = (all: Figures, method: string, route: string, status: string | number) =>
    all.get(`livret_http_request_duration_seconds_count{method="${method}",route="${route}",status="${status}"}`) ?? 0;

  before(async () => {
    server = await startServer({ LIVRET_METRICS_PORT: '0', LIVRET_FAILED_LOGINS: '2', LIVRET_RATE_LIMIT: '40' });
    address = `http://127.0.0.1:${metricsPort(server)}/metrics`;
  });
  after(() => server.stop());

  it('are for whoever operates the server: on a port of their own, not on that of all', async () => {
    expect((await fetch(`${server.url}/metrics`)).status).to.equal(404);
    const response = await fetch(address);
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.match(/^text\/plain; version=0\.0\.4/);
    expect((await fetch(address.replace('/metrics', '/xapi/about'))).status).to.equal(404);
    const all = readFigures(await response.text());
    expect(all.get('process_resident_memory_bytes')).to.be.greaterThan(1e7);
    expect([...all.keys()].find((name) => name.startsWith('livret_info{version="'))).to.be.a('string');
  });

  it('are those that docs/operating.md tells of, and no others', async () => {
    const told = readFileSync(new URL('../../docs/operating.md', import.meta.url), 'utf8');
    const names = (text: string): string[] => [...new Set(text.match(/\blivret_\w+/g))];
    const base = (name: string): string => name.replace(/_(bucket|count|sum)$/, '');
    const served = names(await (await fetch(address)).text()).map(base);
    // Only where the server speaks TLS: see tls.test.ts.
    const withTls = 'livret_tls_certificate_expiry_timestamp_seconds';
    expect(new Set(names(told).map(base))).to.deep.equal(new Set([...served, withTls]));
  });

  it('count requests by method, pattern and status, and show nothing that a client made up', async () => {
    const before = await figures();
    const secret = randomUUID();
    await fetch(`${server.url}/packages/${secret}`, { headers: HEADERS });
    await fetch(`${server.url}/api/packages/${secret}`);
    await fetch(`${server.url}/${secret}/${secret}?agent=${secret}`);
    await fetch(`${server.url}/xapi/${secret}`, { headers: HEADERS });
    await fetch(`${server.url}/xapi/statements?statementId=${secret}`, { headers: HEADERS });
    await fetch(`${server.url}/XAPI/${secret}`, { method: 'PATCH' });
    const all = await figures();
    expect([...all.keys()].filter((name) => name.includes(secret))).to.deep.equal([]);
    const more = (method: string, route: string, status: number) =>
      requests(all, method, route, status) - requests(before, method, route, status);
    expect(more('GET', '/packages/:id', 404)).to.equal(1);
    expect(more('GET', '/api/packages/:id', 401)).to.equal(1);
    expect(more('GET', 'unmatched', 404)).to.equal(1);
    expect(more('GET', '/xapi/*', 404)).to.equal(1);
    expect(more('GET', '/xapi/statements', 404)).to.equal(1);
    expect(more('other', 'unmatched', 404)).to.equal(1);
  });

  it('count statements by what became of them, and time the commits', async () => {
    const id = randomUUID();
    const before = await figures();
    const one = { id, ...JSON.parse(statementText()) };
    expect((await post(server.url, `[${statementText()},${statementText()}]`)).status).to.equal(200);
    expect((await post(server.url, JSON.stringify(one))).status).to.equal(200);
    expect((await post(server.url, JSON.stringify(one))).status).to.equal(200);
    const other = { ...one, object: { id: 'https://example.org/other' } };
    expect((await post(server.url, JSON.stringify(other))).status).to.equal(409);
    expect((await post(server.url, '{"actor":')).status).to.equal(400);
    const all = await figures();
    const more = (name: string) => (all.get(name) ?? 0) - (before.get(name) ?? 0);
    expect(more('livret_statements_total{outcome="stored"}')).to.equal(3);
    expect(more('livret_statements_total{outcome="same"}')).to.equal(1);
    expect(more('livret_statements_total{outcome="refused"}')).to.equal(1);
    expect(more('livret_commit_duration_seconds_count{outcome="done"}')).to.be.at.least(3);
    expect(more('livret_commit_duration_seconds_count{outcome="refused"}')).to.equal(1);
    expect(more('livret_commit_duration_seconds_sum{outcome="done"}')).to.be.within(1e-5, 5);
    expect(all.get('livret_commits_under_way')).to.equal(0);
  });

  it('know the readers of the feed', async () => {
    const { hostname, port } = new URL(server.url);
    const headers = { ...HEADERS, Accept: 'text/event-stream' };
    const feed = request({ hostname, port, path: '/feed', headers });
    feed.on('error', () => {});
    feed.end();
    await new Promise((resolve) => feed.on('response', (response) => resolve(response.resume())));
    expect((await figures()).get('livret_feed_readers')).to.equal(1);
    feed.destroy();
    await wait(200);
    const all = await figures();
    expect(all.get('livret_feed_readers')).to.equal(0);
    expect(requests(all, 'GET', '/feed', 'aborted')).to.equal(1);
  });

  it('tell when the jobs last succeeded, and how far the reports have read', async () => {
    await post(server.url, statementText());
    await wait(4_000);
    const all = await figures();
    const now = Date.now() / 1000;
    for (const job of ['blobs.sweep', 'reports.publish']) {
      expect(all.get(`livret_job_runs_total{job="${job}",outcome="done"}`), job).to.equal(1);
      expect(all.get(`livret_job_last_success_timestamp_seconds{job="${job}"}`), job).to.be.within(now - 50, now);
    }
    expect(all.get('livret_reports_fresh_through_timestamp_seconds')).to.be.within(now - 6, now);
  });

  it('count what was refused: failed logins, and keys that ask too much', async () => {
    for (let n = 0; n < 4; n++) {
      await post(server.url, statementText(), { Authorization: basic('nobody', `guess ${n}`) });
    }
    let all = await figures();
    expect(all.get('livret_failed_logins_total')).to.equal(2);
    expect(all.get('livret_failed_login_refusals_total')).to.equal(2);
    let last = 200;
    for (let n = 0; n < 60 && last === 200; n++)
      last = (await fetch(`${server.url}/xapi/activities?activityId=http://a`, { headers: HEADERS })).status;
    expect(last).to.equal(429);
    all = await figures();
    expect(all.get('livret_rate_limit_refusals_total')).to.equal(1);
    expect(requests(all, 'GET', '/xapi/activities', 429)).to.equal(1);
  });

  it('are refused a place that is taken, in one sentence', async () => {
    const port = new URL(server.url).port;
    const { code, stderr } = await livret(['serve'], {
      folder: server.place.folder,
      env: { PORT: '0', LIVRET_METRICS_PORT: port },
    });
    expect(code).to.equal(1);
    expect(stderr).to.match(
      /another program is listening there\. LIVRET_METRICS_PORT and LIVRET_METRICS_HOST say where\.\n$/,
    );
    expect(stderr.trim().split('\n')).to.have.length(1);
  });
});
