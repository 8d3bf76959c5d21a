/** A CSV file of headcounts, as spreadsheets in France save it: direction;date;effectif. */
import { CsvError, type Info, parse } from 'csv-parse/sync';
import { fold, isDay, oneSpelling } from '../../lrs/directory/index.ts';
import { LivretError } from '../../lrs/index.ts';

const COLUMNS = ['direction', 'date', 'effectif'] as const;
export type Column = (typeof COLUMNS)[number];

export interface Problem {
  /** Number in the file, from 1, the header included. */
  line: number;
  column: Column | null;
  problem: string;
}

export interface Line {
  line: number;
  direction: string;
  day: string;
  people: number;
}

export interface ReadFile {
  /** Lines after the header. */
  count: number;
  good: Line[];
  problems: Problem[];
}

const LARGEST_FILE = 10 * 2 ** 20;
/** They go into one commit. */
const MOST_LINES = 20_000;
const MOST_PEOPLE = 10_000_000;

const unreadable = (detail: string, cause?: unknown): LivretError =>
  new LivretError('headcounts.file', { detail, cause });

async function bytesOf(input: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of input) {
    length += chunk.length;
    if (length > LARGEST_FILE) throw unreadable('It has more than 10 MB.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** UTF-8, or what Excel on a French Windows saves. The BOM is left to the parser. */
function textOf(bytes: Buffer): string {
  if (bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04')))
    throw unreadable('This is a workbook, not CSV: save it as "CSV UTF-8".');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

interface Parsed {
  record: string[];
  info: Info;
}

function recordsOf(text: string): Parsed[] {
  const [header = ''] = text.trimStart().split('\n', 1);
  const delimiter = header.split(';').length >= header.split(',').length ? ';' : ',';
  try {
    return parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    }) as unknown as Parsed[];
  } catch (error) {
    if (error instanceof CsvError) throw unreadable(`Not CSV at line ${String(error.lines)}: ${error.code}.`, error);
    throw error;
  }
}

/** Where each column is; others are passed over. Accents and case make no difference. */
function placesOf(header: readonly string[]): Record<Column, number> {
  const names = header.map(fold);
  const missing = COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0) throw unreadable(`Columns missing: ${missing.join(', ')}.`);
  const twice = COLUMNS.filter((column) => names.indexOf(column) !== names.lastIndexOf(column));
  if (twice.length > 0) throw unreadable(`Columns there twice: ${twice.join(', ')}.`);
  return { direction: names.indexOf('direction'), date: names.indexOf('date'), effectif: names.indexOf('effectif') };
}

const ISO_DAY = /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/;
const FRENCH_DAY = /^(?<day>\d{1,2})[/.-](?<month>\d{1,2})[/.-](?<year>\d{4})$/;

/** undefined where there is no such day. */
function dayOf(cell: string): string | undefined {
  const { year, month, day } = (ISO_DAY.exec(cell) ?? FRENCH_DAY.exec(cell))?.groups ?? {};
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(written) ? written : undefined;
}

/** Thousands with spaces, those that do not break a line included; « 1.234 » and « 1,234 » may be decimals, and are none. */
const WHOLE = /^(\d+|\d{1,3}([ \u00a0\u202f\u2009]\d{3})+)$/;

function peopleOf(cell: string): number | undefined {
  const people = WHOLE.test(cell) ? Number(cell.replace(/\D/g, '')) : Number.NaN;
  return people <= MOST_PEOPLE ? people : undefined;
}

/** `isKnown`: whether there is a direction of exactly that name. Rejects `headcounts.file` where the file makes no sense. */
export async function readFile(
  input: AsyncIterable<Uint8Array>,
  isKnown: (direction: string) => boolean,
): Promise<ReadFile> {
  const [header, ...records] = recordsOf(textOf(await bytesOf(input)));
  if (!header) throw unreadable('It is empty.');
  const places = placesOf(header.record);
  if (records.length > MOST_LINES) throw unreadable(`It has more than ${MOST_LINES} lines.`);
  const read: ReadFile = { count: records.length, good: [], problems: [] };
  const seen = new Map<string, Line>();
  for (const { record, info } of records) {
    const line = readLine(record, header.record.length, places, info.lines, isKnown);
    const problems = 'problems' in line ? line.problems : contradiction(line, seen);
    read.problems.push(...problems);
    if (!('problems' in line) && problems.length === 0) read.good.push(line);
  }
  return read;
}

function readLine(
  record: readonly string[],
  width: number,
  places: Record<Column, number>,
  line: number,
  isKnown: (direction: string) => boolean,
): Line | { problems: Problem[] } {
  if (record.length !== width)
    return { problems: [{ line, column: null, problem: `has ${record.length} cells, not as many as the header` }] };
  const cell = (column: Column): string => record[places[column]] ?? '';
  const direction = oneSpelling(cell('direction'));
  const day = dayOf(cell('date'));
  const people = peopleOf(cell('effectif'));
  if (isKnown(direction) && day !== undefined && people !== undefined) return { line, direction, day, people };
  const checks: [boolean, Column, string][] = [
    [isKnown(direction), 'direction', direction === '' ? 'is empty' : 'is none of the directions'],
    [day !== undefined, 'date', 'is not a date (YYYY-MM-DD or DD/MM/YYYY)'],
    [people !== undefined, 'effectif', 'is not a whole number of people'],
  ];
  return { problems: checks.filter(([good]) => !good).map(([, column, problem]) => ({ line, column, problem })) };
}

/** One direction has one headcount a day. */
function contradiction(line: Line, seen: Map<string, Line>): Problem[] {
  const key = JSON.stringify([line.direction, line.day]);
  const before = seen.get(key);
  if (before === undefined) seen.set(key, line);
  if (before === undefined || before.people === line.people) return [];
  return [{ line: line.line, column: 'effectif', problem: `is another one than in line ${before.line}` }];
}
