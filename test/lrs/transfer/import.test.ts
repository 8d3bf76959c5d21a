import { expect } from 'chai';
import { onEachEngine } from '../../engines/index.ts';
import { openSite, type Site, statement, uuid } from './site.ts';

onEachEngine('importing statements', (engine) => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite(engine);
  });
  afterEach(() => site.close());

  const stored = async (id: string) =>
    JSON.parse(Buffer.from((await site.store.statements.get(id))?.text ?? '').toString());

  it('stores them, and finds them there when it is run again', async () => {
    const file = Array.from({ length: 1203 }, (_, n) => statement(uuid(n))).join('\n');
    expect((await site.import(file)).result).to.deep.equal({ read: 1203, stored: 1203, same: 0, refused: 0 });
    expect((await site.import(file)).result).to.deep.equal({ read: 1203, stored: 0, same: 1203, refused: 0 });
    expect(await site.store.statements.count()).to.equal(1203);
  });

  it('gives a statement without an id the same one each time', async () => {
    const file = [1, 2].map((n) => statement(uuid(n)).replace(/"id":"[^"]*",/, '')).join('\n');
    const different = `${file}\n${statement(uuid(3), { result: { success: true } }).replace(/"id":"[^"]*",/, '')}`;
    expect((await site.import(file)).result).to.deep.equal({ read: 2, stored: 1, same: 1, refused: 0 });
    expect((await site.import(different)).result).to.deep.equal({ read: 3, stored: 1, same: 2, refused: 0 });
  });

  it('goes on where a run that broke off had come to', async () => {
    const file = Array.from({ length: 700 }, (_, n) => statement(uuid(n))).join(',');
    try {
      await site.import(`[${file},`);
      expect.fail('It was accepted.');
    } catch (error) {
      expect(error).to.include({ code: 'import.source' });
    }
    expect((await site.import(`[${file}]`)).result).to.deep.equal({ read: 700, stored: 0, same: 700, refused: 0 });
  });

  it('lets a statement that is refused take none of its neighbours along, and says where and why', async () => {
    await site.import(statement(uuid(1)));
    const { result, lines } = await site.import(
      [
        statement(uuid(2)),
        statement(uuid(1), { result: { success: true } }),
        statement(uuid(3), { verb: { id: 'no IRI' } }),
        '{"id": ',
        '[]',
        statement(uuid(4)),
      ].join('\n'),
    );
    expect(result).to.deep.equal({ read: 6, stored: 2, same: 0, refused: 4 });
    const reasons = (lines as { line: number; code: string; pointer: string | null }[])
      .map(({ line, code, pointer }) => [line, code, pointer])
      .sort();
    expect(reasons).to.deep.equal([
      [2, 'statement.conflict', null],
      [3, 'statement.invalid', '/verb/id'],
      [4, 'request.json', ''],
      [5, 'request.json', null],
    ]);
  });

  it('takes one of two different statements of one id, and one of two equal ones', async () => {
    const { result } = await site.import(
      [statement(uuid(1)), statement(uuid(1), { result: { success: true } }), statement(uuid(1))].join('\n'),
    );
    expect(result).to.deep.equal({ read: 3, stored: 1, same: 1, refused: 1 });
  });

  it('keeps numbers that a program would round', async () => {
    const big = '"https://example.org/n":12345678901234567890.10';
    const text = statement(uuid(1), { result: { extensions: {} } }).replace('"extensions":{}', `"extensions":{${big}}`);
    await site.import(text);
    expect((await site.export())[0]).to.include(big);
  });

  it('says by whom they were brought in; of a trusted source, who had written them', async () => {
    const authority = { objectType: 'Agent', mbox: 'mailto:lrs@example.org' };
    await site.import(statement(uuid(1), { authority, stored: '2001-01-01T00:00:00Z' }));
    await site.import(statement(uuid(2), { authority }), { trusted: true });
    expect((await stored(uuid(1))).authority.account.name).to.equal('console');
    expect((await stored(uuid(1))).stored).to.not.match(/^2001/);
    expect((await stored(uuid(2))).authority).to.deep.equal(authority);
    const forged = await site.import(statement(uuid(3), { authority: { mbox: 'nobody' } }), { trusted: true });
    expect(forged.result).to.include({ refused: 1 });
  });

  it('reads each by the rules of its own version', async () => {
    const context = { contextAgents: [{ objectType: 'contextAgent', agent: { mbox: 'mailto:b@example.org' } }] };
    const { result, lines } = await site.import(
      [statement(uuid(1), { version: '2.0.0', context }), statement(uuid(2), { version: '1.0.3', context })].join('\n'),
    );
    expect(result).to.include({ stored: 1, refused: 1 });
    expect(lines[0]).to.include({ line: 2, code: 'statement.invalid' });
  });

  it('does not pretend to have the contents of attachments that a file cannot hold', async () => {
    const attachments = [
      {
        usageType: 'https://example.org/u',
        display: { en: 'a' },
        contentType: 'text/plain',
        length: 1,
        sha2: 'a'.repeat(64),
      },
    ];
    const text = statement(uuid(1), { attachments });
    const first = await site.import(text);
    expect(first.result).to.include({ stored: 0, refused: 1 });
    expect(first.lines[0]).to.include({ code: 'statement.attachment', line: 1 });
    expect((await site.import(text, { withoutContents: true })).result).to.include({ stored: 1, refused: 0 });
  });
});

onEachEngine('exporting statements', (engine) => {
  let site: Site;
  before(async () => {
    site = await openSite(engine);
    const lines = Array.from({ length: 1100 }, (_, n) => statement(uuid(n)));
    lines.push(
      statement(uuid(2000), { verb: { id: 'http://adlnet.gov/expapi/verbs/passed' } }).replace(/,/g, ',\r\n  '),
    );
    await site.import(`[${lines.join(',')}]`);
  });
  after(() => site.close());

  const ids = (texts: string[]) => texts.map((text) => JSON.parse(text).id);

  it('gives everything, page after page, newest first or oldest first', async () => {
    const down = ids(await site.export());
    expect(new Set(down).size).to.equal(1101);
    expect(ids(await site.export('ascending=true'))).to.deep.equal(down.reverse());
  });

  it('filters as GET /statements does, and limits over all pages', async () => {
    expect(ids(await site.export('verb=http://adlnet.gov/expapi/verbs/passed'))).to.deep.equal([uuid(2000)]);
    expect(await site.export('limit=700')).to.have.length(700);
    expect(await site.export('agent={"mbox":"mailto:nobody@example.org"}')).to.deep.equal([]);
  });

  it('gives one line a statement, whatever line breaks it came with', async () => {
    for (const text of await site.export()) expect(text).to.not.match(/[\r\n]/);
  });

  it('refuses what GET would refuse', async () => {
    for (const query of ['verb=nothing', 'agent={}', 'statementId=x', 'Verb=http://example.org/v']) {
      try {
        await site.export(query);
        expect.fail(`${query} was accepted.`);
      } catch (error) {
        expect((error as Error).message).to.match(/parameter|UUID/i);
      }
    }
  });

  it('gives what another store takes as it is', async () => {
    const other = await openSite(engine);
    try {
      const { result } = await other.import((await site.export('ascending=true')).join('\n'));
      expect(result).to.deep.equal({ read: 1101, stored: 1101, same: 0, refused: 0 });
    } finally {
      await other.close();
    }
  });
});
