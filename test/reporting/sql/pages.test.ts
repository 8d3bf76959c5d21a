import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { expect } from 'chai';
import { agentKey } from '../../../lrs/index.ts';
import { addressOf } from '../../../reporting/sql/pages/address.ts';
import { EXAMPLES } from '../../../reporting/sql/pages/examples.ts';
import { answer, openPublished } from '../../../reporting/sql/query.ts';
import { USES } from '../../../reporting/sql/uses.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { type HouseSite, type LoggedIn, openHouseSite } from '../../house/open-house.ts';

const COURSE = {
  id: 'https://courses.test/word',
  definition: { type: 'http://adlnet.gov/expapi/activities/course' },
};
const PAGE = '/reports/sql';
const ROWS = '/reports/sql/rows';

describe('the SQL pages', function () {
  this.timeout(60_000);
  let site: HouseSite;
  let analyst: LoggedIn;
  let administrator: LoggedIn;

  const run = async (name: string, args: Record<string, string>): Promise<unknown> => {
    const command = site.house.parts.flatMap((part) => part.commands).find((each) => each.name === name);
    return command?.run({ args, input: (async function* () {})(), emit: async () => {} });
  };

  before(async () => {
    site = await openHouseSite(sqlite);
    const { key, secret } = await site.house.lrs.access.keys.add({ label: 'writer', scopes: ['statements/write'] });
    const statements: object[] = [];
    const people: Parameters<typeof site.house.lrs.directory.upsertAll>[0][number][] = [];
    for (const direction of ['DRH', 'DSIC']) {
      for (let n = 0; n < 25; n++) {
        const actor = {
          objectType: 'Agent' as const,
          account: { homePage: 'https://a.test', name: `${direction}-${n}` },
        };
        people.push({ identifiers: [agentKey(actor) ?? ''], membership: { direction, roles: ['agent'] } });
        for (const timestamp of ['2021-11-02T09:00:00Z', '2021-11-02T09:10:00Z', '2021-11-03T09:00:00Z']) {
          const verb = { id: 'https://verbs.test/did' };
          const context = { contextActivities: { parent: [COURSE] } };
          statements.push({ actor, verb, object: { id: 'https://units.test/one' }, context, timestamp });
        }
      }
    }
    await site.house.lrs.directory.upsertAll(people);
    const stored = await fetch(`${site.origin}/xapi/statements`, {
      method: 'POST',
      headers: {
        Authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
        'X-Experience-API-Version': '1.0.3',
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(statements),
    });
    expect(stored.status).to.equal(200);
    for (const name of ['completion', 'regularity', 'time-on-task', 'hours'])
      await run('report', { name, period: '2021-Q4' });
    analyst = await site.logIn('an analyst', 'DRH', ['analyst']);
    administrator = await site.logIn('an administrator', 'DRH', ['administrator']);
  });
  after(() => site.close());

  const address = (sql: string, more: Record<string, string> = {}): string =>
    `${PAGE}?${new URLSearchParams({ query: sql, lang: 'en', ...more })}`;
  /** The cells of the table of the answer, as text. */
  const cellsOf = (text: string): string[][] => {
    const [, body = ''] = /<table id="answer">.*?<tbody>(.*?)<\/tbody>/s.exec(text) ?? [];
    return [...body.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
      [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = '']) => cell.replace(/<[^>]*>/g, '')),
    );
  };

  it('runs what stands in its address, which a form leads to', async () => {
    const sent = await site.post(PAGE, analyst, { query: 'SELECT 1234.5 AS n,\r\n  42 AS m', chart: 'none' });
    expect(sent.status).to.equal(303);
    expect(sent.location).to.equal('/reports/sql?query=SELECT+1234.5+AS+n%2C%0A++42+AS+m&chart=none');
    const { status, text } = await site.get(`${sent.location}&lang=fr`, analyst);
    expect(status).to.equal(200);
    expect(cellsOf(text)).to.deep.equal([['1\u202f234,5', '42']]);
    expect(text).to.match(/<textarea[^>]*>SELECT 1234.5 AS n,\n {2}42 AS m<\/textarea>/);
  });

  it('has examples that run and give rows', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'livret-sql-'));
    const limits = { milliseconds: 10_000, memory: 256 * 2 ** 20, rows: 1000, bytes: 2 ** 20 };
    for (const over of ['cells', 'rows'] as const) {
      const headers = { Cookie: administrator.cookie };
      const extract = await fetch(`${site.origin}/api/extract/${over}.duckdb`, { headers });
      const file = join(folder, `${over}.duckdb`);
      await writeFile(file, Buffer.from(await extract.arrayBuffer()));
      const instance = await openPublished(file, limits);
      for (const { sql } of EXAMPLES[over]) {
        const lines: string[] = [];
        for await (const line of answer(instance, { sql, limits })) lines.push(line);
        expect(lines.at(-1), sql).to.match(/^\{"end"/);
        expect(lines.length, sql).to.be.greaterThan(2);
        expect(addressOf(over, { sql }), sql).to.be.a('string');
      }
      instance.closeSync();
    }
    await rm(folder, { recursive: true });
  });

  it('notes who asks rows, which a link alone never does', async () => {
    const uses = () => site.house.lrs.store.collection(USES).count();
    const before = await uses();
    const opened = await site.get(`${ROWS}?${new URLSearchParams({ query: 'FROM sessions' })}`, administrator);
    expect(opened.status).to.equal(200);
    expect(opened.text).to.contain('>FROM sessions</textarea>');
    expect(cellsOf(opened.text)).to.deep.equal([]);
    expect(await uses()).to.equal(before);
    await site.post(ROWS, administrator, { query: 'FROM sessions' });
    const file = await site.post(ROWS, administrator, { query: 'SELECT count(*) AS n FROM sessions', format: 'csv' });
    expect(file.text).to.equal('n\r\n100\r\n');
    expect(await uses()).to.equal(before + 2);
  });

  it('shows whoever follows a link what they may see', async () => {
    const link = address("SELECT DISTINCT unnest(directions) AS d FROM cells WHERE breakdown = 'direction' ORDER BY d");
    expect(cellsOf((await site.get(link, administrator)).text)).to.deep.equal([['DRH'], ['DSIC']]);
    const { text } = await site.get(link, analyst);
    expect(cellsOf(text)).to.deep.equal([['DRH']]);
    expect(text).to.not.contain(ROWS);
    for (const role of ['agent', 'tutor', 'correspondent'] as const) {
      expect((await site.get(link, await site.logIn(`the ${role}`, 'DRH', [role]))).status, role).to.equal(403);
    }
    expect((await site.get(ROWS, analyst)).status).to.equal(403);
    expect((await site.post(ROWS, analyst, { query: 'FROM sessions' })).status).to.equal(403);
  });

  it('says in one sentence why a query is refused, and where, and keeps it in its box', async () => {
    const { status, text } = await site.get(address('SELECT 1,\n  nothing FROM cells', { lang: 'fr' }), analyst);
    expect(status).to.equal(422);
    expect(text).to.match(/La base de données refuse cette requête\..*Ligne 2, colonne 3\..*Referenced column/s);
    expect(text).to.match(/<textarea[^>]*>SELECT 1,\n {2}nothing FROM cells<\/textarea>/);
    expect((await site.get(address('SELECT 1; SELECT 2'), analyst)).text).to.contain('A single SELECT statement');
    const nothing = await site.post(PAGE, analyst, { query: ' \r\n ' });
    expect(nothing.status).to.equal(422);
    expect(nothing.text).to.contain('aria-invalid="true"');
  });

  it('asks to come again where too many queries run', async () => {
    const gone = new AbortController();
    const heavy = address('FROM range(1000000000000) ORDER BY 1');
    const headers = { Cookie: analyst.cookie, Accept: 'text/html' };
    const asked = Array.from({ length: 11 }, () =>
      fetch(site.origin + heavy, { headers, signal: gone.signal }).catch(() => undefined),
    );
    const first = await Promise.race(asked);
    expect([first?.status, first?.headers.get('retry-after')]).to.deep.equal([503, '5']);
    expect(await first?.text()).to.contain('Too many queries are running');
    gone.abort();
    await Promise.all(asked);
  });

  it('gives what is too long for an address all the same, and says that it cannot be shared so', async () => {
    const query = `SELECT 1 AS n -- ${'é'.repeat(1000)}`;
    const { status, text } = await site.post(`${PAGE}?lang=en`, analyst, { query });
    expect(status).to.equal(200);
    expect(cellsOf(text)).to.deep.equal([['1']]);
    expect(text).to.contain('too long to fit into an address (4,000 characters, encoded)');
    const file = await site.post(PAGE, analyst, { query, format: 'csv' });
    expect(file.text).to.equal('n\r\n1\r\n');
  });

  it('lets nothing of a query or of its values be markup, or a formula', async () => {
    const evil = '<script>alert(1)</script>';
    const sql = `SELECT '${evil}' AS "${evil}", 1 AS n UNION ALL SELECT '=1+1</textarea>', 2`;
    const { status, text } = await site.get(address(sql), analyst);
    expect(status).to.equal(200);
    expect(text).to.contain('<svg').and.to.not.contain(evil);
    expect(text.match(/<\/textarea>/g)).to.have.length(1);
    const csv = await site.get(address(sql, { format: 'csv' }), analyst);
    expect(csv.text).to.contain("\r\n'=1+1</textarea>;2\r\n");
    const refused = await site.get(address(`SELECT "${evil}"`), analyst);
    expect(refused.status).to.equal(422);
    expect(refused.text).to.not.contain(evil);
  });

  it('draws rows with names and numbers, and nothing where that is not wanted', async () => {
    const sql = "SELECT 'a' AS name, 1.5 AS one, 2 AS two UNION ALL SELECT 'b', 2.5, NULL";
    const drawn = async (chart: string): Promise<boolean> =>
      (await site.get(address(sql, { chart }), analyst)).text.includes('<figure class="livret-chart">');
    expect([await drawn('lines'), await drawn('none')]).to.deep.equal([true, false]);
  });

  it('shows the first rows of many, and refuses a workbook of too many', async () => {
    const sql = 'SELECT range AS n FROM range(30000)';
    const { text } = await site.get(address(sql), analyst);
    expect(cellsOf(text)).to.have.length(200);
    expect(text).to.contain('30,000 rows in').and.to.contain('The first 200 rows are shown');
    const workbook = await site.get(address(sql, { format: 'xlsx' }), analyst);
    expect(workbook.status).to.equal(422);
    expect(workbook.text).to.contain('A workbook holds 20,000 rows and 500,000 cells at most');
    const parquet = await fetch(site.origin + address(sql, { format: 'parquet' }), {
      headers: { Cookie: analyst.cookie },
    });
    expect(parquet.headers.get('content-disposition')).to.match(/^attachment; filename="livret-sql-cells.parquet"/);
    expect(
      Buffer.from(await parquet.arrayBuffer())
        .subarray(0, 4)
        .toString(),
    ).to.equal('PAR1');
  });

  it('shows of wide rows and long texts what a page can hold, and refuses too many columns on every way', async () => {
    const wide = (columns: number): string => `SELECT ${Array(columns).fill('1').join(',')} FROM range(200)`;
    const page = await site.post(`${PAGE}?lang=en`, analyst, { query: wide(1000) });
    expect(cellsOf(page.text).map((row) => row.length)).to.deep.equal(Array(50).fill(100));
    expect(page.text).to.contain('200 rows in').and.to.contain('The first 50 rows are shown');
    expect(page.text).to.contain('The first 100 of 1,000 columns are shown');
    const csv = await site.post(PAGE, analyst, { query: wide(1000), format: 'csv' });
    const [header = '', ...rows] = csv.text.trimEnd().split('\r\n');
    expect([header.split(';').length, rows.length]).to.deep.equal([1000, 200]);
    for (const format of [undefined, 'csv', 'xlsx', 'parquet']) {
      const refused = await site.post(PAGE, analyst, { query: wide(1001), ...(format && { format }) });
      expect(refused.status, format).to.equal(422);
      expect(refused.text, format).to.contain('trop de colonnes');
    }
    const long = await site.get(
      address("SELECT repeat('x', 150000) AS t, ['y' || repeat('y', 1000)] FROM range(100)"),
      analyst,
    );
    expect(long.text.length).to.be.lessThan(500_000);
    expect(cellsOf(long.text)[0]?.[0]).to.equal(`${'x'.repeat(500)}…`);
    expect(cellsOf(long.text)[0]?.[1]).to.match(/^\[(&quot;|")y{498}…$/);
    expect(cellsOf(long.text)).to.have.length(100);
  });

  it('writes files while others are served', async () => {
    const sql = address('SELECT range, range AS a, range AS b, range AS c FROM range(50000)', { format: 'csv' });
    const delays = monitorEventLoopDelay({ resolution: 1 });
    delays.enable();
    const { text } = await site.get(sql, analyst);
    delays.disable();
    expect(text.split('\r\n')).to.have.length(50_002);
    // In this process it took a second and more.
    expect(delays.max / 1e6).to.be.lessThan(500);
  });

  describe('keep a query by name', () => {
    const QUERIES = `${PAGE}/queries`;
    const idIn = (location: string | null): string => new URLSearchParams(location?.split('?')[1]).get('kept') ?? '';

    it('for whoever kept it: it is opened, replaced, renamed and removed', async () => {
      const kept = await site.post(QUERIES, analyst, { act: 'keep', name: 'Ma requête', query: 'SELECT 1 AS n' });
      expect(kept.status).to.equal(303);
      const id = idIn(kept.location);
      const opened = await site.get(kept.location ?? '', analyst);
      expect(opened.location).to.match(/^\/reports\/sql\?query=SELECT\+1\+AS\+n&kept=/);
      const { version } = Object.fromEntries(new URLSearchParams(opened.location?.split('?')[1]));
      const seen = { kept: id, version: version ?? '' };
      expect((await site.get(opened.location ?? '', analyst)).text).to.contain('>Ma requête</a>');
      expect((await site.get(PAGE, administrator)).text).to.not.contain('Ma requête');
      expect((await site.get(`${QUERIES}?id=${id}`, administrator)).status).to.equal(404);
      expect((await site.get(`${PAGE}?kept=${id}`, administrator)).text).to.not.contain('SELECT 1 AS n');

      const changed = await site.get(address('SELECT 2 AS n', seen), analyst);
      expect(changed.text).to.contain('Replace “Ma requête”');
      const replaced = await site.post(QUERIES, analyst, { act: 'replace', ...seen, query: 'SELECT 2 AS n' });
      expect(replaced.status).to.equal(303);
      const stale = await site.post(QUERIES, analyst, { act: 'replace', ...seen, query: 'SELECT 3 AS n' });
      expect(stale.status).to.equal(422);
      expect(stale.text).to.contain('SELECT 3 AS n</textarea>').and.to.contain('dans un autre onglet');
      expect((await site.post(QUERIES, analyst, { act: 'remove', ...seen })).status).to.equal(422);

      const page = (await site.get(`${QUERIES}?id=${id}`, analyst)).text;
      expect(page).to.contain('SELECT 2 AS n');
      const now = { kept: id, version: /name="version" value="(\d+)"/.exec(page)?.[1] ?? '' };
      expect((await site.post(QUERIES, analyst, { act: 'rename', ...now, name: ' ' })).status).to.equal(422);
      expect((await site.post(QUERIES, administrator, { act: 'remove', ...now })).status).to.equal(303);
      expect((await site.get(PAGE, analyst)).text).to.contain('Ma requête');
      const renamed = await site.post(QUERIES, analyst, { act: 'rename', ...now, name: '<b>Autre</b>' });
      expect(renamed.location).to.equal(PAGE);
      const list = (await site.get(PAGE, analyst)).text;
      expect(list).to.contain('&lt;b>Autre&lt;/b>').and.to.not.contain('Ma requête');
      const last =
        /name="version" value="(\d+)"/.exec((await site.get(`${QUERIES}?id=${id}`, analyst)).text)?.[1] ?? '';
      await site.post(QUERIES, analyst, { act: 'remove', kept: id, version: last });
      expect((await site.get(PAGE, analyst)).text).to.not.contain('Autre');
    });

    it('and gives back what cannot be kept, with why at its field', async () => {
      const { status, text } = await site.post(QUERIES, analyst, { act: 'keep', name: '', query: 'SELECT 1' });
      expect(status).to.equal(422);
      expect(text).to.contain('href="#name"').and.to.contain('SELECT 1</textarea>');
      await site.post(QUERIES, analyst, { act: 'keep', name: 'Été', query: 'SELECT 1' });
      const taken = await site.post(QUERIES, analyst, { act: 'keep', name: 'ETE', query: 'SELECT 2' });
      expect(taken.status).to.equal(422);
      expect(taken.text).to.contain('Vous avez déjà une requête de ce nom');
    });
  });
});
