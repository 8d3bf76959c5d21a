import { expect } from 'chai';
import fc from 'fast-check';
import { hashOf, isSameStatement, type Statement } from '../../../lrs/xapi/index.ts';
import { ALICE, BOB, type Data, ID, read, statement, subStatement } from './samples.ts';

const hash = (value: Data | string): string => {
  const { value: parsed, text } = read(value, { version: '2.0.0' });
  return Buffer.from(hashOf(parsed, text)).toString('hex');
};
const same = (a: Data, b: Data) => expect(hash(a), JSON.stringify([a, b])).to.equal(hash(b));
const differ = (a: Data, b: Data) => expect(hash(a), JSON.stringify([a, b])).not.to.equal(hash(b));
const extension = (json: string): string =>
  JSON.stringify(statement({ result: { extensions: { 'http://x.test/e': '?' } } })).replace('"?"', json);

/** The same JSON value with the keys of every object in another order. */
function shuffled(value: unknown, order: (keys: string[]) => string[]): unknown {
  if (Array.isArray(value)) return value.map((element) => shuffled(element, order));
  if (typeof value !== 'object' || value === null) return value;
  const object = value as Data;
  return Object.fromEntries(order(Object.keys(object)).map((key) => [key, shuffled(object[key], order)]));
}

describe('xapi: equality of statements', () => {
  const anything = fc.dictionary(
    fc.string().map((part) => `http://x.test/${encodeURIComponent(part)}`),
    fc.jsonValue({ maxDepth: 4, noUnicodeString: false }),
  );

  it('does not see the order of keys, nor white space', () => {
    fc.assert(
      fc.property(
        anything,
        fc.infiniteStream(fc.nat()),
        fc.constantFrom('', ' ', '\n\t'),
        (extensions, random, gap) => {
          const one = statement({
            id: ID,
            result: { success: true, extensions },
            context: { extensions },
            timestamp: '2020-01-01T00:00:00Z',
          });
          const shuffle = (keys: string[]) =>
            keys
              .map((key) => ({ key, weight: random.next().value ?? 0 }))
              .sort((a, b) => a.weight - b.weight)
              .map(({ key }) => key);
          const other = shuffled(one, shuffle);
          expect(hash(JSON.stringify(other, null, gap))).to.equal(hash(one));
        },
      ),
    );
  });

  it('sees any difference of values', () => {
    fc.assert(
      fc.property(anything, anything, (a, b) => {
        const equal =
          JSON.stringify(shuffled(a, (keys) => keys.sort())) === JSON.stringify(shuffled(b, (keys) => keys.sort()));
        const hashes = [a, b].map((extensions) => hash(statement({ result: { extensions } })));
        expect(hashes[0] === hashes[1]).to.equal(equal);
      }),
    );
  });

  it('is the same for a text as it came and as it is kept', () => {
    const sent = statement({
      timestamp: '2020-01-01T02:00:00.50+02:00',
      stored: '2021-01-01T00:00:00Z',
      context: { contextActivities: { parent: { id: 'http://x.test/p' } } },
      object: subStatement({ timestamp: '2020-01-01T02:00:00+02:00' }),
      result: { extensions: { 'http://x.test/e': 1.5 } },
    });
    const received = JSON.stringify(sent).replace('1.5', '123456789012345678.50');
    const { text } = read(received, { version: '2.0.0' });
    const hashes = [received, text].map((each) => hashOf(JSON.parse(each) as Statement, each));
    expect(hashes[1]).to.deep.equal(hashes[0]);
  });

  it('leaves out what the LRS sets, display of verbs, definitions and attachments', () => {
    const verb = { id: 'http://example.test/verbs/tried', display: { fr: 'essayé' } };
    const object = { id: 'http://example.test/activities/1', definition: { name: { fr: 'un' } } };
    const attachments = [
      {
        usageType: 'http://x.test/u',
        display: {},
        contentType: 'text/plain',
        length: 1,
        sha2: 'a'.repeat(64),
        fileUrl: 'http://x.test/f',
      },
    ];
    same(
      statement(),
      statement({
        id: ID,
        stored: '2020-01-01T00:00:00Z',
        authority: ALICE,
        version: '1.0.0',
        verb,
        object,
        attachments,
      }),
    );
    same(statement({ object: subStatement() }), statement({ object: subStatement({ verb, object, attachments }) }));
    const context = (definition: Data) => ({
      contextActivities: { parent: [{ id: 'http://x.test/p', ...definition }] },
    });
    same(
      statement({ context: context({}) }),
      statement({ context: context({ definition: { type: 'http://x.test/t' } }) }),
    );
  });

  it('compares timestamps as instants, and counts one that the sender gave', () => {
    const at = (timestamp: string) => statement({ timestamp });
    same(at('2020-01-01T00:00:00Z'), at('2020-01-01T01:00:00.000+01:00'));
    same(at('2019-12-31T23:30:00.5Z'), at('2020-01-01T05:00:00.500+05:30'));
    differ(at('2020-01-01T00:00:00Z'), at('2020-01-01T00:00:00.0001Z'));
    differ(at('2020-01-01T00:00:00Z'), statement());
    same(
      statement({ object: subStatement(at('2020-01-01T00:00:00Z')) }),
      statement({ object: subStatement(at('2020-01-01T01:00:00+01:00')) }),
    );
  });

  it('knows a statement that comes back from where its timestamp was filled in', () => {
    const stored = '2020-01-01T00:00:00.000Z';
    const timed = '12345678901234567890';
    const kept = read(extension(timed));
    const back = (timestamp: string, number = timed) =>
      read(extension(number).replace('{', `{"stored":"${stored}","timestamp":"${timestamp}",`));
    expect(isSameStatement(kept, back('2020-01-01T01:00:00+01:00'))).to.equal(true);
    expect(isSameStatement(kept, back('2020-01-01T00:00:01Z'))).to.equal(false);
    expect(isSameStatement(kept, back(stored, '12345678901234567891'))).to.equal(false);
    expect(isSameStatement(back(stored), kept), 'a timestamp that the sender gave is part of it').to.equal(false);
  });

  it('cuts durations at a hundredth of a second and does not convert them', () => {
    const lasting = (duration: string) => statement({ result: { duration } });
    same(lasting('P1DT12H36M0.12567S'), lasting('P1DT12H36M0.12S'));
    same(lasting('PT0.129S'), lasting('PT0,12S'));
    same(lasting('PT1.001S'), lasting('PT1S'));
    differ(lasting('PT0.13S'), lasting('PT0.12S'));
    differ(lasting('PT60S'), lasting('PT1M'));
  });

  it('sees numbers by value, of whatever size', () => {
    const equal = (a: string, b: string) => expect(hash(extension(a)) === hash(extension(b)));
    for (const [a, b] of [
      ['1', '1.0'],
      ['100', '1e2'],
      ['0.01', '1.00E-2'],
      ['0', '-0.0'],
      ['12345678901234567890', '1234567890123456789e1'],
      ['10', '10.000000000000000000000'],
    ] as const) {
      equal(a, b).to.equal(true, `${a} ${b}`);
    }
    for (const [a, b] of [
      ['12345678901234567890', '12345678901234567891'],
      ['1', '-1'],
      ['0.1', '0.10000000000000000001'],
      ['1e400', '1e401'],
      ['1', '"1"'],
      ['9007199254740993', '9007199254740992'],
    ] as const) {
      equal(a, b).to.equal(false, `${a} ${b}`);
    }
  });

  it('takes hostile numbers in linear time', () => {
    const started = Date.now();
    hash(extension(`1${'0'.repeat(500_000)}1`));
    hash(extension(`1e${'9'.repeat(500_000)}`));
    hash(statement({ timestamp: `2020-01-01T00:00:00.${'0'.repeat(500_000)}1Z` }));
    expect(Date.now() - started).to.be.below(2000);
  });

  it('does not see the case of UUIDs, languages, hashes and mail domains, and does of everything else', () => {
    const context = (value: Data) => statement({ context: value });
    same(context({ registration: ID }), context({ registration: ID.toUpperCase() }));
    same(
      context({ statement: { objectType: 'StatementRef', id: ID } }),
      context({ statement: { objectType: 'StatementRef', id: ID.toUpperCase() } }),
    );
    same(context({ language: 'fr-fr' }), context({ language: 'fr-FR' }));
    const actor = (value: Data) => statement({ actor: value });
    same(actor({ mbox: 'mailto:Ann@Example.Test' }), actor({ mbox: 'mailto:Ann@example.test' }));
    differ(actor({ mbox: 'mailto:Ann@example.test' }), actor({ mbox: 'mailto:ann@example.test' }));
    same(actor({ mbox_sha1sum: 'AB'.repeat(20) }), actor({ mbox_sha1sum: 'ab'.repeat(20) }));
    differ(statement({ object: { id: 'http://x.test/a' } }), statement({ object: { id: 'http://x.test/A' } }));
  });

  it('does not see the order of a group, nor whether a context activity stands in an array; does that of arrays', () => {
    const group = (...member: unknown[]) => statement({ actor: { objectType: 'Group', member } });
    same(group(ALICE, BOB), group(BOB, ALICE));
    differ(group(ALICE, BOB), group(ALICE));
    differ(group(ALICE, ALICE), group(ALICE));
    const p = { id: 'http://x.test/p' };
    const q = { id: 'http://x.test/q' };
    const context = (parent: unknown) => statement({ context: { contextActivities: { parent } } });
    same(context(p), context([p]));
    differ(context([p, q]), context([q, p]));
  });

  it('keeps words out of structure: no text looks like two values', () => {
    differ(JSON.parse(extension('["a,b"]')), JSON.parse(extension('["a","b"]')));
    differ(JSON.parse(extension('{"a":"1"}')), JSON.parse(extension('{"a":1}')));
    differ(JSON.parse(extension('"\\ud800"')), JSON.parse(extension('"\\ufffd"')));
  });
});
