import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { onEachEngine } from '../engines/index.ts';
import { carry, declare, json, multipart } from '../lrs/resources/multipart-maker.ts';
import { statement, TestServer } from '../lrs/resources/server.ts';
import { countKept } from './kept-blobs.ts';

/** Bytes that the memory in use may differ by, though nothing is kept. */
const NOISE = 16 * 2 ** 20;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

function memoryInUse(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

interface Body {
  type: string;
  bytes: Buffer;
}

const batch = (): Body => ({
  type: 'application/json',
  bytes: Buffer.from(JSON.stringify(Array.from({ length: 50 }, () => statement()))),
});

/** A statement with two attachments, of which the first is whole before the half of the body. */
function attachments(): Body {
  const contents = [randomBytes(100_000), randomBytes(300_000)];
  const first = json(statement({ attachments: contents.map((each) => declare(each)) }));
  const { body, headers } = multipart([first, ...contents.map((each) => carry(each))]);
  return { type: headers['Content-Type'], bytes: body };
}

onEachEngine('a client that goes away in the middle of its request', (engine) => {
  let server: TestServer;
  beforeEach(async () => {
    server = await TestServer.start(engine);
  });
  afterEach(() => server.stop());

  /** Opens a request of a body and sends a part of it. */
  async function begin({ type, bytes }: Body, length: number): Promise<Socket> {
    const { hostname, port } = new URL(server.origin);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    const head = [
      'POST /xapi/statements HTTP/1.1',
      `Host: ${hostname}:${port}`,
      `Authorization: ${server.authorization}`,
      'X-Experience-API-Version: 1.0.3',
      `Content-Type: ${type}`,
      `Content-Length: ${bytes.length}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    await new Promise((resolve) => socket.write(bytes.subarray(0, length), resolve));
    return socket;
  }

  /** Sends a part of a body, and goes. */
  async function cutOff(body: Body, length: number): Promise<void> {
    const socket = await begin(body, length);
    await wait(20);
    socket.destroy();
  }

  /** Once the server has seen that they are gone: it takes a statement, and has none but that. */
  async function expectNothingStored(): Promise<void> {
    await wait(200);
    expect((await server.call('/statements', { method: 'POST', body: statement() })).status).to.equal(200);
    expect(await server.store.statements.count()).to.equal(1);
    expect(server.reported).to.deep.equal([]);
  }

  it('has stored nothing of its batch, wherever it was cut', async () => {
    const body = batch();
    for (const part of [0, 0.1, 0.5, 0.9]) await cutOff(body, Math.floor(body.bytes.length * part));
    await cutOff(body, body.bytes.length - 1);
    await expectNothingStored();
  });

  it('has stored nothing of a statement with attachments, and no blob is left once they were swept', async () => {
    for (const part of [0, 0.001, 0.1, 0.5, 0.9]) {
      const body = attachments();
      await cutOff(body, Math.floor(body.bytes.length * part));
    }
    // In the middle of the delimiter that closes the last of them.
    const body = attachments();
    await cutOff(body, body.bytes.length - 5);
    await expectNothingStored();
    let kept = Number.POSITIVE_INFINITY;
    // Of the last of them the server may be clearing away what it had.
    for (const deadline = Date.now() + 5_000; kept > 0 && Date.now() < deadline; await wait(50)) {
      await server.store.blobs.sweep(-1);
      kept = await countKept(server.place);
    }
    expect(kept).to.equal(0);
  });

  it('leaves none of its bytes in memory', async function () {
    this.timeout(60_000);
    const rounds = async (count: number): Promise<void> => {
      for (let n = 0; n < count; n++) {
        const bodies = [batch(), attachments()];
        await Promise.all(bodies.map((body) => cutOff(body, Math.floor(body.bytes.length * 0.95))));
      }
      await wait(200);
    };
    await rounds(20);
    const before = memoryInUse();
    // 40 MB.
    await rounds(100);
    let grown = memoryInUse() - before;
    for (const deadline = Date.now() + 10_000; grown > NOISE && Date.now() < deadline; await wait(200)) {
      grown = memoryInUse() - before;
    }
    expect(grown).to.be.lessThan(NOISE);
  });

  it('or only creeps, takes nothing from the others', async () => {
    const body = batch();
    const creeping = await Promise.all(Array.from({ length: 50 }, () => begin(body, 100)));
    const pace = setInterval(() => {
      for (const socket of creeping) socket.write('x');
    }, 20);
    const refused = async (): Promise<void> => {
      const answer = await server.call('/statements', { method: 'POST', body: {} });
      expect(answer.status).to.equal(400);
    };
    // The first one has the schemas compiled.
    await refused();
    for (let n = 0; n < 10; n++) {
      const began = Date.now();
      await refused();
      expect(Date.now() - began).to.be.lessThan(1_000);
    }
    clearInterval(pace);
    for (const socket of creeping) socket.destroy();
    await expectNothingStored();
  });
});
