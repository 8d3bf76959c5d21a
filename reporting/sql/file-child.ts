/**
 * The process that writes the answer of a query as a file: what it may hold takes seconds, and nobody else waits for them.
 * Its standard input is the work, a line of JSON, and after it the rows, a line each; what it says is one FileAnswer.
 */
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { LivretError } from '../../lrs/index.ts';
import { type ExportFile, exportFile, fileOf } from '../exports/index.ts';
import { writeAnswerParquet } from './answer-parquet.ts';
import { tableOf } from './answer-table.ts';
import { type FileAnswer, type FileWork, MOST_CELLS } from './file-process.ts';
import { standBack } from './stand-back.ts';

async function write({ columns, title, lang, notes, options }: FileWork, rows: string[]): Promise<ExportFile> {
  const { format, stem } = options;
  if (format === 'xlsx' && columns.length * rows.length > MOST_CELLS) {
    throw new LivretError('report.tooManyRows', { detail: `At most ${MOST_CELLS} cells.` });
  }
  const answer = { columns, rows };
  if (format === 'parquet') return fileOf(format, stem, await writeAnswerParquet(answer));
  return exportFile({ title, lang, tables: [tableOf(answer, notes)], definitions: [] }, options);
}

async function run(): Promise<FileAnswer> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: process.stdin })) lines.push(line);
  const work: FileWork = JSON.parse(lines.shift() ?? '');
  try {
    const { body, ...file } = await write(work, lines);
    await writeFile(work.target, body);
    return { file };
  } catch (error) {
    if (error instanceof LivretError) return { failed: { code: error.code, detail: error.detail } };
    throw error;
  }
}

standBack();
process.stdout.write(JSON.stringify(await run()));
