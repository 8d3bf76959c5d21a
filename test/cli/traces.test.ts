import { execFileSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { tracesWanted } from '../../cli/observe/traces-wanted.ts';
import { freePort } from '../e2e/free-port.ts';
import { KEY, type RunningServer, SECRET, startServer } from '../e2e/server.ts';
import { type Collector, type ReceivedSpan, startCollector } from './collector.ts';
import { AUTHORIZATION, HEADERS, post, statementText } from './requests.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';

describe('traces', function () {
  this.timeout(60_000);
  let collector: Collector;
  beforeEach(async () => {
    collector = await startCollector();
  });
  afterEach(() => collector.close());

  for (const protocol of ['http/protobuf', 'http/json']) {
    it(`go to the collector as ${protocol}: a span for each request, its commit inside, in the caller's trace`, async () => {
      const server = await startServer({
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
        OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
        NODE_DEBUG: 'module',
      });
      const traceparent = `00-${TRACE}-${PARENT}-01`;
      const id = '6f2b1ba4-0a53-4c1c-a3f8-8f4b1c8f4a11';
      const withId = (name: string) => JSON.stringify({ id, ...JSON.parse(statementText(name)) });
      await post(server.url, withId('curie'), { traceparent, 'X-Request-Id': 'mine' });
      await fetch(`${server.url}/packages/curie?agent=curie`, { headers: HEADERS });
      await fetch(`${server.url}/xapi/statements?agent=curie`, { headers: HEADERS });
      for (const path of ['/health', '/ready']) await fetch(server.url + path);
      expect((await post(server.url, withId('eve'))).status).to.equal(409);
      // As a full disk does: no file may grow.
      execFileSync('prlimit', ['--pid', String(server.process.pid), '--fsize=1:']);
      expect((await post(server.url, statementText('curie'))).status).to.equal(503);
      await server.stop();
      expect(loadedForWatching(server)).to.equal(true);

      const { spans } = collector;
      const type = protocol === 'http/json' ? 'application/json' : 'application/x-protobuf';
      expect(collector.types).to.deep.equal(new Set([type]));
      expect(spans.map(({ name }) => name)).to.have.members([
        ...['store.commit', 'POST /xapi/statements', 'GET /packages/:id', 'GET /xapi/statements'],
        ...['store.commit', 'POST /xapi/statements', 'store.commit', 'POST /xapi/statements'],
      ]);
      expect(new Set(spans.map(({ traceId }) => traceId)).size).to.equal(5);
      const answered = (status: number) =>
        spans.find(
          ({ attributes }) => attributes['http.response.status_code'] === status && 'http.route' in attributes,
        );
      const commitOf = (span: ReceivedSpan | undefined) =>
        spans.find(({ name, parentSpanId }) => name === 'store.commit' && parentSpanId === span?.spanId);

      const posted = spans.find(({ traceId, name }) => traceId === TRACE && name !== 'store.commit');
      expect(posted).to.include({ name: 'POST /xapi/statements', parentSpanId: PARENT, status: 0 });
      expect(posted?.attributes).to.deep.equal({
        'livret.request_id': 'mine',
        'http.request.method': 'POST',
        'http.route': '/xapi/statements',
        'http.response.status_code': 200,
      });
      expect(posted?.resource).to.include({ 'service.name': 'livret', 'deployment.environment.name': 'test' });
      expect(commitOf(posted)).to.include({ traceId: TRACE, status: 0 });
      expect(commitOf(posted)?.attributes).to.deep.equal({ 'livret.statements': 1, 'livret.changes': 0 });
      // What the client got wrong is no error of the server; what failed is shown by its code alone.
      expect(answered(409)).to.include({ status: 0 });
      expect(commitOf(answered(409))?.attributes).to.include({ 'error.type': 'statement.conflict' });
      expect(answered(503)).to.include({ name: 'POST /xapi/statements', status: 2 });
      expect(commitOf(answered(503))?.attributes).to.include({ 'error.type': 'store.unavailable' });
      const sent = Buffer.concat(collector.bodies).toString('latin1');
      for (const word of ['curie', 'agent', 'mbox', KEY, SECRET, AUTHORIZATION.slice(6)].filter(
        (each) => each !== KEY,
      )) {
        expect(sent, word).to.not.include(word);
      }
    });
  }

  it('do no harm when the collector is away: the log says it, requests go on, and the server stops in time', async () => {
    const server = await startServer({
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}`,
      OTEL_BSP_SCHEDULE_DELAY: '100',
      OTEL_EXPORTER_OTLP_TIMEOUT: '500',
    });
    for (let n = 0; n < 5; n++) {
      expect((await post(server.url, statementText())).status).to.equal(200);
      await wait(300);
    }
    const start = Date.now();
    await server.stop();
    expect(Date.now() - start).to.be.lessThan(8_000);
    const complaints = server.printed().filter((line) => line.includes('traces do not get through'));
    expect(complaints).to.have.length(1);
    expect(JSON.parse(complaints[0] ?? '').level).to.equal(40);
  });

  it('are not even loaded where nobody asked for them, nor are metrics', async () => {
    const server = await startServer({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_SDK_DISABLED: 'true',
      NODE_DEBUG: 'module',
    });
    await post(server.url, statementText());
    await server.stop();
    expect(loadedForWatching(server)).to.equal(false);
    expect(collector.spans).to.deep.equal([]);
  });

  it('are wanted where there is an endpoint, as protobuf unless something else is said', () => {
    const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };
    expect(tracesWanted({})).to.equal(undefined);
    expect(tracesWanted({ OTEL_EXPORTER_OTLP_ENDPOINT: '' })).to.equal(undefined);
    expect(tracesWanted({ ...endpoint, OTEL_TRACES_EXPORTER: 'none' })).to.equal(undefined);
    expect(tracesWanted(endpoint)).to.equal('http/protobuf');
    expect(tracesWanted({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://c/v1/traces' })).to.equal('http/protobuf');
    expect(tracesWanted({ ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' })).to.equal('http/json');
    expect(() => tracesWanted({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317' })).to.throw(
      /^A setting is wrong\. OTEL_EXPORTER_OTLP_ENDPOINT should be: http\(s\) URL\.$/,
    );
    expect(() => tracesWanted({ ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' })).to.throw(
      /OTEL_EXPORTER_OTLP_PROTOCOL should be: one of http\/protobuf, http\/json\.$/,
    );
  });
});

/** Node tells of every CommonJS module it loads (NODE_DEBUG=module), as those of OpenTelemetry and prom-client are. */
const loadedForWatching = (server: RunningServer): boolean =>
  server.printed().some((line) => /node_modules.(@opentelemetry|prom-client)/.test(line));
