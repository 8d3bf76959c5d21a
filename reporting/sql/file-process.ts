/** The answer of a query as a file to take along, written by a process of its own. */
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ErrorCode, LivretError } from '../../lrs/index.ts';
import type { Language } from '../../web/index.ts';
import type { ExportFile, FileOptions, Labelled } from '../exports/index.ts';
import { refusalOf } from '../projection/failure.ts';
import { Turns } from '../turns.ts';
import type { SqlColumn } from './job.ts';
import type { SqlAnswer } from './run.ts';
import { startChild } from './start-child.ts';

interface Wanted {
  title: string;
  lang: Language;
  notes: Labelled[];
  options: FileOptions;
}

export interface FileWork extends Wanted {
  columns: SqlColumn[];
  /** Path that is written. */
  target: string;
}

type FileHead = Omit<ExportFile, 'body'>;

export type FileAnswer = { file: FileHead } | { failed: { code: ErrorCode; detail: string | undefined } };

/** Cells of a workbook: it is made in memory as a whole. */
export const MOST_CELLS = 500_000;

/** MB of JavaScript: a workbook of as many cells as it may have takes most of it. */
const HEAP = 512;
/** Milliseconds. The largest answer is written in a third of it. */
const LONGEST = 60_000;

/** One at a time, so that what they take is taken once. */
const turns = new Turns({ busy: 'sql.busy', atOnce: 1, waiting: 8, each: { atOnce: 1, waiting: 2 } });

/**
 * The file once it is whole: a stream of what is on disk, under no name any more. `by` is who takes it along. Rejects as
 * exportFile, Turns.take and startChild do, `sql.tooLarge` and `sql.tooLong` where it takes too much, `store.unavailable` where the disk is full, `request.aborted` by the signal.
 */
export async function writeAnswerFile(
  { columns, rows }: Pick<SqlAnswer, 'columns' | 'rows'>,
  wanted: Wanted,
  by: string,
  signal?: AbortSignal,
): Promise<ExportFile> {
  const leave = await turns.take(by, signal);
  try {
    const folder = await mkdtemp(join(tmpdir(), 'livret-sql-file-')).catch((error: unknown) => {
      throw refusalOf(error);
    });
    try {
      const target = join(folder, 'file');
      const head = await write({ ...wanted, columns, target }, rows, folder, signal);
      return { ...head, body: (await open(target)).createReadStream() };
    } finally {
      await rm(folder, { recursive: true });
    }
  } finally {
    leave();
  }
}

async function write(
  work: FileWork,
  rows: readonly string[],
  folder: string,
  signal: AbortSignal | undefined,
): Promise<FileHead> {
  const child = await startChild('file-child', HEAP, { TMPDIR: folder });
  let refusal: LivretError | undefined;
  const kill = (code: ErrorCode): void => {
    refusal ??= new LivretError(code);
    child.kill('SIGKILL');
  };
  const abandon = (): void => kill('request.aborted');
  signal?.addEventListener('abort', abandon, { once: true });
  if (signal?.aborted) abandon();
  const deadline = setTimeout(kill, LONGEST, 'sql.tooLong');
  try {
    const ended = new Promise<NodeJS.Signals | null>((resolve) => {
      child.on('close', (_code, killedBy) => resolve(killedBy));
    });
    // It may end before it has read everything.
    const fed = pipeline(Readable.from(linesOf(work, rows)), child.stdin).catch(() => undefined);
    const [said, complaint] = await Promise.all([textOf(child.stdout), textOf(child.stderr), fed]);
    const killedBy = await ended;
    if (refusal) throw refusal;
    if (said !== '') return headOf(JSON.parse(said));
    if (killedBy === 'SIGKILL' || /heap out of memory/.test(complaint)) throw new LivretError('sql.tooLarge');
    throw refusalOf(new Error(complaint));
  } finally {
    clearTimeout(deadline);
    signal?.removeEventListener('abort', abandon);
  }
}

/** Rows that are sent at once. */
const BATCH = 1000;

function* linesOf(work: FileWork, rows: readonly string[]): Generator<string> {
  yield `${JSON.stringify(work)}\n`;
  for (let at = 0; at < rows.length; at += BATCH) yield `${rows.slice(at, at + BATCH).join('\n')}\n`;
}

async function textOf(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text = (text + chunk).slice(0, 10_000);
  return text;
}

function headOf(answer: FileAnswer): FileHead {
  if ('file' in answer) return answer.file;
  const { code, detail } = answer.failed;
  throw new LivretError(code, detail === undefined ? {} : { detail });
}
