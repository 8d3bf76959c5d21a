/** The answer of a query as Parquet, in DuckDB's own types: decimals, lists and large numbers as they are. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { parquetFile } from '../exports/index.ts';
import { distinct } from './answer-table.ts';
import { literal, quoted } from './publish.ts';
import type { SqlAnswer } from './run.ts';

/** Rejects as parquetFile does. */
export function writeAnswerParquet({ columns, rows }: Pick<SqlAnswer, 'columns' | 'rows'>): Promise<Readable> {
  return parquetFile(async ({ connection, folder, file }) => {
    const source = join(folder, 'rows.json');
    const values = rows.map((row): unknown[] => JSON.parse(row));
    const types = columns.map(({ type }, index) => parquetType(type, values, index));
    await writeFile(source, values.map((row) => lineOf(row, types)).join(''));
    const read = types.map((type, index) => `c${index}: ${literal(type)}`);
    const named = distinct(columns.map(({ name }) => name)).map((name, index) => `c${index} AS ${quoted(name)}`);
    await connection.run(
      `COPY (SELECT ${named.join(', ')} FROM read_json(${literal(source)}, format = 'newline_delimited',
        maximum_object_size = ${LONGEST_LINE}, columns = {${read.join(', ')}}))
       TO ${literal(file)} (FORMAT parquet, COMPRESSION zstd)`,
    );
  });
}

/** Bytes: no line is longer than an answer may be. */
const LONGEST_LINE = 64 * 2 ** 20;

/** Types that are read from JSON as they were written to it; lists of them as well, but for those so deep that DuckDB gives up. */
const READ =
  /^(BOOLEAN|U?(TINY|SMALL|BIG)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\)|DATE|TIME|TIMESTAMP(_S|_MS|_NS| WITH TIME ZONE)?|UUID|VARCHAR)(\[\]){0,16}$/;

const LARGEST = 2n ** 63n;

/** What cannot be read back is text, which is exact. */
function parquetType(type: string, values: readonly unknown[][], index: number): string {
  if (READ.test(type)) {
    // DuckDB writes these as microseconds, of which there are none for them.
    const isEndless = (value: unknown): boolean => JSON.stringify(value).includes('infinity"');
    return /^TIMESTAMP_/.test(type) && values.some((row) => isEndless(row[index])) ? 'VARCHAR' : type;
  }
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
