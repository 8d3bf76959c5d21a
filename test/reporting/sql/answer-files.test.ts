import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type Json } from '@duckdb/node-api';
import { expect } from 'chai';
import { writeAnswerParquet } from '../../../reporting/sql/answer-parquet.ts';
import { distinct, tableOf } from '../../../reporting/sql/answer-table.ts';
import { answer, openPublished } from '../../../reporting/sql/query.ts';
import { publishedFile } from './published-file.ts';

const LIMITS = { milliseconds: 20_000, memory: 384 * 2 ** 20, rows: 1000, bytes: 2 ** 20 };

const SQL = `SELECT 9007199254740993 AS big, 42::BIGINT AS n, -1.50::DECIMAL(9,2) AS d, DATE '2021-11-02' AS day,
    TIMESTAMP '2021-11-02 09:30:00' AS at, ['a', 'b;"c'] AS list, 0.1 + 0.2e0 AS f, 'NaN'::DOUBLE AS nan, sum(7) AS total,
    true AS yes, {'k': 1} AS struct, '=1+1' AS text, 12345678901234567.89::DECIMAL(20,2) AS money, 1 AS n
  UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL`;

describe('the answer of a query as a file', () => {
  let published: Awaited<ReturnType<typeof publishedFile>>;
  let columns: { name: string; type: string }[];
  let rows: string[];

  async function ask(sql: string): Promise<{ columns: typeof columns; rows: string[] }> {
    const instance = await openPublished(published.file, LIMITS);
    const lines: string[] = [];
    for await (const line of answer(instance, { sql, limits: LIMITS })) lines.push(line);
    instance.closeSync();
    return { columns: JSON.parse(lines[0] ?? '').columns, rows: lines.slice(1, -1) };
  }

  before(async () => {
    published = await publishedFile('CREATE TABLE cells AS SELECT 1 AS n');
    ({ columns, rows } = await ask(SQL));
    expect(rows).to.have.length(2);
  });
  after(() => published.remove());

  it('has the types of its columns, and never another value', () => {
    const table = tableOf({ columns, rows });
    const [row] = [...(table.rows as Iterable<unknown[]>)];
    expect(table.columns.map(({ name, type }, index) => [name, type, row?.[index]])).to.deep.equal([
      ['big', 'text', '9007199254740993'],
      ['n', 'integer', 42],
      ['d', 'number', -1.5],
      ['day', 'date', '2021-11-02'],
      ['at', 'instant', '2021-11-02T09:30:00Z'],
      ['list', 'text', '["a","b;\\"c"]'],
      ['f', 'number', 0.1 + 0.2],
      ['nan', 'text', 'NaN'],
      ['total', 'integer', 7],
      ['yes', 'text', 'true'],
      ['struct', 'text', '{"k":1}'],
      ['text', 'text', '=1+1'],
      ['money', 'text', '12345678901234567.89'],
      ['n_2', 'integer', 1],
    ]);
  });

  it('names its columns apart, however many have one name', () => {
    expect(distinct(['a', 'A', 'a_2', 'a', 'b'])).to.deep.equal(['a', 'A_2', 'a_2_2', 'a_3', 'b']);
    const names = distinct(Array(200_000).fill('1'));
    expect(new Set(names).size).to.equal(200_000);
  });

  /** What DuckDB reads in it: names with types, and rows. */
  async function readParquet(asked: Parameters<typeof writeAnswerParquet>[0]): Promise<[string[], Json[][]]> {
    const folder = await mkdtemp(join(tmpdir(), 'livret-parquet-'));
    const file = join(folder, 'answer.parquet');
    await writeFile(file, await writeAnswerParquet(asked));
    const connection = await (await DuckDBInstance.create()).connect();
    const read = await connection.runAndReadAll(`FROM '${file}'`);
    const found: [string[], Json[][]] = [
      read.columnNames().map((name, index) => `${name} ${read.columnType(index)}`),
      read.getRowsJson(),
    ];
    connection.closeSync();
    await rm(folder, { recursive: true });
    return found;
  }

  it('is Parquet in the types of DuckDB', async () => {
    const [types, [first, second]] = await readParquet({ columns, rows });
    expect(types).to.deep.equal([
      'big BIGINT',
      'n BIGINT',
      'd DECIMAL(9,2)',
      'day DATE',
      'at TIMESTAMP',
      'list VARCHAR[]',
      'f DOUBLE',
      'nan DOUBLE',
      'total BIGINT',
      'yes BOOLEAN',
      'struct VARCHAR',
      'text VARCHAR',
      'money DECIMAL(20,2)',
      'n_2 INTEGER',
    ]);
    expect(first?.slice(0, 8)).to.deep.equal([
      '9007199254740993',
      '42',
      '-1.50',
      '2021-11-02',
      '2021-11-02 09:30:00',
      ['a', 'b;"c'],
      0.1 + 0.2,
      'NaN',
    ]);
    expect(first?.slice(8)).to.deep.equal(['7', true, '{"k":1}', '=1+1', '12345678901234567.89', 1]);
    expect(second).to.deep.equal(Array(14).fill(null));
  });

  it('is Parquet of days without end too, and of lists however deep', async () => {
    const deep = `${'['.repeat(60)}1${']'.repeat(60)}`;
    const asked = await ask(`SELECT 'infinity'::DATE AS day, '-infinity'::TIMESTAMP_S AS second, ${deep} AS deep`);
    const [types, [row]] = await readParquet(asked);
    expect(types).to.deep.equal(['day DATE', 'second VARCHAR', 'deep VARCHAR']);
    expect(row?.slice(1)).to.deep.equal(['-infinity', deep]);
  });

  it('is written one after the other as Parquet, in the memory of the server; who comes tenth comes again', async () => {
    const asked = Array.from({ length: 10 }, () => writeAnswerParquet({ columns, rows }));
    const outcomes = await Promise.allSettled(asked);
    const refused = outcomes.filter((each) => each.status === 'rejected').map(({ reason }) => reason.code);
    for (const each of outcomes) if (each.status === 'fulfilled') each.value.destroy();
    expect([outcomes.length, refused]).to.deep.equal([10, ['report.busy']]);
  });
});
