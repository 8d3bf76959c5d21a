import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { type RunningServer, startServer } from '../e2e/server.ts';
import { onEachEngine } from '../engines/index.ts';
import { livret } from './livret.ts';
import { HEADERS, statementText } from './requests.ts';

const WRITERS = 8;
const DELAY = 2;

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
}

/** Posts over the connections of an agent; rejects when the connection fails. */
function send(agent: Agent, url: string, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { ...HEADERS, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
    const sent = request(`${url}/xapi/statements`, { agent, method: 'POST', headers }, (response) => {
      response.resume().on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    sent.on('error', reject).end(body);
  });
}

onEachEngine('stopping', function (engine) {
  this.timeout(60_000);

  it('first says so, for load balancers; then finishes what was begun and loses nothing that was acknowledged', async () => {
    const server: RunningServer = await startServer({ LIVRET_STOP_DELAY: String(DELAY) }, engine);
    const { hostname, port } = new URL(server.url);
    const gone = once(server.process, 'exit');

    // What would never end by itself: a live feed.
    const feed = request(`${server.url}/feed`, { agent: false, headers: { ...HEADERS, Accept: 'text/event-stream' } });
    feed.on('error', () => {}).end();
    const [live] = (await once(feed, 'response')) as [IncomingMessage];
    const liveEnded = once(live.resume(), 'end');
    // A slow body, whose sender is honest, and one whose sender is not and never ends.
    const slow = statementText('slow');
    const head = `POST /xapi/statements HTTP/1.1\r\nHost: x\r\nAuthorization: ${HEADERS.Authorization}\r\nX-Experience-API-Version: 1.0.3\r\nContent-Type: application/json\r\n`;
    const honest = connect(Number(port), hostname);
    honest.write(`${head}Content-Length: ${slow.length}\r\n\r\n${slow.slice(0, 40)}`);
    let answered = '';
    honest.setEncoding('latin1').on('data', (chunk) => {
      answered += chunk;
    });
    const honestEnded = once(honest, 'close');

    // Writers on connections of their own, until they cannot connect any more.
    const acknowledged: string[] = [];
    const endings: string[] = [];
    let stopping = false;
    const write = async (): Promise<void> => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      let last: Answer | undefined;
      try {
        for (;;) {
          const id = randomUUID();
          last = await send(agent, server.url, JSON.stringify({ id, ...JSON.parse(statementText()) }));
          if (last.status === 200) acknowledged.push(id);
          else endings.push(`status ${last.status}`);
        }
      } catch (error) {
        endings.push(`${last?.headers.connection} ${(error as NodeJS.ErrnoException).code}`);
        if (!stopping) throw error;
      }
    };
    const writing = Array.from({ length: WRITERS }, write);
    await wait(1_000);

    const start = Date.now();
    server.process.kill('SIGTERM');
    await wait(300);
    stopping = true;
    const ready = await fetch(`${server.url}/ready`);
    expect([ready.status, await ready.json()]).to.deep.equal([503, { status: 'stopping' }]);
    expect((await fetch(`${server.url}/health`)).status).to.equal(200);
    const before = acknowledged.length;
    await wait(DELAY * 1000 - 800);
    expect(acknowledged.length, 'served during the delay').to.be.greaterThan(before);
    await Promise.all(writing);
    expect(Date.now() - start).to.be.greaterThan(DELAY * 1000 - 100);
    // Every one of them was told on its last answer that the connection ends, and could not come back.
    expect(endings).to.deep.equal(Array(WRITERS).fill('close ECONNREFUSED'));

    honest.write(slow.slice(40));
    await honestEnded;
    expect(answered)
      .to.match(/^HTTP\/1\.1 200 OK\r\n/)
      .and.match(/\r\nConnection: close\r\n/);
    acknowledged.push(JSON.parse(/\r\n\r\n(.*)$/s.exec(answered)?.[1] ?? '[]')[0]);
    await liveEnded;
    expect((await gone)[0]).to.equal(0);
    expect(Date.now() - start).to.be.lessThan(DELAY * 1000 + 8_000);

    const { stdout } = await livret(['export'], server.place);
    const stored = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id);
    const kept = new Set(stored);
    expect(stored.length, 'nothing twice').to.equal(kept.size);
    expect(acknowledged.filter((id) => !kept.has(id))).to.deep.equal([]);
    await server.stop();
  });
});

describe('stopping', function () {
  this.timeout(60_000);

  it('does not wait for a connection whose request was refused before all of it had come', async () => {
    const server = await startServer();
    const { hostname, port } = new URL(server.url);
    const client = connect(Number(port), hostname);
    // 401: nobody has read the body by then.
    client.write('POST /xapi/statements HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{');
    await once(client, 'data');
    client.write('}');
    await wait(100);
    const began = Date.now();
    await server.stop();
    expect(Date.now() - began).to.be.lessThan(5_000);
    client.destroy();
  });

  it('takes no longer than its grace, whoever does not end', async () => {
    const server = await startServer();
    const { hostname, port } = new URL(server.url);
    const endless = connect(Number(port), hostname).on('error', () => {});
    endless.write(
      `POST /xapi/statements HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\nAuthorization: ${HEADERS.Authorization}\r\n`,
    );
    endless.write('X-Experience-API-Version: 1.0.3\r\nContent-Type: application/json\r\n\r\n{');
    const drip = setInterval(() => endless.write(' '), 200);
    await wait(500);
    const start = Date.now();
    await server.stop();
    clearInterval(drip);
    expect(Date.now() - start).to.be.within(9_000, 16_000);
    expect(server.process.exitCode).to.equal(0);
  });
});
