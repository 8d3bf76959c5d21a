import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'chai';
import { agentKey, type Scope } from '../../../lrs/index.ts';
import { USES } from '../../../reporting/sql/uses.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { type HouseSite, type LoggedIn, openHouseSite } from '../../house/open-house.ts';

interface Answer {
  columns: { name: string; type: string }[];
  rows: unknown[][];
  truncated: boolean;
  milliseconds: number;
}

const COURSE = {
  id: 'https://courses.test/word',
  definition: { type: 'http://adlnet.gov/expapi/activities/course' },
};

describe('SQL over HTTP', function () {
  this.timeout(60_000);
  let site: HouseSite;
  let key: string;
  let analyst: LoggedIn;

  const basic = async (...scopes: Scope[]): Promise<string> => {
    const pair = await site.house.lrs.access.keys.add({ label: 'reader', scopes });
    return `Basic ${Buffer.from(`${pair.key}:${pair.secret}`).toString('base64')}`;
  };
  const run = async (name: string, args: Record<string, string>): Promise<unknown> => {
    const command = site.house.parts.flatMap((part) => part.commands).find((each) => each.name === name);
    return command?.run({ args, input: (async function* () {})(), emit: async () => {} });
  };
  const account = (name: string) => ({ objectType: 'Agent' as const, account: { homePage: 'https://a.test', name } });

  before(async () => {
    site = await openHouseSite(sqlite);
    key = await basic('all');
    const statements: object[] = [];
    const people: Parameters<typeof site.house.lrs.directory.upsertAll>[0][number][] = [];
    for (const [direction, count] of [
      ['DRH', 20],
      ['DSIC', 30],
    ] as const) {
      for (let n = 0; n < count; n++) {
        const actor = account(`${direction}-${n}`);
        const membership = { direction, roles: ['agent' as const] };
        people.push({ identifiers: [agentKey(actor) ?? ''], membership });
        for (const timestamp of ['2021-11-02T09:00:00Z', '2021-11-03T09:00:00Z']) {
          const verb = { id: 'https://verbs.test/did' };
          const context = { contextActivities: { parent: [COURSE] } };
          statements.push({ actor, verb, object: { id: 'https://units.test/one' }, context, timestamp });
        }
      }
    }
    await site.house.lrs.directory.upsertAll(people);
    const headers = { Authorization: key, 'X-Experience-API-Version': '1.0.3', 'Content-Type': 'application/json' };
    const body = JSON.stringify(statements);
    const stored = await fetch(`${site.origin}/xapi/statements`, { method: 'POST', headers, body });
    expect(stored.status).to.equal(200);
    await run('report', { name: 'completion', period: '2021-Q4' });
    analyst = await site.logIn('an analyst', 'DRH', ['analyst']);
  });
  after(() => site.close());

  /** With a key (a text), or as somebody logged in. */
  const headersOf = (who: string | LoggedIn): Record<string, string> =>
    typeof who === 'string'
      ? { Authorization: who }
      : { Cookie: who.cookie, Origin: site.origin, 'X-CSRF-Token': who.csrf, Accept: 'application/json' };
  const post = (sql: unknown, who: string | LoggedIn = key, over = 'cells'): Promise<Response> =>
    fetch(`${site.origin}/api/sql/${over}`, {
      method: 'POST',
      headers: { ...headersOf(who), 'Content-Type': 'application/json' },
      body: typeof sql === 'string' ? JSON.stringify({ sql }) : String(sql),
    });
  const ask = async (sql: string, who?: string | LoggedIn): Promise<Answer> => {
    const response = await post(sql, who);
    expect(response.status, sql).to.equal(200);
    return (await response.json()) as Answer;
  };
  const codeOf = async (response: Response): Promise<string> => {
    const { error } = (await response.json()) as { error: { code: string } };
    return `${response.status} ${error.code}`;
  };
  const get = (path: string, who: string | LoggedIn = key): Promise<Response> =>
    fetch(site.origin + path, { headers: headersOf(who) });

  it('gives the figures that the reports give', async () => {
    const { columns, rows, truncated } = await ask(
      `SELECT holds, directions, figure, value FROM cells WHERE metric = 'completion' AND figure = 'enrolments' AND breakdown IN ('direction', 'total') ORDER BY 4`,
    );
    expect(columns.map(({ type }) => type)).to.deep.equal(['VARCHAR', 'VARCHAR[]', 'VARCHAR', 'DOUBLE']);
    const report = (await (await get('/api/reports/completion?period=2021-Q4')).json()) as {
      cells: { label: string; enrolments: number }[];
      ministry: { enrolments: number };
    };
    expect(rows.slice(0, 2).map(([holds, , , value]) => [holds, value])).to.have.deep.members(
      report.cells.map(({ label, enrolments }) => [label, enrolments]),
    );
    expect(rows[2]).to.deep.equal(['Ensemble du ministère', ['DRH', 'DSIC'], 'enrolments', report.ministry.enrolments]);
    expect(truncated).to.equal(false);
  });

  it('says what each column holds', async () => {
    const { rows } = await ask(`SELECT fr, en FROM codebook WHERE table_name = 'cells' AND column_name = 'withheld'`);
    const book = (await (await get('/api/sql/codebook')).json()) as { cells: Record<string, string>[] };
    const line = book.cells.find(({ column_name }) => column_name === 'withheld');
    expect(rows).to.deep.equal([[line?.fr, line?.en]]);
    const { rows: figures } = await ask(
      `SELECT count(*) FROM cells LEFT JOIN metrics USING (metric) WHERE title_en IS NULL`,
    );
    expect(figures).to.deep.equal([[0]]);
  });

  it('shows an analyst of a direction its cells and those of the ministry, in every way out', async () => {
    const sql = `SELECT DISTINCT unnest(directions) FROM cells WHERE breakdown <> 'total'`;
    expect((await ask(sql, analyst)).rows).to.deep.equal([['DRH']]);
    expect((await ask(sql)).rows).to.have.length(2);
    expect((await ask(`SELECT count(*) > 0 FROM cells WHERE breakdown = 'total'`, analyst)).rows).to.deep.equal([
      [true],
    ]);
    const parquet = await get('/api/extract/cells/cells.parquet', analyst);
    const file = join(await mkdtemp(join(tmpdir(), 'livret-parquet-')), 'cells.parquet');
    await writeFile(file, Buffer.from(await parquet.arrayBuffer()));
    const connection = await (await DuckDBInstance.create()).connect();
    const read = await connection.runAndReadAll(sql.replace('cells', `'${file}'`));
    expect(read.getRowsJson()).to.deep.equal([['DRH']]);
    connection.closeSync();
    await rm(dirname(file), { recursive: true });
  });

  it('follows what is published after', async () => {
    const count = 'SELECT metric FROM publications ORDER BY 1';
    expect((await ask(count)).rows).to.deep.equal([['completion']]);
    await run('report', { name: 'regularity', period: '2021-Q4' });
    expect((await ask(count)).rows).to.deep.equal([['completion'], ['regularity']]);
  });

  it('follows the name of a parcours, which a statement may change', async () => {
    const labels = `SELECT DISTINCT holds FROM cells WHERE metric = 'completion' AND breakdown = 'parcours'`;
    expect((await ask(labels)).rows).to.deep.equal([[COURSE.id]]);
    const named = { ...COURSE, definition: { ...COURSE.definition, name: { fr: 'Traitement de texte' } } };
    const statement = {
      ...{ actor: account('DRH-0'), verb: { id: 'https://verbs.test/did' }, object: { id: 'https://units.test/one' } },
      context: { contextActivities: { parent: [named] } },
    };
    const headers = { Authorization: key, 'X-Experience-API-Version': '1.0.3', 'Content-Type': 'application/json' };
    const body = JSON.stringify(statement);
    expect((await fetch(`${site.origin}/xapi/statements`, { method: 'POST', headers, body })).status).to.equal(200);
    // Names are kept in memory for some seconds.
    const until = Date.now() + 15_000;
    let rows = (await ask(labels)).rows;
    while (rows[0]?.[0] === COURSE.id && Date.now() < until) {
      await new Promise((done) => setTimeout(done, 500));
      rows = (await ask(labels)).rows;
    }
    expect(rows).to.deep.equal([['Traitement de texte']]);
  });

  it('refuses what it cannot run, and says why', async () => {
    const refused = await post('SELECT nothing FROM cells');
    expect(refused.status).to.equal(400);
    const { error } = (await refused.json()) as { error: { code: string; detail: string } };
    expect(error.code).to.equal('sql.refused');
    expect(error.detail).to.match(/Referenced column "nothing" not found.*\(line 1, column 8\)/s);
    expect(await codeOf(await post('SELECT 1; SELECT 2'))).to.equal('400 sql.statement');
    expect(await codeOf(await post(Buffer.from('{')))).to.equal('400 request.json');
    expect(await codeOf(await post(Buffer.from('[1]')))).to.equal('400 sql.statement');
    expect(await codeOf(await post(Buffer.from(JSON.stringify({ sql: 'x'.repeat(600_000) }))))).to.equal(
      '413 request.tooLarge',
    );
  });

  it('is also asked by a form of ours', async () => {
    const { status, text } = await site.post('/api/sql/cells', analyst, { sql: 'SELECT 42 AS answer' });
    expect(status).to.equal(200);
    expect(JSON.parse(text).rows).to.deep.equal([[42]]);
  });

  it('is for analysts and administrators', async () => {
    const correspondent = await site.logIn('a correspondent', 'DRH', ['correspondent']);
    expect(await codeOf(await post('SELECT 1', correspondent))).to.equal('403 access.role');
    expect(await codeOf(await post('SELECT 1', await basic('all/read', 'statements/read')))).to.equal(
      '403 access.scope',
    );
    expect((await post('SELECT 1', await basic('reports/read'))).status).to.equal(200);
  });

  it('is over rows of people for administrators alone, and by no key; who asked is noted', async () => {
    const administrator = await site.logIn('an administrator', 'DRH', ['administrator']);
    const sql = 'SELECT count(DISTINCT person) FROM sessions';
    expect(await codeOf(await post(sql, analyst, 'rows'))).to.equal('403 access.role');
    expect(await codeOf(await post(sql, key, 'rows'))).to.equal('403 access.scope');
    expect(await codeOf(await get('/api/extract/rows.duckdb', analyst))).to.equal('403 access.role');
    const answer = await post(sql, administrator, 'rows');
    expect([answer.status, ((await answer.json()) as Answer).rows]).to.deep.equal([200, [[50]]]);
    const file = await get('/api/extract/rows.duckdb', administrator);
    expect(
      Buffer.from(await file.arrayBuffer())
        .subarray(8, 12)
        .toString(),
    ).to.equal('DUCK');
    const uses = (await site.house.lrs.store.collection(USES).find({ index: 'time' })).map(({ value }) => value);
    expect(uses.map(({ act, by }) => [act, by])).to.have.deep.members([
      ['query', administrator.id],
      ['extract', administrator.id],
    ]);
  });

  it('gives the file to take along', async () => {
    const response = await get('/api/extract/cells.duckdb');
    expect(response.headers.get('content-disposition')).to.equal('attachment; filename=cells.duckdb');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(8, 12).toString()).to.equal('DUCK');
    expect(bytes.byteLength).to.equal(Number(response.headers.get('content-length')));
  });
});
