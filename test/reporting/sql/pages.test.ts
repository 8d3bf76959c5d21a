import { expect } from 'chai';
import { agentKey } from '../../../lrs/index.ts';
import { EXAMPLES } from '../../../reporting/sql/pages/examples.ts';
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
    for (const { sql } of EXAMPLES.cells) {
      const { status, text } = await site.get(address(sql), analyst);
      expect(status, sql).to.equal(200);
      expect(cellsOf(text)[0]?.length, sql).to.be.greaterThan(1);
    }
    for (const { sql } of EXAMPLES.rows) {
      const { status, text } = await site.post(ROWS, administrator, { query: sql });
      expect(status, sql).to.equal(200);
      expect(cellsOf(text)[0]?.length, sql).to.be.greaterThan(1);
    }
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
    await site.post(ROWS, administrator, { query: 'FROM sessions', format: 'csv' });
    expect(await uses()).to.equal(before + 2);
  });
});
