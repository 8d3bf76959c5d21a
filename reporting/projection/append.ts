/** One row to a table, column after column in its order. */
import { type DuckDBAppender, DuckDBTimestampValue } from '@duckdb/node-api';

/** Texts, numbers, truth values and instants; undefined or null is NULL. */
export type Cell = string | number | boolean | Date | null | undefined;

export function appendRow(appender: DuckDBAppender, cells: readonly Cell[]): void {
  for (const cell of cells) appendCell(appender, cell);
  appender.endRow();
}

function appendCell(appender: DuckDBAppender, cell: Cell): void {
  if (cell === null || cell === undefined) appender.appendNull();
  else if (typeof cell === 'string') appender.appendVarchar(cell);
  else if (typeof cell === 'number') appendNumber(appender, cell);
  else if (typeof cell === 'boolean') appender.appendBoolean(cell);
  else appender.appendTimestamp(new DuckDBTimestampValue(BigInt(cell.getTime()) * 1000n));
}

/** DuckDB makes of it what the column holds. */
function appendNumber(appender: DuckDBAppender, number: number): void {
  if (Number.isSafeInteger(number)) appender.appendBigInt(BigInt(number));
  else appender.appendDouble(number);
}
