/**
 * The load generator, a process of its own: keeps some connections busy posting bodies for a while, and prints what it
 * saw as one line of JSON. Raw sockets, because it shares two cores with the server that is measured.
 */
import { connect } from 'node:net';
import { batchTexts, statementTexts } from './bodies.ts';

interface Options {
  port: number;
  authorization: string;
  connections: number;
  /** Statements a request: 1 posts an object, more an array. */
  batch: number;
  seconds: number;
}

export interface LoadResult {
  requests: number;
  statements: number;
  seconds: number;
  failed: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

const BODIES = 2_000;

async function main(options: Options): Promise<void> {
  const bodies = options.batch === 1 ? statementTexts(BODIES) : batchTexts(BODIES / 20, options.batch);
  const requests = bodies.map((body) => request(body, options));
  const end = Date.now() + options.seconds * 1_000;
  const latencies: number[] = [];
  let failed = 0;
  const started = process.hrtime.bigint();
  await Promise.all(
    Array.from({ length: options.connections }, async (_, n) => {
      const connection = await open(options.port);
      for (let at = n; Date.now() < end; at += options.connections) {
        const before = performance.now();
        const status = await connection.send(requests[at % requests.length] ?? Buffer.alloc(0));
        latencies.push(performance.now() - before);
        if (status !== 200) failed++;
      }
      connection.close();
    }),
  );
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  latencies.sort((a, b) => a - b);
  const result: LoadResult = {
    requests: latencies.length,
    statements: (latencies.length - failed) * options.batch,
    seconds,
    failed,
    p50: latencies[Math.floor(latencies.length * 0.5)] ?? 0,
    p99: latencies[Math.floor(latencies.length * 0.99)] ?? 0,
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

function request(body: string, { port, authorization }: Options): Buffer {
  const bytes = Buffer.from(body, 'utf8');
  const head = [
    'POST /xapi/statements HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    `Authorization: ${authorization}`,
    'X-Experience-API-Version: 1.0.3',
    'Content-Type: application/json',
    `Content-Length: ${bytes.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), bytes]);
}

/** One keep-alive connection; reads no more of an answer than its status and its length. */
async function open(port: number): Promise<{ send(request: Buffer): Promise<number>; close(): void }> {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  await new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  let answered: (status: number) => void = () => undefined;
  let received = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => {
    received += chunk;
    const headEnd = received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const length = Number(/content-length: *(\d+)/i.exec(received.slice(0, headEnd))?.[1] ?? 0);
    if (received.length < headEnd + 4 + length) return;
    const status = Number(received.slice(9, 12));
    received = '';
    answered(status);
  });
  socket.on('close', () => answered(0));
  return {
    send: (bytes) =>
      new Promise((resolve) => {
        answered = resolve;
        socket.write(bytes);
      }),
    close: () => socket.destroy(),
  };
}

await main(JSON.parse(process.argv[2] ?? '{}') as Options);
