/** A workbook as LibreOffice understands it. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { XMLParser } from 'fast-xml-parser';

/** Kind of a cell ('float', 'percentage', 'date', 'string') and what is in it; undefined where it is empty. */
export type ReadCell = { kind: string; value: string | number; formula: boolean } | undefined;

export interface ReadSheet {
  name: string;
  rows: ReadCell[][];
}

interface Cell {
  '@number-columns-repeated'?: string;
  '@value-type'?: string;
  '@value'?: string;
  '@date-value'?: string;
  '@formula'?: string;
  p?: unknown[];
}

interface Table {
  '@name': string;
  'table-row'?: { 'table-cell'?: Cell[] }[];
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: true,
  isArray: (name) => ['table', 'table-row', 'table-cell', 'p'].includes(name),
});

const textOf = (node: unknown): string => {
  if (typeof node === 'string') return node;
  return typeof node === 'object' && node !== null && '#text' in node ? String(node['#text']) : '';
};

function readCell(cell: Cell): ReadCell {
  const { '@value-type': kind, '@value': value, '@date-value': date } = cell;
  if (kind === undefined) return undefined;
  const text = (cell.p ?? []).map(textOf).join('\n');
  return { kind, value: date ?? (value === undefined ? text : Number(value)), formula: cell['@formula'] !== undefined };
}

const readRow = (cells: readonly Cell[], width: number): ReadCell[] =>
  cells
    .flatMap((cell) =>
      Array<ReadCell>(Math.min(Number(cell['@number-columns-repeated'] ?? 1), width)).fill(readCell(cell)),
    )
    .slice(0, width);

/** Opens a workbook; gives the first `width` columns of its sheets. */
export async function openInLibreOffice(workbook: Uint8Array, width: number): Promise<ReadSheet[]> {
  const folder = await mkdtemp(join(tmpdir(), 'livret-libreoffice-'));
  try {
    await writeFile(join(folder, 'book.xlsx'), workbook);
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    await promisify(execFile)('soffice', [
      profile,
      '--headless',
      '--convert-to',
      'fods',
      '--outdir',
      folder,
      join(folder, 'book.xlsx'),
    ]);
    const document = parser.parse(await readFile(join(folder, 'book.fods'), 'utf8'));
    const tables: Table[] = document.document.body.spreadsheet.table;
    return tables.map((table) => ({
      name: table['@name'],
      rows: (table['table-row'] ?? []).map((row) => readRow(row['table-cell'] ?? [], width)),
    }));
  } finally {
    await rm(folder, { recursive: true });
  }
}
