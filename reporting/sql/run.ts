/** Runs one SELECT of somebody else in a process of its own, and kills that when it takes too much. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { type ErrorCode, LivretError } from '../../lrs/index.ts';
import { Turns } from '../turns.ts';
import { BUG, type End, type Failure, type Head, type Job } from './job.ts';
import { startChild } from './start-child.ts';

export interface SqlQuestion extends Job {
  /** Who asks, for their share of the turns. */
  by: string;
  /** Aborted when whoever asks has gone. */
  signal?: AbortSignal;
}

export interface SqlAnswer extends Head {
  /** How many rows the query gave, within the limits; of what a page shows there may be fewer in `rows`. */
  count: number;
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

const turns = new Turns({ busy: 'sql.busy', atOnce: 2, waiting: 8, each: { atOnce: 1, waiting: 2 } });

/**
 * Rejects `sql.statement` for what is not one SELECT, `sql.refused` with what DuckDB says against it, `sql.tooLong`,
 * `sql.tooLarge` and `sql.tooManyColumns` beyond the limits, `sql.busy` when too many wait already, `request.aborted` by the signal;
 * and as startChild does.
 */
export async function runSql({ by, signal, ...job }: SqlQuestion): Promise<SqlAnswer> {
  if (job.sql.length > LONGEST) {
    throw new LivretError('sql.statement', { detail: `At most ${LONGEST} characters are read.` });
  }
  const leave = await turns.take(by, signal);
  try {
    return parse(await talk(await startChild('child', HEAP), job, signal));
  } finally {
    leave();
  }
}

/** The lines that the process writes until it ends, which it does by itself, or is made to. */
function talk(child: ChildProcessWithoutNullStreams, job: Job, signal: AbortSignal | undefined): Promise<string[]> {
  const { limits } = job;
  return new Promise((resolve, reject) => {
    // Taken apart as it comes: of all at once nobody else would be served for a tenth of a second.
    const lines: string[] = [];
    let [length, rest, complaint] = [0, '', ''];
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

    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      const [first = '', ...more] = chunk.split('\n');
      rest += first;
      for (const each of more) {
        lines.push(rest);
        rest = each;
      }
      length += Buffer.byteLength(chunk);
      if (length > limits.bytes + MARGIN) kill(new LivretError('sql.tooLarge'));
    });
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk).slice(-2000);
    });
    child.on('close', (_code, killedBy) => {
      clearTimeout(deadline);
      clearInterval(watch);
      signal?.removeEventListener('abort', abandon);
      if (refusal !== undefined) reject(refusal);
      else if (rest === '' && /^\{"(end|failed)":/.test(lines.at(-1) ?? '')) resolve(lines);
      else reject(crashed(complaint, killedBy));
    });
    signal?.addEventListener('abort', abandon);
    if (signal?.aborted) abandon();
    // It may have ended already. The pipe stays open: its end would tell the process that nobody waits any more.
    child.stdin.on('error', () => {});
    child.stdin.write(`${JSON.stringify(job)}\n`);
  });
}

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
  columns: 'sql.tooManyColumns',
  refused: 'sql.refused',
};

function parse(lines: string[]): SqlAnswer {
  const end: End = JSON.parse(lines.pop() ?? '');
  if ('failed' in end) {
    const { reason, detail } = end.failed;
    throw new LivretError(CODES[reason], detail === '' ? {} : { detail });
  }
  const head: Head = JSON.parse(lines.shift() ?? '');
  return { ...head, rows: lines, ...end.end };
}
