/** One row to a table, column after column in its order. */
import { type DuckDBAppender, DuckDBTimestampValue } from '@duckdb/node-api';

/** Texts, whole numbers (BIGINT), truth values and instants; undefined or null is NULL. */
export type Cell = string | number | boolean | Date | null | undefined;

export function appendRow(appender: DuckDBAppender, cells: readonly Cell[]): void {
  for (const cell of cells) appendCell(appender, cell);
  appender.endRow();
}

function appendCell(appender: DuckDBAppender, cell: Cell): void {
  if (cell === null || cell === undefined) appender.appendNull();
  else if (typeof cell === 'string') appender.appendVarchar(cell);
  else if (typeof cell === 'number') appender.appendBigInt(BigInt(cell));
  else if (typeof cell === 'boolean') appender.appendBoolean(cell);
  else appender.appendTimestamp(new DuckDBTimestampValue(BigInt(cell.getTime()) * 1000n));
}
