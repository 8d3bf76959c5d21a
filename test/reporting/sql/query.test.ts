import { readdir } from 'node:fs/promises';
import type { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'chai';
import { answer, openPublished } from '../../../reporting/sql/query.ts';
import { publishedFile } from './published-file.ts';

const LIMITS = { milliseconds: 10_000, memory: 256 * 2 ** 20, rows: 100, bytes: 10_000 };

describe('SQL of somebody else', () => {
  let folder: string;
  let instance: DuckDBInstance;
  let remove: () => Promise<void>;

  before(async () => {
    const published = await publishedFile(
      "CREATE TABLE cells AS SELECT i::INTEGER AS n, 'é' || i AS name FROM range(1000) t(i)",
    );
    ({ folder, remove } = published);
    instance = await openPublished(published.file, LIMITS);
  });
  after(async () => {
    instance.closeSync();
    await remove();
  });

  /** Every line of the answer, read. */
  async function ask(sql: string) {
    const lines: unknown[] = [];
    for await (const line of answer(instance, { sql, limits: LIMITS })) lines.push(JSON.parse(line));
    return lines;
  }
  const failure = async (sql: string): Promise<string> => {
    const last = (await ask(sql)).at(-1) as { failed?: { reason: string; detail: string } };
    expect(last.failed, sql.slice(0, 100)).to.not.equal(undefined);
    return `${last.failed?.reason}: ${last.failed?.detail}`;
  };

  it('is answered with typed columns, then rows', async () => {
    const [columns, ...rows] = await ask('SELECT count(*) AS people, max(name) AS last FROM cells');
    expect(columns).to.deep.equal({
      columns: [
        { name: 'people', type: 'BIGINT' },
        { name: 'last', type: 'VARCHAR' },
      ],
      columnCount: 2,
    });
    expect(rows[0]).to.deep.equal([1000, 'é999']);
    expect(rows[1]).to.have.nested.property('end.truncated', false);
    expect(rows).to.have.length(2);
  });

  it('gives numbers that JSON holds exactly as numbers, and everything else as exact text', async () => {
    const values = `9007199254740991::BIGINT, 9007199254740993::BIGINT, 1.50, DATE '2021-11-02',
      TIMESTAMP '2021-11-02 09:30:00', 0.5::DOUBLE, 'NaN'::DOUBLE, NULL, true, [1::BIGINT, 2], {'a': 1.5}`;
    const [, row] = await ask(`SELECT ${values}`);
    expect(row).to.deep.equal([
      9007199254740991,
      '9007199254740993',
      '1.50',
      '2021-11-02',
      '2021-11-02 09:30:00',
      0.5,
      'NaN',
      null,
      true,
      [1, 2],
      { a: '1.5' },
    ]);
  });

  it('calls what has no end by the name that DuckDB gives it', async () => {
    const types = ['DATE', 'TIMESTAMP', 'TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP_NS', 'TIMESTAMPTZ'];
    const values = types.map((type) => `'infinity'::${type}, ['-infinity'::${type}]`);
    const [, row] = await ask(`SELECT ${values.join(', ')}`);
    expect(row).to.deep.equal(types.flatMap(() => ['infinity', ['-infinity']]));
  });

  it('ends at the limit of rows and at that of bytes, and says so', async () => {
    const byRows = await ask('SELECT n FROM cells');
    expect(byRows).to.have.length(LIMITS.rows + 2);
    expect(byRows.at(-1)).to.have.nested.property('end.truncated', true);
    const byBytes = await ask(`SELECT repeat('x', 3000) FROM range(5)`);
    expect(byBytes).to.have.length(3 + 2);
    expect(byBytes.at(-1)).to.have.nested.property('end.truncated', true);
    const exact = await ask(`SELECT n FROM cells LIMIT ${LIMITS.rows}`);
    expect(exact.at(-1)).to.have.nested.property('end.truncated', false);
  });

  it('also shows what tables there are, and how a query is run', async () => {
    for (const sql of [
      'SHOW TABLES',
      'DESCRIBE cells',
      'SUMMARIZE cells',
      'EXPLAIN SELECT * FROM cells',
      'FROM cells',
    ]) {
      expect((await ask(sql)).at(-1), sql).to.have.property('end');
    }
  });

  it('says what is wrong, and where', async () => {
    expect(await failure('SELECT n\nFROM cells\nWHERE é = 1')).to.match(
      /^refused: Binder: Referenced column "é" not found.*\(line 3, column 7\)$/s,
    );
    expect(await failure(`SELECT 'é', nn FROM cells`)).to.match(/\(line 1, column 13\)$/);
    expect(await failure('SELEC 1')).to.match(
      /^refused: Parser: syntax error at or near "SELEC" \(line 1, column 1\)$/,
    );
    expect(await failure('FROM nothing')).to.match(/^refused: Catalog: Table with name nothing does not exist/);
  });

  it('is one SELECT without parameters', async () => {
    const others = `SELECT 1; SELECT 2
      CREATE TEMP TABLE t AS SELECT 1
      CALL enable_logging()
      CHECKPOINT
      VACUUM
      BEGIN
      SET VARIABLE x = 1
      PREPARE p AS SELECT 1
      SELECT ?
      SELECT $1::INTEGER
      SELECT 1; COPY cells TO '/tmp/x'
      INSERT INTO cells VALUES (1, 'x')
      DROP TABLE cells
      ;
      -- nothing`;
    for (const sql of ['', ...others.split(/\n +/)]) expect(await failure(sql), sql).to.match(/^(statement|refused): /);
    expect(await failure('PIVOT cells ON name USING sum(n)')).to.match(/^statement: .*IN \(…\)/);
    for (const sql of ['', ';', 'SELECT ?', 'SELECT 1; SELECT 2', 'VACUUM']) {
      expect(await failure(sql), sql).to.match(/^statement: /);
    }
  });

  it('reaches no file, no other database, no extension, no setting', async () => {
    const before = await readdir(folder);
    const attacks = [
      `SELECT * FROM read_text('/etc/passwd')`,
      `SELECT * FROM read_blob('${folder}/published.duckdb')`,
      `SELECT * FROM read_csv('/etc/passwd')`,
      `SELECT * FROM read_json('/etc/passwd')`,
      `SELECT * FROM read_parquet('/etc/passwd')`,
      `SELECT * FROM read_duckdb('${folder}/published.duckdb')`,
      `SELECT * FROM '/etc/passwd'`,
      `SELECT * FROM '${folder}/published.duckdb'`,
      `SELECT * FROM glob('/etc/*')`,
      `SELECT * FROM 'https://example.org/x.csv'`,
      `SELECT * FROM query('COPY cells TO ''${folder}/x''')`,
      `ATTACH '${folder}/reports.duckdb'`,
      `ATTACH ':memory:' AS m`,
      `COPY cells TO '${folder}/x.csv'`,
      `COPY (SELECT 1) TO '${folder}/x.parquet'`,
      `EXPORT DATABASE '${folder}/x'`,
      `IMPORT DATABASE '${folder}'`,
      `PRAGMA import_database('${folder}')`,
      `INSTALL httpfs`,
      `LOAD httpfs`,
      `LOAD '${folder}/x.so'`,
      `SET enable_external_access = true`,
      `SET memory_limit = '100GB'`,
      `RESET disabled_filesystems`,
      `PRAGMA memory_limit='100GB'`,
      `SELECT getenv('PATH')`,
      `SELECT * FROM duckdb_secrets()`,
      `CREATE SECRET s (TYPE s3)`,
    ];
    for (const sql of attacks) expect(await failure(sql), sql).to.match(/^(refused|statement): /);
    expect(await ask(`SELECT suggestion FROM sql_auto_complete('SELECT * FROM ''/et')`)).to.have.length(2);
    expect(await readdir(folder)).to.deep.equal(before);
  });

  it('sees nothing of the machine but where its own file is', async () => {
    const [, ...settings] = await ask(
      `SELECT name, value FROM duckdb_settings() WHERE contains(value, '/') AND name <> 'TimeZone'`,
    );
    const paths = settings.slice(0, -1).map((row) => (row as [string, string])[1]);
    for (const path of paths.join(', ').match(/\/[^,\]]*/g) ?? [])
      expect(path).to.include(`${folder}/published.duckdb`);
    const [, ...databases] = await ask('SELECT path FROM duckdb_databases() WHERE path IS NOT NULL');
    expect(databases.slice(0, -1)).to.deep.equal([[`${folder}/published.duckdb`]]);
  });
});
