/** The servers that are measured, each a process of its own, and the bench's own processes that load them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { statementTexts } from './bodies.ts';
import type { LoadResult } from './load.ts';

const KEY = 'bench';
const SECRET = 'bench-secret-of-no-value-to-anybody-at-all';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const fromSource = (name: string): string[] => ['--import', 'tsx', here(name)];

export interface Target {
  port: number;
  authorization: string;
  process: ChildProcess;
}

/** What every process of the bench that stores something prints. */
export interface Stored {
  statements: number;
  seconds: number;
}

/** Runs a file beside this one with options; gives the line of JSON it prints, if any. */
export async function run<T>(name: string, options: object): Promise<T> {
  const child = spawn(process.execPath, [...fromSource(name), JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const line = await firstLine(child);
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`${name} ended with ${code}`);
  return JSON.parse(line ?? 'null') as T;
}

/** Keeps a server busy. Rejects when a request failed. */
export async function load(
  { port, authorization }: Target,
  options: { connections: number; batch: number; seconds: number },
): Promise<LoadResult> {
  const result = await run<LoadResult>('load.ts', { port, authorization, ...options });
  if (result.failed > 0) throw new Error(`${result.failed} requests failed`);
  return result;
}

/** Bare Express 5. */
export async function startBare(): Promise<Target> {
  const child = spawn(process.execPath, fromSource('bare-express.ts'), {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return { port: Number(await firstLine(child)), authorization: 'Basic none', process: child };
}

/** The built program, as its user starts it. */
export async function startLivret(settings: Record<string, string>): Promise<Target> {
  const port = await freePort();
  const child = spawn(process.execPath, [here('../../dist/main.js'), 'serve'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      ...settings,
      PORT: String(port),
      LIVRET_KEY: KEY,
      LIVRET_SECRET: SECRET,
      LIVRET_LOG_LEVEL: 'warn',
    },
  });
  const server = { port, authorization: `Basic ${Buffer.from(`${KEY}:${SECRET}`).toString('base64')}`, process: child };
  for (let attempt = 0; attempt < 300 && child.exitCode === null; attempt++) {
    const healthy = await fetch(`http://127.0.0.1:${port}/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy) return server;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop(server);
  throw new Error('Livret did not start');
}

export async function stop({ process: child }: Target): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}

/** MB that a process holds itself, and MB of files mapped beside it (the pages of the database). */
export function memoryOf(pid: number | undefined): { own: number; mapped: number } {
  const status = procFile(pid, 'status');
  const megabytes = (name: string) =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
  return { own: megabytes('RssAnon'), mapped: megabytes('RssFile') };
}

/** What the kernel says of a process: nothing of one that has ended. */
export function procFile(pid: number | undefined, name: 'cmdline' | 'stat' | 'status'): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

/** The fields of /proc/PID/stat from the state of the process on. */
export const statOf = (pid: number | undefined): string[] =>
  procFile(pid, 'stat')
    .replace(/^.*\) /, '')
    .split(' ');

/** Seconds of CPU that a process has used. Throws where it has ended. */
export function cpuOf({ process: { pid } }: Target): number {
  const fields = statOf(pid);
  if (fields.length < 13) throw new Error('the server has ended');
  const TICKS = 100;
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Resolves once a process has used next to no CPU for a second. */
export async function untilQuiet(server: Target): Promise<void> {
  for (let before = cpuOf(server); ; ) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const now = cpuOf(server);
    if (now - before < 0.1) return;
    before = now;
  }
}

/** Statements a second that GET /feed gives, from the start, for so many seconds or to its end. */
export async function feedRate({ port, authorization }: Target, seconds: number): Promise<number> {
  const started = performance.now();
  const response = await fetch(`http://127.0.0.1:${port}/feed`, { headers: { Authorization: authorization } });
  if (!response.ok || !response.body) throw new Error(`the feed answered ${response.status}`);
  let entries = 0;
  for await (const chunk of response.body) {
    for (const byte of chunk) if (byte === 0x0a) entries++;
    if (performance.now() - started > seconds * 1_000) break;
  }
  return entries / ((performance.now() - started) / 1_000);
}

/** Statements a second that `livret import` stores from a file, from its start to its end. */
export async function importRate(settings: Record<string, string>, count: number): Promise<number> {
  const file = join(settings.LIVRET_DATA ?? '', 'bench.jsonl');
  const lines = statementTexts(count).map((text) => `{"id":"${randomUUID()}",${text.slice(1)}\n`);
  await writeFile(file, lines.join(''));
  const started = performance.now();
  const child = spawn(process.execPath, [here('../../dist/main.js'), 'import', file], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...settings },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the import ended with ${code}`);
  return count / ((performance.now() - started) / 1_000);
}

async function firstLine(child: ChildProcess): Promise<string | undefined> {
  if (!child.stdout) throw new Error('no output');
  for await (const line of createInterface({ input: child.stdout })) return line;
  return undefined;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
