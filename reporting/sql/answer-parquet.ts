/** The answer of a query as Parquet, in DuckDB's own types: decimals, lists and large numbers as they are. */
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { DuckDBInstance } from '@duckdb/node-api';
import { distinct } from './answer-table.ts';
import { literal } from './publish.ts';
import type { SqlAnswer } from './run.ts';

/** Gives the file once it is whole: a stream of what is under no name any more. */
export async function writeAnswerParquet({ columns, rows }: Pick<SqlAnswer, 'columns' | 'rows'>): Promise<Readable> {
  const folder = await mkdtemp(join(tmpdir(), 'livret-parquet-'));
  try {
    const [source, target] = [join(folder, 'rows.json'), join(folder, 'table.parquet')];
    const values = rows.map((row): unknown[] => JSON.parse(row));
    const types = columns.map(({ type }, index) => parquetType(type, values, index));
    await writeFile(source, values.map((row) => lineOf(row, types)).join(''));
    const read = types.map((type, index) => `c${index}: ${literal(type)}`);
    const named = distinct(columns.map(({ name }) => name)).map((name, index) => `c${index} AS ${quoted(name)}`);
    await run(
      `COPY (SELECT ${named.join(', ')} FROM read_json(${literal(source)}, format = 'newline_delimited',
        maximum_object_size = ${LONGEST_LINE}, columns = {${read.join(', ')}}))
       TO ${literal(target)} (FORMAT parquet, COMPRESSION zstd)`,
    );
    return (await open(target)).createReadStream();
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Bytes: no line is longer than an answer may be. */
const LONGEST_LINE = 64 * 2 ** 20;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Types that are read from JSON as they were written to it; lists of them as well. */
const READ =
  /^(BOOLEAN|U?(TINY|SMALL|BIG)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\)|DATE|TIME|TIMESTAMP(_S|_MS|_NS| WITH TIME ZONE)?|UUID|VARCHAR)(\[\])*$/;

const LARGEST = 2n ** 63n;

/** What cannot be read back is text, which is exact. */
function parquetType(type: string, values: readonly unknown[][], index: number): string {
  if (READ.test(type)) return type;
  // Sums of whole numbers. Parquet has none of 16 bytes: DuckDB would write them as fractions.
  const fits = (value: unknown): boolean =>
    value === null || (BigInt(String(value)) < LARGEST && BigInt(String(value)) >= -LARGEST);
  if (/^U?HUGEINT$/.test(type) && values.every((row) => fits(row[index]))) return 'BIGINT';
  return 'VARCHAR';
}

function lineOf(row: readonly unknown[], types: readonly string[]): string {
  const cells = row.map((value, index) => {
    const text = types[index] === 'VARCHAR' && value !== null;
    return [`c${index}`, text && typeof value === 'object' ? JSON.stringify(value) : value];
  });
  return `${JSON.stringify(Object.fromEntries(cells))}\n`;
}

async function run(sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: '256MiB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  try {
    await connection.run(sql);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
