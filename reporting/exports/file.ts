/** An export as a file to send: its name, its type and its bytes. */
import { LivretError } from '../../lrs/index.ts';
import { type CsvDialect, writeCsv } from './csv.ts';
import { DEFINITIONS, definitionsOf } from './definitions.ts';
import { writeParquet } from './parquet.ts';
import type { Export, ExportTable } from './table.ts';
import { writeXlsx } from './xlsx.ts';

export type ExportFormat = 'csv' | 'xlsx' | 'parquet';

/** Media types. */
export const EXPORT_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  parquet: 'application/vnd.apache.parquet',
};

const CONTENT_TYPES: Readonly<Record<ExportFormat, string>> = {
  ...EXPORT_TYPES,
  csv: `${EXPORT_TYPES.csv}; charset=utf-8; header=present`,
};

export const EXPORT_FORMATS = Object.keys(EXPORT_TYPES) as readonly ExportFormat[];

export interface FileOptions {
  format: ExportFormat;
  /** What the file is called between `livret-` and its ending: 'completion-2021-Q4'. */
  stem: string;
  /** Which table, where a format holds one (CSV, Parquet): the first by default; 'definitions' is what stands beside them. */
  table?: string;
  dialect?: CsvDialect;
}

export interface ExportFile {
  name: string;
  contentType: string;
  /** The header that goes with it. */
  disposition: string;
  body: AsyncIterable<Uint8Array>;
}

/**
 * Rejects `report.table` where there is no such table, `report.tooManyRows`, `report.busy` (see parquetFile), and TypeError where a value is not what its
 * column says: for XLSX and Parquet before a byte is given, for CSV while it is read.
 */
export async function exportFile(exported: Export, options: FileOptions): Promise<ExportFile> {
  const { format, stem } = options;
  if (format === 'xlsx') return fileOf(format, stem, [await writeXlsx(exported)]);
  const table = tableOf(exported, options.table);
  const name = options.table === undefined ? stem : `${stem}-${table.name}`;
  if (format === 'parquet') return fileOf(format, name, await writeParquet(table, exported));
  const { dialect } = options;
  return fileOf(format, name, writeCsv(table, { lang: exported.lang, ...(dialect && { dialect }) }));
}

function tableOf(exported: Export, wanted: string | undefined): ExportTable {
  if (wanted === DEFINITIONS) return definitionsOf(exported);
  const { tables } = exported;
  const found = wanted === undefined ? tables[0] : tables.find(({ name }) => name === wanted);
  if (found) return found;
  const known = [...tables.map(({ name }) => name), DEFINITIONS].join(', ');
  throw new LivretError('report.table', { detail: `There are: ${known}.` });
}

/** A file of that name with these bytes. */
export function fileOf(
  format: ExportFormat,
  stem: string,
  body: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): ExportFile {
  const name = fileName(stem, format);
  return { name, contentType: CONTENT_TYPES[format], disposition: disposition(name), body: each(body) };
}

async function* each<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T> {
  yield* items;
}

/** What no file system refuses; letters of every language stay. */
const fileName = (stem: string, format: ExportFormat): string =>
  `livret-${stem.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 120)}.${format}`;

/** RFC 6266: the name in ASCII for whoever knows no better, and as it is (RFC 8187). */
function disposition(name: string): string {
  const ascii = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7E]/g, '-');
  // What a file name is made of here, encodeURIComponent leaves as it is or encodes as RFC 8187 has it.
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}
