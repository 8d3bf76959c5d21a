/** Values of JavaScript into columns of a published file. */

import {
  type DuckDBAppender,
  DuckDBDateValue,
  DuckDBListValue,
  DuckDBTimestampValue,
  LIST,
  VARCHAR,
} from '@duckdb/node-api';
import { DAY } from '../calendar/index.ts';

/** Instants are dates; civil days are texts, YYYY-MM-DD. */
export type Cell = string | number | bigint | boolean | Date | readonly string[] | null | undefined;

type Insert = (appender: DuckDBAppender, cell: Cell) => void;

/** By type of the column: how a value that is there goes into it. */
const INSERTERS: Record<string, Insert> = {
  VARCHAR: (appender, cell) => appender.appendVarchar(String(cell)),
  BOOLEAN: (appender, cell) => appender.appendBoolean(cell === true),
  TINYINT: (appender, cell) => appender.appendTinyInt(Number(cell)),
  SMALLINT: (appender, cell) => appender.appendSmallInt(Number(cell)),
  INTEGER: (appender, cell) => appender.appendInteger(Number(cell)),
  BIGINT: (appender, cell) => appender.appendBigInt(typeof cell === 'bigint' ? cell : BigInt(Number(cell))),
  DOUBLE: (appender, cell) => appender.appendDouble(Number(cell)),
  DATE: (appender, cell) => appender.appendDate(dayValue(cell)),
  TIMESTAMP: (appender, cell) => appender.appendTimestamp(instantValue(cell)),
  'VARCHAR[]': (appender, cell) =>
    appender.appendList(new DuckDBListValue(Array.isArray(cell) ? cell : [String(cell)]), LIST(VARCHAR)),
};

/** How cells go into a column of that type; null and undefined are NULL. Throws TypeError for a type it does not know. */
export function inserterOf(type: string): Insert {
  const insert = INSERTERS[type];
  if (!insert) throw new TypeError(`Columns of type ${type} are not written.`);
  return (appender, cell) => {
    if (cell === null || cell === undefined) appender.appendNull();
    else insert(appender, cell);
  };
}

function dayValue(cell: Cell): DuckDBDateValue {
  const milliseconds = cell instanceof Date ? cell.getTime() : Date.parse(`${cell}T00:00:00Z`);
  return new DuckDBDateValue(Math.floor(milliseconds / DAY));
}

function instantValue(cell: Cell): DuckDBTimestampValue {
  const milliseconds = cell instanceof Date ? cell.getTime() : Number(cell);
  return new DuckDBTimestampValue(BigInt(milliseconds) * 1000n);
}
