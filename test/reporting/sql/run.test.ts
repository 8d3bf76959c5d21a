import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { ERRORS, LivretError } from '../../../lrs/index.ts';
import { writeAnswerFile } from '../../../reporting/sql/file-process.ts';
import { runSql, type SqlAnswer } from '../../../reporting/sql/run.ts';
import { publishedFile } from './published-file.ts';

const LIMITS = { milliseconds: 20_000, memory: 384 * 2 ** 20, rows: 1000, bytes: 2 ** 20 };

describe('the process that runs SQL', function () {
  this.timeout(60_000);
  let published: Awaited<ReturnType<typeof publishedFile>>;

  before(async () => {
    published = await publishedFile('CREATE TABLE cells AS SELECT i::INTEGER AS n FROM range(100) t(i)');
  });
  after(() => published.remove());

  let asker = 0;
  /** Each time somebody else. */
  const run = (sql: string, limits: Partial<typeof LIMITS> = {}, signal?: AbortSignal): Promise<SqlAnswer> =>
    runSql({
      by: `asker ${asker++}`,
      file: published.file,
      sql,
      limits: { ...LIMITS, ...limits },
      ...(signal && { signal }),
    });
  const codeOf = (asked: Promise<SqlAnswer>): Promise<keyof typeof ERRORS | 'answered'> =>
    asked.then(
      () => 'answered' as const,
      (error: LivretError) => error.code,
    );
  /** Processes of ours that still run SQL. */
  const running = (): number =>
    readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('/reporting/sql/child.')).length;

  it('gives its answer, and is gone', async () => {
    const { columns, rows, truncated, milliseconds } = await run('SELECT sum(n) AS total FROM cells');
    expect(columns).to.deep.equal([{ name: 'total', type: 'HUGEINT' }]);
    expect(rows).to.deep.equal(['[4950]']);
    expect(truncated).to.equal(false);
    expect(milliseconds).to.be.greaterThan(0);
    expect(running()).to.equal(0);
  });

  it('says what DuckDB says against it', async () => {
    const error: LivretError = await run('SELECT m FROM cells').catch((refusal) => refusal);
    expect(error.code).to.equal('sql.refused');
    expect(error.detail).to.match(/Referenced column "m" not found.*\(line 1, column 8\)/s);
    expect(await codeOf(run('VACUUM'))).to.equal('sql.statement');
    expect(await codeOf(run(`SELECT '${'x'.repeat(100_000)}'`))).to.equal('sql.statement');
  });

  it('says of a fault of ours that it is none of the SQL', async () => {
    const asked = runSql({ by: 'somebody', file: `${published.file}.missing`, sql: 'SELECT 1', limits: LIMITS });
    const error: Error = await asked.catch((reason) => reason);
    expect(error).to.not.have.property('code');
    expect(error.message).to.include('Cannot open');
  });

  it('that cannot be started is a refusal to whoever asked, of a file as well, and the server goes on', async () => {
    const { execPath } = process;
    const unhandled: unknown[] = [];
    // Either of them ends a server.
    const note = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', note).on('uncaughtException', note);
    process.execPath = '/nothing/node';
    try {
      const columns = [{ name: 'n', type: 'INTEGER' }];
      const wanted = {
        title: 'n',
        lang: 'fr' as const,
        notes: [],
        options: { format: 'csv' as const, stem: 'n' },
      };
      const asked = [
        runSql({ by: 'somebody', file: published.file, sql: 'SELECT 1', limits: LIMITS }),
        writeAnswerFile({ columns, rows: ['[1]'] }, wanted, 'somebody'),
      ];
      for (const each of await Promise.allSettled(asked)) {
        expect(each).to.have.property('status', 'rejected');
        expect(each).to.have.nested.property('reason.code', 'store.unavailable');
      }
      await new Promise((resolve) => setImmediate(resolve));
      expect(unhandled).to.deep.equal([]);
    } finally {
      process.execPath = execPath;
      process.off('unhandledRejection', note).off('uncaughtException', note);
    }
    const { rows } = await run('SELECT 1');
    expect(rows).to.deep.equal(['[1]']);
  });

  it('knows nothing of our environment', async () => {
    const { rows } = await run("SELECT value FROM duckdb_settings() WHERE name = 'home_directory'");
    expect(rows).to.deep.equal(['[""]']);
  });

  it('ends at its time, whatever it does', async () => {
    const endless = 'WITH RECURSIVE t(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM t) SELECT count(*) FROM t';
    const started = performance.now();
    expect(await codeOf(run(endless, { milliseconds: 1500 }))).to.equal('sql.tooLong');
    expect(performance.now() - started).to.be.lessThan(10_000);
    expect(running()).to.equal(0);
  });

  it('ends at its memory, also where DuckDB counts none', async () => {
    const greedy = [
      'SELECT count(*) FROM range(1000000000000) a, range(1000000000000) b',
      `SELECT repeat('x', 1000000000)`,
      'SELECT i FROM range(30000000) t(i) ORDER BY hash(i)',
    ];
    for (const sql of greedy) expect(await codeOf(run(sql)), sql).to.equal('sql.tooLarge');
    expect(running()).to.equal(0);
  });

  it('gives the first rows of an enormous answer', async () => {
    const { rows, truncated } = await run('SELECT * FROM range(100000000)');
    expect(rows).to.have.length(LIMITS.rows);
    expect(rows[999]).to.equal('[999]');
    expect(truncated).to.equal(true);
  });

  it('ends when whoever asked has gone, before its turn as well', async () => {
    const gone = new AbortController();
    const asked = Array.from({ length: 4 }, () => codeOf(run('FROM range(1000000000000) ORDER BY 1', {}, gone.signal)));
    setTimeout(() => gone.abort(), 400);
    expect(await Promise.all(asked)).to.deep.equal(Array(4).fill('request.aborted'));
    expect(await codeOf(run('SELECT 1', {}, gone.signal))).to.equal('request.aborted');
    expect(running()).to.equal(0);
  });

  it('is one of two; eight wait, and more are sent away', async () => {
    const gone = new AbortController();
    const asked = Array.from({ length: 12 }, () =>
      codeOf(run('FROM range(1000000000000) ORDER BY 1', {}, gone.signal)),
    );
    await new Promise((resolve) => setImmediate(resolve));
    expect(running()).to.equal(2);
    gone.abort();
    const codes = await Promise.all(asked);
    expect(codes.filter((code) => code === 'request.aborted')).to.have.length(10);
    expect(codes.filter((code) => code === 'sql.busy')).to.have.length(2);
  });

  it('may go down with what is nested without end, and nothing else does', async () => {
    const deep = [
      `SELECT ${'('.repeat(5000)}1${')'.repeat(5000)}`,
      `SELECT ${'CASE WHEN true THEN '.repeat(3000)}1${' END'.repeat(3000)}`,
      `SELECT * FROM ${'(SELECT * FROM '.repeat(3000)}cells${')'.repeat(3000)}`,
      `${'SELECT 1 UNION ALL '.repeat(3000)}SELECT 1`,
    ];
    const codes = await Promise.all(deep.map((sql) => codeOf(run(sql))));
    for (const code of codes) expect(code).to.be.oneOf(['answered', 'sql.refused', 'sql.tooLarge']);
    expect(codes).to.include('sql.refused');
  });
});
