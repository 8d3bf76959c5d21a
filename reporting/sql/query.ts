/** Runs SQL of somebody else on a published file. Nothing here is trusted to end: it stands in a process of its own. */
import {
  type DuckDBConnection,
  DuckDBDateValue,
  DuckDBInstance,
  type DuckDBPreparedStatement,
  type DuckDBResult,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  type DuckDBValueConverter,
  type Json,
  JsonDuckDBValueConverter,
  StatementType,
} from '@duckdb/node-api';
import { failureOf, StatementRefused, TooManyColumns } from './failure.ts';
import {
  databaseMemory,
  type End,
  type Head,
  type Job,
  type Limits,
  MOST_COLUMNS,
  type Shown,
  type SqlColumn,
} from './job.ts';

/**
 * Opens a published file so that SQL reaches nothing but its tables: read-only, no other file, no network, no extension,
 * no setting. DuckDB's own functions show where the file is, and nothing else of the machine.
 */
export async function openPublished(path: string, limits: Limits): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(path, {
    access_mode: 'READ_ONLY',
    allow_community_extensions: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    errors_as_json: 'true',
    max_temp_directory_size: '0B',
    memory_limit: `${Math.floor(databaseMemory(limits) / 2 ** 20)}MiB`,
    threads: '2',
  });
  const connection = await instance.connect();
  // In this order: the last one locks those before it.
  await connection.run(`
    SET home_directory = '';
    SET secret_directory = '';
    SET temp_directory = '';
    SET enable_external_access = false;
    SET disabled_filesystems = 'LocalFileSystem';
    SET lock_configuration = true;
  `);
  connection.closeSync();
  return instance;
}

/** Gives the answer line by line (see job.ts), the last one saying how it ended. Throws nothing but bugs. */
export async function* answer(
  instance: DuckDBInstance,
  { sql, limits, shown }: Pick<Job, 'sql' | 'limits' | 'shown'>,
): AsyncGenerator<string> {
  const started = performance.now();
  const connection = await instance.connect();
  try {
    const result = await (await prepare(connection, sql)).stream();
    yield headOf(result, shown);
    const { count, truncated } = yield* rowsOf(result, limits, shown);
    yield JSON.stringify({ end: { count, truncated, milliseconds: performance.now() - started } } satisfies End);
  } catch (error) {
    yield JSON.stringify({ failed: failureOf(error, sql) } satisfies End);
  } finally {
    connection.closeSync();
  }
}

const ALLOWED: readonly StatementType[] = [StatementType.SELECT, StatementType.EXPLAIN];

/** One SELECT without parameters (also DESCRIBE, SHOW, SUMMARIZE, EXPLAIN), not run yet. */
async function prepare(connection: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> {
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) {
    // To find out which columns there are, DuckDB makes statements of its own of it.
    const hint = /\bpivot\b/i.test(sql) ? ' PIVOT is one with its values named: ON figure IN (…).' : '';
    throw new StatementRefused(`These are ${statements.count} statements.${hint}`);
  }
  const prepared = await statements.prepare(0);
  if (!ALLOWED.includes(prepared.statementType)) {
    throw new StatementRefused(`This is ${StatementType[prepared.statementType] ?? 'another statement'}.`);
  }
  if (prepared.parameterCount > 0) throw new StatementRefused('There is nothing to put in place of a parameter.');
  return prepared;
}

/** Bytes of names and types together: those of nested structures can grow without end. */
const LONGEST_HEAD = 2 ** 18;

function headOf(result: DuckDBResult, shown: Shown | undefined): string {
  const { columnCount } = result;
  if (columnCount > MOST_COLUMNS) throw new TooManyColumns(`It has ${columnCount}, and may have ${MOST_COLUMNS}.`);
  const columns: SqlColumn[] = result
    .columnNames()
    .slice(0, shown?.columns)
    .map((name, index) => ({ name, type: String(result.columnType(index)) }));
  const head = JSON.stringify({ columns, columnCount } satisfies Head);
  if (head.length > LONGEST_HEAD) throw new TooManyColumns('Their names and types are too long.');
  return head;
}

/** Rows until one would go over a limit; gives how many, and whether that was so. Those beyond what is shown are counted. */
async function* rowsOf(
  result: DuckDBResult,
  { rows, bytes }: Limits,
  shown: Shown | undefined,
): AsyncGenerator<string, { count: number; truncated: boolean }> {
  const columns = Math.min(result.columnCount, shown?.columns ?? Number.POSITIVE_INFINITY);
  const most = shown ? Math.min(shown.rows, Math.max(1, Math.floor(shown.cells / columns))) : rows;
  let [count, length] = [0, 0];
  for await (const page of result.yieldConvertedRows(asJson)) {
    for (const row of page) {
      const line = JSON.stringify(row);
      length += Buffer.byteLength(line);
      if (count === rows || length > bytes) return { count, truncated: true };
      if (++count <= most) yield shown ? JSON.stringify(shownRow(row, shown)) : line;
    }
  }
  return { count, truncated: false };
}

const shownRow = (row: readonly Json[], { columns, characters }: Shown): Json[] =>
  row.slice(0, columns).map((value) => {
    if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    // Half of what was cut in two is no character.
    return text.length > characters ? `${text.slice(0, characters).replace(/[\uD800-\uDBFF]$/, '')}…` : value;
  });

/** Whole numbers that JSON holds exactly are numbers; larger ones, decimals, dates and instants are texts, exact as well. */
const asJson: DuckDBValueConverter<Json> = (value, type, converter) => {
  if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) return Number(value);
  const json = JsonDuckDBValueConverter(value, type, converter);
  const kind = ENDLESS.find((each) => value instanceof each);
  if (String(kind?.PosInf) === json) return 'infinity';
  return String(kind?.NegInf) === json ? '-infinity' : json;
};

/** Of these the API gives the number that stands for infinity as if it were a date. */
const ENDLESS = [
  DuckDBDateValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
];
