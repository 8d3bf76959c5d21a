import { expect } from 'chai';
import { readStatements, withStored } from '../../../lrs/xapi/index.ts';
import { ALICE, BOB, ID, OPTIONS, OTHER_ID, read, refusalOf, statement, subStatement } from './samples.ts';

const AUTHORITY = '"authority":{"objectType":"Agent","account":{"homePage":"http://lrs.test","name":"key"}}';
const CORE =
  '"actor":{"mbox":"mailto:ann@example.test"},"verb":{"id":"http://example.test/verbs/tried"},"object":{"id":"http://example.test/activities/1"}';

describe('xapi: reading statements', () => {
  it('keeps every byte that came, spelling of numbers included, and adds what is missing at the end', () => {
    const result =
      '"result" : {"score":{"raw":1.0}, "extensions":{"http://x.test/n":[12345678901234567890,1e2,{"__proto__":null}]}}';
    const sent = ` { "id": "${ID}",\n ${result}, ${CORE} }\n`;
    expect(read(sent).text).to.equal(`{ "id": "${ID}",\n ${result}, ${CORE} ,${AUTHORITY},"version":"1.0.0"}`);
  });

  it('takes out stored and authority wherever they stand, with one comma each', () => {
    const stored = '"stored":"2020-01-01T00:00:00Z"';
    const authority = `"authority" : ${JSON.stringify(ALICE)}`;
    const rest = `"id":"${ID}","version":"1.0.1"`;
    const expected = `{${CORE},${rest},${AUTHORITY}}`;
    for (const sent of [
      `{${stored},${authority},${CORE},${rest}}`,
      `{${CORE},${rest},${stored},${authority}}`,
      `{${authority},${CORE},${rest},${stored}}`,
      `{${CORE},${stored},${authority},${rest}}`,
    ]) {
      expect(read(sent).text).to.equal(expected);
    }
  });

  it('gives text and value that say the same', () => {
    for (const version of ['1.0.3', '2.0.0'] as const) {
      const sent = statement({
        stored: '2020-01-01T00:00:00Z',
        timestamp: '2020-01-01T02:00:00.5+02:00',
        context: { contextActivities: { parent: { id: 'http://x.test/p' }, other: [{ id: 'http://x.test/o' }] } },
        object: subStatement({
          timestamp: '2020-01-01T02:00:00+02:00',
          context: { contextActivities: { category: { id: 'http://x.test/c' } } },
        }),
      });
      const { text, value } = read(sent, { version });
      expect(JSON.parse(text)).to.deep.equal(value);
    }
  });

  it('turns single context activities into arrays and leaves the bytes inside alone', () => {
    const context =
      '"context":{"contextActivities":{"parent": {"id":"http://x.test/p" } ,"other":[{"id":"http://x.test/o"}]}}';
    const listed = context.replace('{"id":"http://x.test/p" }', '[{"id":"http://x.test/p" }]');
    expect(read(`{${CORE},"id":"${ID}","version":"1.0.0",${context}}`).text).to.contain(listed);
  });

  it('writes timestamps in UTC under 2.0, to the last digit, and leaves them as they came under 1.0.3', () => {
    const sent = statement({ timestamp: '2021-11-30T01:09:00.867219+02:00' });
    expect(read(sent, { version: '2.0.0' }).text).to.contain('"timestamp":"2021-11-29T23:09:00.867219Z"');
    expect(read(sent).text).to.contain('"timestamp":"2021-11-30T01:09:00.867219+02:00"');
    const inner = statement({ object: subStatement({ timestamp: '2020-01-01T00:30:00-01:00' }) });
    expect(read(inner, { version: '2.0.0' }).text).to.contain('"timestamp":"2020-01-01T01:30:00Z"');
  });

  it('sets the version that stands for the request, and keeps one that came', () => {
    expect(read(statement()).value.version).to.equal('1.0.0');
    expect(read(statement(), { version: '2.0.0' }).value.version).to.equal('2.0.0');
    expect(read(statement({ version: '1.0.9' }), { version: '2.0.0' }).value.version).to.equal('1.0.9');
  });

  it('takes the id that came, that of the request, or makes one', () => {
    const upper = ID.toUpperCase();
    expect(read(statement({ id: upper }))).to.have.property('id', ID);
    expect(read(statement({ id: upper })).text).to.contain(`"id":"${upper}"`);
    expect(read(statement({ id: upper }), { id: ID })).to.have.property('id', ID);
    expect(read(statement(), { id: upper }).value.id).to.equal(ID);
    const made = read(statement());
    expect(made.id).to.match(/^[0-9a-f-]{36}$/);
    expect(made.value.id).to.equal(made.id);
    expect(read(statement()).id).not.to.equal(made.id);
    expect(refusalOf(() => read(statement({ id: ID }), { id: OTHER_ID }))).to.include({
      code: 'statement',
      pointer: '/id',
    });
    expect(refusalOf(() => read([statement()], { id: ID })).code).to.equal('statement');
  });

  it('reads lists, empty ones too; a bad statement refuses them all and is pointed to', () => {
    expect(readStatements('[]', OPTIONS)).to.deep.equal({ statements: [], batch: true });
    expect(readStatements(Buffer.from(JSON.stringify([statement(), statement()])), OPTIONS).statements).to.have.length(
      2,
    );
    const sent = [statement(), statement({ actor: 'Ann' })];
    expect(refusalOf(() => read(sent))).to.include({ code: 'statement', pointer: '/1/actor' });
  });

  it('refuses one id twice in a batch, whatever its case, and more statements than allowed', () => {
    const sent = [statement({ id: ID }), statement(), statement({ id: ID.toUpperCase() })];
    expect(refusalOf(() => read(sent))).to.include({ code: 'duplicateId', pointer: '/2/id' });
    expect(refusalOf(() => read(sent, { maxStatements: 2 })).code).to.equal('tooMany');
  });

  it('says what a statement refers to, and whether it voids', () => {
    const object = { objectType: 'StatementRef', id: ID.toUpperCase() };
    expect(read(statement({ object }))).to.include({ refersTo: ID, voids: false });
    const voiding = { id: 'http://adlnet.gov/expapi/verbs/voided' };
    expect(read(statement({ verb: voiding, object }))).to.include({ refersTo: ID, voids: true });
    expect(read(statement({ object: subStatement({ verb: voiding, object }) })).voids).to.equal(false);
    expect(read(statement())).not.to.have.property('refersTo');
  });

  it('collects definitions and attachments, those of a SubStatement too', () => {
    const activity = (n: number) => ({ id: `http://x.test/${n}`, definition: { name: { fr: `n${n}` } } });
    const attachment = (n: number) => ({
      usageType: 'http://x.test/usage',
      display: { fr: 'pièce' },
      contentType: 'text/plain',
      length: n,
      sha2: String(n).repeat(64),
    });
    const sent = statement({
      context: { contextActivities: { parent: activity(1), other: [{ id: 'http://x.test/0' }, activity(2)] } },
      object: subStatement({
        object: activity(3),
        context: { contextActivities: { category: [activity(4)] } },
        attachments: [attachment(2)],
      }),
      attachments: [attachment(1)],
    });
    const { definitions, attachments } = read(sent);
    expect(definitions.map(({ id }) => id.slice(-1))).to.deep.equal(['1', '2', '3', '4']);
    expect(attachments.map(({ length }) => length)).to.deep.equal([1, 2]);
  });

  it('is completed by stored, and by timestamp where the sender gave none', () => {
    const time = Date.UTC(2024, 0, 2, 3, 4, 5, 6);
    const complete = ({ text, hasTimestamp }: { text: string; hasTimestamp: boolean }) =>
      JSON.parse(Buffer.from(withStored(Buffer.from(text), time, hasTimestamp)).toString());
    expect(complete(read(statement({ actor: { ...BOB, name: 'Zoé' } })))).to.include({
      stored: '2024-01-02T03:04:05.006Z',
      timestamp: '2024-01-02T03:04:05.006Z',
    });
    expect(complete(read(statement({ timestamp: '2020-01-01T00:00:00Z' })))).to.include({
      stored: '2024-01-02T03:04:05.006Z',
      timestamp: '2020-01-01T00:00:00Z',
    });
  });
});
