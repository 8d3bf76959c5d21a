/** A table as CSV: UTF-8 with a BOM, `;`, CRLF, RFC 4180 quotes. */
import { stringify } from 'csv-stringify/sync';
import type { Language } from '../../web/index.ts';
import { batches, type ExportTable, headingOf, spelled, type TypedCell, typedRows } from './table.ts';

/**
 * spreadsheet: headings and words for people, and in French the decimal comma: a French Excel, which is what `;` and the BOM are for,
 * takes 12.5 for a text. program: names of columns, codes and the decimal point, in every language.
 */
export type CsvDialect = 'spreadsheet' | 'program';
export const CSV_DIALECTS: readonly CsvDialect[] = ['spreadsheet', 'program'];

const BOM = '\uFEFF';
const BATCH = 1000;

/**
 * What a spreadsheet would run as a formula, or trim until it is one (OWASP, CSV Injection; full-width signs too). Its
 * cells only: a negative number is written as one.
 */
const FORMULA = /^(?:[\t\r\n]|[\s\0]*[=+\-@＝＋－＠])/;

const safe = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/**
 * Significant digits for people: fractions added up differ from the sixteenth on, and 0.9999999999999999 is read as a
 * mistake. A workbook holds numbers, of which a spreadsheet shows 15 digits by itself.
 */
const DIGITS = 12;

const forPeople = (number: number): number => (Number.isInteger(number) ? number : Number(number.toPrecision(DIGITS)));

interface Writing {
  people: boolean;
  comma: boolean;
}

function written(number: number, { people, comma }: Writing): string {
  const text = String(people ? forPeople(number) : number);
  return comma ? text.replace('.', ',') : text;
}

function cell(typed: TypedCell, writing: Writing): string {
  if (typed.kind === 'empty') return '';
  if (typed.kind === 'text') return safe(typed.text);
  return 'number' in typed ? written(typed.number, writing) : typed.text;
}

const lines = (records: readonly (readonly string[])[]): string =>
  // One empty cell alone would be an empty line, which readers pass over.
  stringify(records as string[][], {
    delimiter: ';',
    record_delimiter: 'windows',
    // By itself it quotes only what has both: to most readers, Excel and Python among them, each ends a line.
    quoted_match: /[\r\n]/,
    quoted_empty: records[0]?.length === 1,
  });

/** Gives the file in pieces, some thousand rows at most in memory. Rejects TypeError (see typedRows). */
export async function* writeCsv(
  table: ExportTable,
  { lang, dialect = 'spreadsheet' }: { lang: Language; dialect?: CsvDialect },
): AsyncGenerator<Uint8Array> {
  const people = dialect === 'spreadsheet';
  const writing = { people, comma: people && lang === 'fr' };
  const header = table.columns.map((column) => safe(people ? headingOf(column) : column.name));
  yield Buffer.from(BOM + lines([header]));
  for await (const batch of batches(typedRows(people ? spelled(table) : table), BATCH)) {
    yield Buffer.from(lines(batch.map((row) => row.map((each) => cell(each, writing)))));
  }
}
