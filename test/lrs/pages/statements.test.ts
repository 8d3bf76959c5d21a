import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { agentFromKey } from '../../../lrs/index.ts';
import { readStatements } from '../../../lrs/xapi/index.ts';
import type { Statement } from '../../../lrs/xapi/types.ts';
import { onEachEngine } from '../../engines/index.ts';
import { type HouseSite, type LoggedIn, openHouseSite } from '../../house/open-house.ts';

const AUTHORITY = { objectType: 'Agent' as const, account: { homePage: 'https://livret.test', name: 'suite' } };
const REGISTRATION = randomUUID();

onEachEngine('the pages of statements', function (engine) {
  this.timeout(30_000);
  let site: HouseSite;
  let root: LoggedIn;
  let ada: LoggedIn;
  const keysOf = async ({ id }: LoggedIn) => (await site.house.lrs.directory.person(id))?.identifiers ?? [];

  const commit = (statements: readonly Statement[]): Promise<void> => receive(JSON.stringify(statements));

  async function receive(text: string): Promise<void> {
    const options = { version: '1.0.3', authority: AUTHORITY, maxStatements: 1000 } as const;
    const read = readStatements(text, options).statements;
    await site.house.lrs.store.commit({
      statements: read.map(({ value: _value, attachments: _attachments, ...rest }) => ({
        ...rest,
        attachments: [],
        defines: true,
      })),
    });
  }

  const did = (key: string, unit: string, more: Partial<Statement> = {}): Statement => ({
    id: randomUUID(),
    actor: agentFromKey(key),
    verb: { id: 'https://verbs.test/did', display: { fr: 'a fait', en: 'did' } },
    object: { id: `https://units.test/${unit}`, definition: { name: { fr: `Unité ${unit}`, en: `Unit ${unit}` } } },
    timestamp: '2026-11-03T08:17:00Z',
    ...more,
  });

  before(async () => {
    site = await openHouseSite(engine);
    root = await site.logIn('Root', 'SG', ['administrator']);
    ada = await site.logIn('Ada', 'DRH');
    const bob = await site.logIn('Bob', 'DRH');
    const [first = ''] = await keysOf(ada);
    const second = 'mbox:mailto:ada@units.test';
    await site.house.lrs.directory.upsert({ identifiers: [first, second] });
    const [bobKey = ''] = await keysOf(bob);
    for (const [index, key] of [first, second, bobKey].entries()) {
      await commit(Array.from({ length: 40 }, (_, n) => did(key, `${index}-${n}`)));
    }
    await commit([
      did(second, 'last', {
        context: { registration: REGISTRATION },
        result: { completion: true, success: true, score: { scaled: 0.42 } },
      }),
    ]);
  });
  after(() => site.close());

  const unitsIn = (text: string): string[] => [...text.matchAll(/Unité ([\w-]+)</g)].map(([, unit = '']) => unit);

  it('list those of one person, under all identifiers, page by page, each once and the newest first', async () => {
    const all: string[] = [];
    let path = `/statements?person=${ada.id}`;
    for (let pages = 1; ; pages += 1) {
      const { status, text } = await site.get(path, root);
      expect(status).to.equal(200);
      all.push(...unitsIn(text));
      const next = /href="(\?[^"]*after=\d+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
      if (next === undefined) {
        expect(pages).to.equal(2);
        break;
      }
      path = `/statements${next}`;
    }
    expect(all).to.have.length(81);
    expect(new Set(all).size).to.equal(81);
    expect([all[0], all.filter((unit) => unit.startsWith('2-'))]).to.deep.equal(['last', []]);
    expect(all.indexOf('1-0')).to.be.lessThan(all.indexOf('0-39'));
  });

  it('note each look in the log, whoever it is of: ids alone', async () => {
    const [shown] = (await site.house.lrs.store.statements.find({ limit: 1 })).statements;
    const looks: [string, string, object][] = [
      ['/statements', 'statements were read', {}],
      ['/statements?after=20', 'statements were read', { after: 20 }],
      [`/statements?person=${ada.id}`, 'statements were read', { person: ada.id }],
      [`/statements?registration=${REGISTRATION}`, 'statements were read', { registration: REGISTRATION }],
      [`/statements/${shown?.id}`, 'a statement was read', { statement: shown?.id }],
    ];
    for (const [path, what, details] of looks) {
      site.told.splice(0);
      expect((await site.get(path, root)).text, path).to.include('consignée au journal');
      expect(site.told, path).to.deep.equal([{ what, details: { ...details, by: root.id } }]);
    }
  });

  it('narrow to a registration, and show one with its text', async () => {
    const { text } = await site.get(`/statements?person=${ada.id}&registration=${REGISTRATION.toUpperCase()}`, root);
    expect(unitsIn(text)).to.deep.equal(['last']);
    expect(text).to.include('achevé, réussi, 42\u00a0%').and.include('3 novembre 2026 à 09:17');
    const id = /href="\/statements\/([\da-f-]{36})"/.exec(text)?.[1];
    const one = await site.get(`/statements/${id}`, root);
    expect([one.status, one.text.includes('0.42')]).to.deep.equal([200, true]);
    expect(unitsIn((await site.get('/statements', root)).text)).to.have.length(50);
  });

  it('show one as it was received, digit by digit', async () => {
    const id = randomUUID();
    const statement = JSON.stringify(
      did((await keysOf(ada))[0] ?? '', 'exact', { id, result: { extensions: { 'https://x.test/n': 1 } } }),
    );
    await receive(statement.replace('/n":1', '/n":12345678901234567890,"https://x.test/m":1.0'));
    const { text } = await site.get(`/statements/${id}`, root);
    expect(text).to.include('n&quot;: 12345678901234567890,').and.include('m&quot;: 1.0\n');
  });

  it('are for administrators: to others they are not even named', async () => {
    for (const role of ['agent', 'tutor', 'correspondent', 'analyst'] as const) {
      const who = await site.logIn(`the ${role}`, 'DRH', [role]);
      expect((await site.get(`/statements?person=${ada.id}`, who)).status, role).to.equal(403);
      expect((await site.get('/', who)).text, role).not.to.include('/statements');
      if (role !== 'agent') expect((await site.get(`/people/${ada.id}`, who)).text, role).not.to.include('/statements');
    }
    expect((await site.get('/', root)).text).to.include('/statements');
    expect((await site.get(`/people/${ada.id}`, root)).text).to.include(`/statements?person=${ada.id}`);
  });

  it('refuse who and what there is not', async () => {
    const status = async (path: string) => (await site.get(path, root)).status;
    expect(await status('/statements?person=nobody')).to.equal(404);
    expect(await status('/statements?registration=x')).to.equal(400);
    expect(await status('/statements?after=x')).to.equal(400);
    expect(await status('/statements/x')).to.equal(404);
    expect(await status(`/statements/${randomUUID()}`)).to.equal(404);
  });

  it('refuse what is repeated, or no parameter of theirs: everybody would be shown', async () => {
    for (const query of [`person[]=${ada.id}`, `person=${ada.id}&person=${root.id}`, `Person=${ada.id}`, 'x=1']) {
      expect((await site.get(`/statements?${query}`, root)).status, query).to.equal(400);
    }
    expect((await site.get(`/statements?person=${ada.id}&lang=en`, root)).status).to.equal(200);
  });

  it('are shown with whatever timestamp the standard takes', async () => {
    const [key = ''] = await keysOf(ada);
    const forms = [
      '2026-11-25T12:17:00+01',
      '2026-11-25T12',
      '20261125T121700Z',
      '2026-11-25T23:59:60Z',
      '2026-11-25T12:17:00,5Z',
    ];
    const made = forms.map((timestamp) => did(key, 'when', { timestamp }));
    await commit(made);
    expect((await site.get('/statements', root)).status).to.equal(200);
    for (const [at, { id = '' }] of made.entries()) {
      const { status, text } = await site.get(`/statements/${id}`, root);
      expect([status, text.includes('25 novembre 2026') || text.includes('26 novembre 2026')], forms[at]).to.deep.equal(
        [200, true],
      );
    }
  });

  it('show the beginning of a text that is very long, and give all of it as a file, as it is stored', async () => {
    const [key = ''] = await keysOf(ada);
    const long = did(key, 'long', { context: { extensions: { 'https://units.test/long': '<'.repeat(1_000_000) } } });
    await commit([long]);
    const page = await site.get(`/statements/${long.id}`, root);
    expect(page.text.length).to.be.lessThan(1_000_000);
    expect(page.text).to.include('200\u202f000 premiers caractères');
    const file = await site.get(`/statements/${long.id}?format=json`, root);
    expect(file.status).to.equal(200);
    expect(JSON.parse(file.text).context).to.deep.equal(long.context);
    expect((await site.get(`/statements/${long.id}?format=csv`, root)).status).to.equal(400);
    expect((await site.get(`/statements/${long.id}?format=json`, ada)).status).to.equal(403);
  });
});
