/**
 * `npm run bench`: how fast Livret stores statements, as ratios to what was measured in the same run, since machines
 * are shared and noisy: bare Express 5 given the same requests, and the store's writer alone given the same statements.
 * Rounds are interleaved; medians are printed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePort } from '../e2e/free-port.ts';
import type { LoadResult } from './load.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const CONNECTIONS = 16;
const KEY = 'bench';
const SECRET = 'bench-secret-of-no-value-to-anybody-at-all';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const fromSource = (name: string): string[] => ['--import', 'tsx', here(name)];

interface Target {
  port: number;
  authorization: string;
  process: ChildProcess;
}

async function main(): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'livret-bench-'));
  const bare = await startBare();
  const livret = await startLivret(data);
  const rates: Record<string, number[]> = {};
  const p99: number[] = [];
  const note = (name: string, { statements, seconds }: { statements: number; seconds: number }) => {
    rates[name] = [...(rates[name] ?? []), statements / seconds];
  };
  try {
    for (let round = 1; round <= ROUNDS; round++) {
      process.stderr.write(`round ${round} of ${ROUNDS}\n`);
      for (const batch of [1, 50]) {
        note(`bare ${batch}`, await load(bare, batch));
        const result = await load(livret, batch);
        if (result.failed > 0) throw new Error(`${result.failed} requests failed`);
        if (batch === 1) p99.push(result.p99);
        note(`livret ${batch}`, result);
      }
      note('writer 1', await writerAlone({ group: CONNECTIONS, batch: 1 }));
      note('writer 50', await writerAlone({ group: 1, batch: 50 }));
    }
    const memory = await memoryOf(livret);
    print(rates, p99, memory);
  } finally {
    bare.process.kill();
    livret.process.kill();
    await once(livret.process, 'exit');
    await rm(data, { recursive: true });
  }
}

function print(rates: Record<string, number[]>, p99: number[], memory: string): void {
  const rate = (name: string) => median(rates[name] ?? []);
  const line = (name: string, value: string, note = '') =>
    console.log(`${name.padEnd(52)}${value.padStart(10)}  ${note}`);
  const perSecond = (name: string) => Math.round(rate(name)).toLocaleString('en');
  const ratio = (a: string, b: string, least?: number) => {
    const value = rate(a) / rate(b);
    return [value.toFixed(2), least ? `at least ${least}: ${value >= least ? 'PASS' : 'FAIL'}` : ''] as const;
  };
  console.log(
    `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`,
  );
  console.log(
    `Medians of ${ROUNDS} rounds of ${SECONDS} s, load generator on the same machine; every answer durable.\n`,
  );
  console.log('Statements a second');
  line('(a) bare Express 5, single POST, 16 connections', perSecond('bare 1'));
  line('    bare Express 5, batches of 50, 16 connections', perSecond('bare 50'));
  line('(b) writer alone, groups of 16', perSecond('writer 1'));
  line('    writer alone, batches of 50', perSecond('writer 50'));
  line('(c) Livret on SQLite, single POST, 16 connections', perSecond('livret 1'), `p99 ${median(p99).toFixed(1)} ms`);
  line('    Livret on SQLite, batches of 50, 16 connections', perSecond('livret 50'));
  console.log('\nRatios');
  line('single POST ÷ bare Express', ...ratio('livret 1', 'bare 1', 0.22));
  line('single POST ÷ writer alone, groups of 16', ...ratio('livret 1', 'writer 1'));
  line('batches of 50 ÷ writer alone, batches of 50', ...ratio('livret 50', 'writer 50', 0.7));
  console.log(`\nResident memory of Livret at the end: ${memory}`);
}

async function startBare(): Promise<Target> {
  const child = spawn(process.execPath, fromSource('bare-express.ts'), {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return { port: Number(await firstLine(child)), authorization: 'Basic none', process: child };
}

async function startLivret(data: string): Promise<Target> {
  const port = await freePort();
  const child = spawn(process.execPath, [here('../../dist/main.js'), 'serve'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      LIVRET_DATA: data,
      LIVRET_KEY: KEY,
      LIVRET_SECRET: SECRET,
      LIVRET_RATE_LIMIT: '0',
    },
  });
  for (let attempt = 0; attempt < 100; attempt++) {
    const ready = await fetch(`http://127.0.0.1:${port}/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) {
      const authorization = `Basic ${Buffer.from(`${KEY}:${SECRET}`).toString('base64')}`;
      return { port, authorization, process: child };
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('Livret did not start');
}

function load({ port, authorization }: Target, batch: number): Promise<LoadResult> {
  return run('load.ts', {
    port,
    authorization,
    connections: CONNECTIONS,
    batch,
    seconds: SECONDS,
  }) as Promise<LoadResult>;
}

function writerAlone(options: { group: number; batch: number }): Promise<LoadResult> {
  return run('writer-alone.ts', { ...options, seconds: SECONDS }) as Promise<LoadResult>;
}

async function run(name: string, options: object): Promise<unknown> {
  const child = spawn(process.execPath, [...fromSource(name), JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(await firstLine(child));
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('no output');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('the process ended without a word');
}

/** From /proc: what the process holds itself, and the pages of the database mapped beside it. */
async function memoryOf({ process: { pid } }: Target): Promise<string> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const megabytes = (name: string) =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
  return `${megabytes('RssAnon')} MB, and ${megabytes('RssFile')} MB of mapped files`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

await main();
