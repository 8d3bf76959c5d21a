import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { type RunningServer, startServer } from '../e2e/server.ts';
import { HEADERS, post, statementText } from './requests.ts';

/** Seconds that the server gives a client to send a request. */
const TIMEOUT = 3;
const SLOW = 150;

/** Bytes the process holds itself, mapped files apart. */
function memoryOf({ process: { pid } }: RunningServer): number {
  const [, kilobytes] = /RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

describe('slow clients', function () {
  this.timeout(60_000);
  let server: RunningServer;
  before(async () => {
    server = await startServer({ LIVRET_REQUEST_TIMEOUT: String(TIMEOUT) });
  });
  after(() => server.stop());

  /** Says its beginning, and then goes on byte by byte until it is cut off; gives ms until then, and what it was told. */
  async function drip(start: string): Promise<{ lasted: number; told: string }> {
    const { hostname, port } = new URL(server.url);
    const socket: Socket = connect({ host: hostname, port: Number(port), noDelay: true });
    let told = '';
    socket.on('error', () => {}).setEncoding('latin1');
    socket.on('data', (chunk) => {
      told += chunk;
    });
    // Not `once`, for which an error is the end.
    const ended = new Promise((resolve) => socket.on('close', resolve));
    await new Promise((resolve) => socket.on('connect', resolve));
    const began = Date.now();
    socket.write(start);
    const timer = setInterval(() => socket.write('x'), 50);
    await ended;
    clearInterval(timer);
    return { lasted: Date.now() - began, told };
  }

  const line = 'POST /xapi/statements HTTP/1.1\r\nHost: x\r\n';
  const key = `Authorization: ${HEADERS.Authorization}\r\nX-Experience-API-Version: 1.0.3\r\n`;
  const kinds: Record<string, string> = {
    'a head that never ends': `${line}X-Slow: `,
    'a body that never ends': `${line}${key}Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n`,
    'a form that never ends, from anybody': `${line.replace('statements', 'statements?method=PUT')}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\n`,
    'a body of unknown length': `${line}${key}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nFFFFF\r\n`,
  };

  it('are cut off in time, many at once; the others are served meanwhile, and the memory does not grow', async () => {
    await post(server.url, statementText());
    const before = memoryOf(server);
    const starts = Object.values(kinds).flatMap((start) => Array<string>(SLOW).fill(start));
    const dripping = Promise.all(starts.map(drip));
    let most = 0;
    let served = 0;
    let slowest = 0;
    const over = dripping.then(() => true);
    while (!(await Promise.race([over, wait(100, false)]))) {
      const start = Date.now();
      const { status } = await post(server.url, statementText());
      expect(status).to.equal(200);
      served++;
      slowest = Math.max(slowest, Date.now() - start);
      most = Math.max(most, memoryOf(server));
    }
    for (const { lasted, told } of await dripping) {
      expect(lasted).to.be.within(TIMEOUT * 1000 - 1_000, TIMEOUT * 1000 + 5_000);
      expect(told).to.match(/^(HTTP\/1\.1 408 |$)/);
    }
    expect(served).to.be.greaterThan(5);
    expect(slowest).to.be.lessThan(2_000);
    // 600 connections, and what their requests left: the garbage of a busy second.
    expect(most - before).to.be.lessThan(100 * 2 ** 20);
    expect((await post(server.url, statementText())).status).to.equal(200);
  });
});
