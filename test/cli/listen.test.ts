import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, type RequestListener, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connect as connectSecurely } from 'node:tls';
import { expect } from 'chai';
import { type Credentials, type Listening, listen } from '../../cli/net/listen.ts';
import { makeCertificate } from './certificates.ts';

/** More than the buffers of two sockets hold: it is under way for as long as its reader waits. */
const LARGE = Buffer.alloc(24_000_000, 'x');

const answer: RequestListener = async (incoming, response) => {
  if (incoming.url === '/large') response.end(LARGE);
  else if (incoming.url === '/never') response.flushHeaders();
  else {
    let length = 0;
    for await (const chunk of incoming) length += chunk.length;
    if (incoming.url?.startsWith('/slow')) await wait(300);
    response.end(`${incoming.url} ${length}`);
  }
};

/** All that comes until the connection ends. */
async function readAll(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    text += chunk;
  });
  socket.on('error', () => {});
  if (!socket.destroyed) await once(socket, 'close');
  return text;
}

describe('a listening server', function () {
  this.timeout(60_000);
  let folder: string;
  let credentials: Credentials;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'livret-listen-'));
    const { cert, key } = makeCertificate(folder, 'server');
    credentials = { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const scheme of ['http', 'https']) {
    describe(`over ${scheme}`, () => {
      let listening: Listening;
      beforeEach(async () => {
        const place = { host: '127.0.0.1', port: 0, settings: 'PORT' };
        listening = await listen(answer, scheme === 'https' ? { ...place, credentials } : place);
      });
      afterEach(() => listening.close(0));

      const open = async (): Promise<Socket> => {
        const address = { port: listening.port, host: '127.0.0.1' };
        const socket =
          scheme === 'https' ? connectSecurely({ ...address, rejectUnauthorized: false }) : connect(address);
        await once(socket, scheme === 'https' ? 'secureConnect' : 'connect');
        return socket;
      };
      const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;

      it('closes soon what is idle, whether it was ever used or not, and takes nobody new', async () => {
        const [silent, used] = [await open(), await open()];
        used.write(get('/a'));
        await once(used, 'data');
        const start = Date.now();
        await listening.close(10_000);
        expect(Date.now() - start).to.be.lessThan(1_500);
        await Promise.all([readAll(silent), readAll(used)]);
        const late = connect(listening.port, '127.0.0.1');
        expect(await new Promise((resolve) => late.on('error', () => resolve('refused')))).to.equal('refused');
      });

      it('finishes what it has begun to read, says that the connection ends, and then ends it', async () => {
        const [head, body, slow, ahead] = [await open(), await open(), await open(), await open()];
        head.write('POST /head HTTP/1.1\r\nHost: x\r\nContent-Le');
        body.write('POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab');
        slow.write(get('/slow'));
        ahead.write(get('/slow') + get('/slow?2'));
        const answers = [head, body, slow, ahead].map(readAll);
        await wait(100);
        const closed = listening.close(10_000);
        await wait(100);
        head.write('ngth: 2\r\n\r\nab');
        body.write('cd');
        const [ofHead, ofBody, ofSlow, ofAhead] = await Promise.all(answers);
        await closed;
        expect(ofHead).to.match(/^HTTP\/1\.1 200 OK\r\nConnection: close\r\n[\s\S]*\/head 2/);
        expect(ofBody).to.match(/^HTTP\/1\.1 200 OK\r\nConnection: close\r\n[\s\S]*\/body 4/);
        expect(ofSlow).to.match(/^HTTP\/1\.1 200 OK\r\nConnection: close\r\n[\s\S]*\/slow 0/);

        expect(ofAhead).to.match(
          /^HTTP\/1\.1 200 OK\r\n[\s\S]*keep-alive[\s\S]*\/slow 0[\s\S]*Connection: close[\s\S]*\/slow\?2 0/,
        );
      });

      it('lets a slow reader have the whole of its answer', async () => {
        const reader = await open();
        reader.write(get('/large'));
        await once(reader, 'readable');
        const closed = listening.close(10_000);
        await wait(500);
        const text = await readAll(reader);
        await closed;
        expect(text.length).to.be.greaterThan(LARGE.length);
      });

      it('cuts off what does not end in time', async () => {
        const [endless, unfinished, reader] = [await open(), await open(), await open()];
        endless.write(get('/never'));
        unfinished.write('POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab');
        reader.write(get('/large'));
        await wait(200);
        const ended = [endless, unfinished].map(readAll);
        const start = Date.now();
        await listening.close(700);
        expect(Date.now() - start).to.be.within(600, 3_000);
        await Promise.all(ended);
        reader.destroy();
      });
    });
  }

  it('serves what is sent ahead one after the other, in its order, and only so much of it', async () => {
    let [busy, most, served] = [0, 0, 0];
    const listening = await listen(
      async (incoming, response) => {
        most = Math.max(most, ++busy);
        await wait(5);
        busy--;
        served++;
        response.end(`${incoming.url}\n`);
      },
      { host: '127.0.0.1', port: 0, settings: 'PORT' },
    );
    const ask = (count: number): string =>
      Array.from({ length: count }, (_, n) => `GET /${n} HTTP/1.1\r\nHost: x\r\n\r\n`).join('');
    const honest = connect(listening.port, '127.0.0.1');
    honest.write(`${ask(50)}GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    const bodies = [...(await readAll(honest)).matchAll(/^\/(\w+)$/gm)].map(([, name]) => name);
    expect(bodies).to.deep.equal([...Array.from({ length: 50 }, (_, n) => String(n)), 'last']);
    expect(most).to.equal(1);
    served = 0;
    const greedy = connect(listening.port, '127.0.0.1');
    const cut = new Promise((resolve) =>
      greedy
        .on('close', resolve)
        .on('error', () => {})
        .resume(),
    );
    greedy.write(ask(5_000));
    await cut;
    expect(served).to.be.lessThan(2_000);
    await listening.close(0);
  });

  it('ends soon also while somebody holds a connection open below TLS', async () => {
    const listening = await listen(answer, { host: '127.0.0.1', port: 0, settings: 'PORT', credentials });
    const socket = connect(listening.port, '127.0.0.1');
    await once(socket, 'connect');
    await wait(100);
    const start = Date.now();
    await Promise.all([listening.close(10_000), readAll(socket)]);
    expect(Date.now() - start).to.be.lessThan(1_500);
  });

  it('is not kept from it by clients that come back on the connection they have', async () => {
    const listening = await listen(answer, { host: '127.0.0.1', port: 0, settings: 'PORT' });
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    let answered = 0;
    /** Asks until that fails; gives what the last answer said of the connection, and the failure. */
    const askOn = async (): Promise<string> => {
      let last = '';
      try {
        for (;;) {
          last = await new Promise<string>((resolve, reject) => {
            const asked = request({ agent, port: listening.port, path: '/a' }, (response) => {
              answered++;
              response.resume().on('end', () => resolve(response.headers.connection ?? ''));
            });
            asked.on('error', reject).end();
          });
        }
      } catch (error) {
        return `${last} ${(error as NodeJS.ErrnoException).code}`;
      }
    };
    const clients = [1, 2, 3, 4].map(askOn);
    await wait(300);
    const start = Date.now();
    await listening.close(10_000);
    expect(Date.now() - start).to.be.lessThan(1_500);
    const endings = await Promise.all(clients);
    agent.destroy();
    expect(answered).to.be.greaterThan(20);
    // Nobody sent a request into a connection that was closing: all were told before.
    expect(endings).to.deep.equal(Array(4).fill('close ECONNREFUSED'));
  });
});
