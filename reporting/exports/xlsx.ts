/** An export as a workbook: a sheet a table, and a sheet of definitions. */
import type { CellObject, Row, Sheet } from 'write-excel-file/node';
import { LivretError } from '../../lrs/index.ts';
import type { Language } from '../../web/index.ts';
import { definitionsOf } from './definitions.ts';
import { sheetNames } from './sheet-names.ts';
import { type Export, type ExportTable, headingOf, spelled, type TypedCell, typedRows } from './table.ts';

/** A workbook is made in memory as a whole, and nobody else is served meanwhile (about a second for so many rows of six cells). */
export const MOST_ROWS = 20_000;
/** Excel refuses a file with a longer text in it. */
const LONGEST_TEXT = 32_767;

const FORMATS: Record<Language, { date: string; instant: string }> = {
  fr: { date: 'dd/mm/yyyy', instant: 'dd/mm/yyyy hh:mm:ss' },
  en: { date: 'yyyy-mm-dd', instant: 'yyyy-mm-dd hh:mm:ss' },
};

/** Characters. */
const WIDEST = 60;
const NARROWEST = 10;

/** Gives the file. Rejects TypeError (see typedRows), `report.tooManyRows`. */
export async function writeXlsx(exported: Export): Promise<Uint8Array> {
  const tables = [...exported.tables, definitionsOf(exported)];
  const names = sheetNames(tables.map(({ name }) => name));
  const sheets: Sheet<never>[] = [];
  for (const [i, table] of tables.entries())
    sheets.push({ sheet: names[i] ?? '', ...(await sheetOf(table, exported.lang)) });
  // Loaded by the few who ask for a workbook.
  const { default: writeExcelFile } = await import('write-excel-file/node');
  return writeExcelFile(sheets).toBuffer();
}

async function sheetOf(table: ExportTable, lang: Language): Promise<Omit<Sheet<never>, 'sheet'>> {
  const headings = table.columns.map((column) => headingOf(column) + (column.type === 'instant' ? ' (UTC)' : ''));
  const widths = headings.map((heading) => heading.length);
  const data: Row[] = [headings.map((heading) => ({ ...text(heading), fontWeight: 'bold', wrap: true }))];
  for await (const row of typedRows(spelled(table))) {
    if (data.length > MOST_ROWS)
      throw new LivretError('report.tooManyRows', { detail: `${table.name} has more than ${MOST_ROWS}.` });
    data.push(row.map((each) => cell(each, lang)));
    for (const [i, each] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, widthOf(each));
  }
  return {
    data,
    stickyRowsCount: 1,
    columns: widths.map((width) => ({ width: Math.min(Math.max(width + 2, NARROWEST), WIDEST) })),
  };
}

const widthOf = (typed: TypedCell): number => {
  if (typed.kind === 'empty') return 0;
  // Of a long fraction a spreadsheet shows as much as fits.
  return 'number' in typed ? NARROWEST : typed.text.length;
};

/** A text is never a formula here: its cell says that it is a text. */
const text = (value: string): CellObject => ({ type: String, value: plain(value) });

function cell(typed: TypedCell, lang: Language): CellObject | null {
  if (typed.kind === 'empty') return null;
  if (typed.kind === 'text') return { ...text(typed.text), ...(typed.text.length > WIDEST && { wrap: true }) };
  if (typed.kind === 'number') return { type: Number, value: typed.number };
  if (typed.kind === 'integer') return { type: Number, value: typed.number, format: '#,##0' };
  if (typed.kind === 'percent') return { type: Number, value: typed.number, format: '0.0%' };
  return { type: Date, value: new Date(typed.ms), format: FORMATS[lang][typed.kind] };
}

/** As XML can hold it: `_x000D_` in a text would be read as the character of that number (ECMA-376, ST_Xstring). */
const plain = (value: string): string =>
  value
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .slice(0, LONGEST_TEXT)
    // Half of what was cut in two.
    .replace(/[\uD800-\uDBFF]$/, '');
