/** A CSV file of people, line by line (RFC 4180, with `;` or `,`). */
import { pipeline, Readable } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import { LivretError } from '../../lrs/index.ts';
import { type Cells, COLUMNS, type Column, delimiterOf, readHeader } from './columns.ts';
import { decode } from './decode.ts';

export interface Line {
  /** Number in the file, from 1, the header included; the last one where a quoted cell runs over several lines. */
  line: number;
  /** The cells, or how many there are where that is not the number of columns. */
  cells: Cells | number;
}

/** A column of the file: as it is called there, and what it is. */
export interface Header {
  header: string;
  column: Column;
}

/** Characters; where a quotation mark is not closed, reading stops here and not at the end of the file. */
const LONGEST_RECORD = 64 * 1024;

const unreadable = (detail: string, cause?: unknown): LivretError => new LivretError('people.file', { detail, cause });

/** Reads as far as the end of the first line that is not empty, to see by what it is delimited. Rejects `people.file` where nothing comes for long. */
async function untilHeader(texts: AsyncGenerator<string>): Promise<string> {
  let text = '';
  for (;;) {
    const { value, done } = await texts.next();
    text += value ?? '';
    // A regular expression would look for the end of the line from each of its characters.
    if (done || text.trimStart().includes('\n')) return text;
    if (text.length > LONGEST_RECORD) {
      await texts.return(undefined);
      throw unreadable('It has no header in its first 64 KB.');
    }
  }
}

async function* from(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

function cellsOf(record: readonly string[], columns: readonly Column[]): Cells | number {
  if (record.length !== columns.length) return record.length;
  const cells = Object.fromEntries(COLUMNS.map((column) => [column, ''])) as Cells;
  for (const [i, column] of columns.entries()) cells[column] = (record[i] ?? '').trim();
  return cells;
}

/** Gives the lines after the header; empty ones are passed over. `header` hears how the columns were understood. Rejects `people.file` where the file, or the rest of it, makes no sense. */
export async function* readFile(
  input: AsyncIterable<Uint8Array>,
  header: (columns: Header[]) => void = () => {},
): AsyncGenerator<Line> {
  const texts = decode(input);
  const head = await untilHeader(texts);
  let read = 0;
  const parser = parse({
    delimiter: delimiterOf(head.trimStart().split('\n', 1)[0] ?? ''),
    info: true,
    relax_column_count: true,
    // A quotation mark inside an unquoted cell is only a character.
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: LONGEST_RECORD,
    // Told as soon as a record is read: an error overtakes those that still wait to be taken.
    on_record(record: string[], { lines }) {
      read = lines;
      return record;
    },
  });
  // Errors of the source reach the loop below through the parser, which pipeline destroys with them.
  pipeline(Readable.from(from(head, texts)), parser, () => {});
  let columns: Column[] | undefined;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      if (columns) yield { line: info.lines, cells: cellsOf(record, columns) };
      else {
        columns = readHeader(record);
        header(columns.map((column, i) => ({ header: (record[i] ?? '').trim(), column })));
      }
    }
  } catch (error) {
    if (error instanceof CsvError) throw unreadable(`Not CSV after line ${read}: ${error.code}.`, error);
    throw error;
  }
  if (!columns) throw unreadable('It is empty.');
}
