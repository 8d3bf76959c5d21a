/** What the process that asks and the one that runs the SQL say to each other. */

export interface Limits {
  /** From the start of the process that runs it to its last row. */
  milliseconds: number;
  /** Bytes that its process may take, all in all. */
  memory: number;
  rows: number;
  /** Bytes of all rows together, as JSON. */
  bytes: number;
}

/** What a page can show of an answer: the process that asks writes it while nobody else is served. */
export interface Shown {
  rows: number;
  columns: number;
  cells: number;
  /** Of one cell. What is longer is cut, and is text then. */
  characters: number;
}

/** Columns that an answer may have at all: files and programs get all of them. */
export const MOST_COLUMNS = 1000;

export interface Job {
  /** A published file (publish.ts). */
  file: string;
  sql: string;
  limits: Limits;
  /** Without it all rows are given, as they are. */
  shown?: Shown;
}

export interface SqlColumn {
  name: string;
  /** As DuckDB writes it, such as BIGINT or DECIMAL(9,2). */
  type: string;
}

/**
 * The answer is lines of JSON: first a Head, then each row as an array, last an End; where it failed,
 * the rows before it are void. Only rows begin with a bracket.
 */
export type End = { end: { count: number; truncated: boolean; milliseconds: number } } | { failed: Failure };

/** `columnCount` counts those too that are not shown. */
export interface Head {
  columns: SqlColumn[];
  columnCount: number;
}

export interface Failure {
  reason: 'statement' | 'memory' | 'columns' | 'refused';
  detail: string;
}

/** What the process complains of after it is no fault of the SQL. */
export const BUG = 'Not the SQL: ';

/** Of the memory of the process, what is DuckDB's own; the rest is Node, the library and the rows on their way. */
export const databaseMemory = ({ memory }: Limits): number => Math.floor(memory / 2);
