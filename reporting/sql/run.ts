/** Runs one SELECT of somebody else in a process of its own, and kills that when it takes too much. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type ErrorCode, LivretError } from '../../lrs/index.ts';
import { Turns } from '../turns.ts';
import { BUG, type End, type Failure, type Job, type SqlColumn } from './job.ts';

export interface SqlQuestion extends Job {
  /** Aborted when whoever asks has gone. */
  signal?: AbortSignal;
}

export interface SqlAnswer {
  columns: SqlColumn[];
  /** Each a JSON array, left as text: most of them only pass through. */
  rows: string[];
  /** There were more rows than the limits let through. */
  truncated: boolean;
  /** What the query took. */
  milliseconds: number;
}

/** Characters of SQL. */
const LONGEST = 100_000;
/** Milliseconds between two looks at the memory of a process. */
const LOOK = 25;
/** MB of memory for JavaScript: pages of rows, and the library. */
const HEAP = 128;
/** Beyond the limit of the rows: columns, and how it ended. */
const MARGIN = 2 ** 20;

const turns = new Turns({ atOnce: 2, waiting: 8 });

/**
 * Rejects `sql.statement` for what is not one SELECT, `sql.refused` with what DuckDB says against it, `sql.tooLong` and
 * `sql.tooLarge` beyond the limits, `sql.busy` when too many wait already, `request.aborted` by the signal.
 */
export async function runSql({ signal, ...job }: SqlQuestion): Promise<SqlAnswer> {
  if (job.sql.length > LONGEST) {
    throw new LivretError('sql.statement', { detail: `At most ${LONGEST} characters are read.` });
  }
  const leave = await turns.take(signal);
  try {
    return parse(await talk(job, signal));
  } finally {
    leave();
  }
}

/** Run from source (development, tests) it is TypeScript, which takes a loader. */
function start(): ChildProcessWithoutNullStreams {
  const fromSource = import.meta.url.endsWith('.ts');
  const file = fileURLToPath(new URL(fromSource ? './child.ts' : './child.js', import.meta.url));
  const loader = fromSource ? ['--import', import.meta.resolve('tsx')] : [];
  // Of our environment it gets nothing: there are secrets in it.
  return spawn(process.execPath, [`--max-old-space-size=${HEAP}`, ...loader, file], {
    env: {},
    stdio: 'pipe',
  });
}

/** All that the process writes until it ends, which it does by itself, or is made to. */
function talk(job: Job, signal: AbortSignal | undefined): Promise<string> {
  const { limits } = job;
  return new Promise((resolve, reject) => {
    const child = start();
    const chunks: Buffer[] = [];
    let [length, complaint] = [0, ''];
    let refusal: unknown;

    const kill = (reason: unknown): void => {
      refusal ??= reason;
      child.kill('SIGKILL');
    };
    const abandon = (): void => kill(new LivretError('request.aborted'));
    const deadline = setTimeout(() => kill(new LivretError('sql.tooLong')), limits.milliseconds);
    const watch = setInterval(async () => {
      const resident = await residentMemory(child.pid);
      if (resident !== undefined && resident > limits.memory) kill(new LivretError('sql.tooLarge'));
    }, LOOK);

    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > limits.bytes + MARGIN) kill(new LivretError('sql.tooLarge'));
    });
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk).slice(-2000);
    });
    child.on('error', kill);
    child.on('close', (_code, killedBy) => {
      clearTimeout(deadline);
      clearInterval(watch);
      signal?.removeEventListener('abort', abandon);
      const text = Buffer.concat(chunks).toString();
      if (refusal !== undefined) reject(refusal);
      else if (isWhole(text)) resolve(text);
      else reject(crashed(complaint, killedBy));
    });
    signal?.addEventListener('abort', abandon);
    if (signal?.aborted) abandon();
    // It may have ended already. The pipe stays open: its end would tell the process that nobody waits any more.
    child.stdin.on('error', () => {});
    child.stdin.write(`${JSON.stringify(job)}\n`);
  });
}

/** Whether the last line says how it ended. */
const isWhole = (text: string): boolean =>
  text.endsWith('\n') && /^\{"(end|failed)":/.test(text.slice(text.lastIndexOf('\n', text.length - 2) + 1));

/** Bytes of memory that a process has; undefined where that is not told: there DuckDB's own limit has to do. */
async function residentMemory(pid: number | undefined): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** It went down: a fault of ours, no memory left for JavaScript, or something that DuckDB does not survive. */
function crashed(complaint: string, killedBy: NodeJS.Signals | null): Error {
  if (complaint.includes(BUG)) return new Error(complaint);
  // Killed by none of us: the machine was out of memory.
  if (killedBy === 'SIGKILL' || /heap out of memory/.test(complaint)) return new LivretError('sql.tooLarge');
  const detail = 'It has brought down the process that ran it.';
  return new LivretError('sql.refused', { detail, cause: new Error(complaint) });
}

const CODES: Record<Failure['reason'], ErrorCode> = {
  statement: 'sql.statement',
  memory: 'sql.tooLarge',
  refused: 'sql.refused',
};

function parse(text: string): SqlAnswer {
  const lines = text.trimEnd().split('\n');
  const end: End = JSON.parse(lines.pop() ?? '');
  if ('failed' in end) {
    const { reason, detail } = end.failed;
    throw new LivretError(CODES[reason], detail === '' ? {} : { detail });
  }
  const { columns } = JSON.parse(lines.shift() ?? '');
  return { columns, rows: lines, ...end.end };
}
