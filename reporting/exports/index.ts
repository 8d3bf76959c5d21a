/** Ways out as files: one neutral shape to CSV, XLSX and Parquet. What may leave is decided before it comes here (privacy/). */
export { CSV_DIALECTS, type CsvDialect, writeCsv } from './csv.ts';
export { DEFINITIONS, definitionsOf } from './definitions.ts';
export {
  EXPORT_FORMATS,
  EXPORT_TYPES,
  type ExportFile,
  type ExportFormat,
  exportFile,
  type FileOptions,
  fileOf,
} from './file.ts';
export { writeParquet } from './parquet.ts';
export { parquetFile } from './parquet-file.ts';
export type { ColumnType, Export, ExportColumn, ExportRow, ExportTable, Labelled } from './table.ts';
export { MOST_ROWS, writeXlsx } from './xlsx.ts';
