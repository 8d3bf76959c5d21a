import { expect } from 'chai';
import fc from 'fast-check';
import { decodeUtf8, MAX_DEPTH, parseJson } from '../../../lrs/xapi/index.ts';
import { scan } from '../../../lrs/xapi/json-scan.ts';
import { refusalOf } from './samples.ts';

describe('xapi: strict JSON', () => {
  it('gives what JSON.parse gives, for any JSON', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6, noUnicodeString: false }), (text) => {
        expect(parseJson(text).value).to.deep.equal(JSON.parse(text));
      }),
    );
  });

  it('finds each member of each object of a list where it stands, whatever the white space', () => {
    const space = fc.constantFrom('', ' ', '\n', '\t \r');
    const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), { maxLength: 5 });
    fc.assert(
      fc.property(objects, space, (list, gap) => {
        const text = `${gap}${JSON.stringify(list, null, gap)}${gap}`;
        const found = scan(text).objects;
        expect(found.map(({ from, to }) => JSON.parse(text.slice(from, to)))).to.deep.equal(JSON.parse(text));
        for (const { members } of found) {
          for (const { key, from, valueFrom, to } of members) {
            expect(JSON.parse(`{${text.slice(from, to)}}`)).to.have.own.property(key);
            expect(text.slice(valueFrom, to)).to.equal(text.slice(valueFrom, to).trim());
          }
        }
      }),
    );
  });

  it('refuses a key that stands twice, at any depth, and says where', () => {
    const refused = (text: string) => refusalOf(() => parseJson(text));
    expect(refused('{"a":1,"a":1}')).to.include({ code: 'json', pointer: '/a' });
    expect(refused('[1,{"x":[{"a/b":1},{"b":[],"\\u0062":2}]}]').pointer).to.equal('/1/x/1/b');
    expect(refused('{"a":{"p":1,"q":2},"b":{"~/":1,"~/":2}}').pointer).to.equal('/b/~0~1');
    expect(refused('{"a":"}","b":"\\"a\\":","a":3}').pointer).to.equal('/a');
    expect(refused('{"__proto__":1,"__proto__":2}').pointer).to.equal('/__proto__');
  });

  it('refuses what is not JSON without quoting it: it may hold a name', () => {
    for (const text of [
      '',
      '{',
      '{"name":"Jean Dupont" x}',
      '{"name":"Jean Dupont",}',
      "{'name':1}",
      '[1]]',
      '01',
      '"\n"',
      '{"a":NaN}',
    ]) {
      const refusal = refusalOf(() => parseJson(text));
      expect(refusal).to.include({ code: 'json', pointer: '' });
      expect(refusal.message).not.to.contain('Jean');
    }
  });

  it('takes the deepest nesting there may be, refuses one more, and survives half a million', () => {
    const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    expect(() => parseJson(nested(MAX_DEPTH))).not.to.throw();
    for (const text of [nested(MAX_DEPTH + 1), '{"a":'.repeat(500_000), nested(500_000)]) {
      expect(refusalOf(() => parseJson(text)).rule).to.contain('levels deep');
    }
  });

  it('keeps __proto__ as a key like any other', () => {
    const { value } = parseJson('{"x":{"__proto__":{"polluted":true}}}') as { value: { x: object } };
    expect(Object.keys(value.x)).to.deep.equal(['__proto__']);
    expect(({} as { polluted?: boolean }).polluted).to.equal(undefined);
  });

  it('refuses bytes that are not UTF-8, and drops a byte order mark', () => {
    expect(refusalOf(() => decodeUtf8(Uint8Array.of(0x7b, 0xff, 0x7d))).code).to.equal('json');
    expect(refusalOf(() => decodeUtf8(Uint8Array.of(0xed, 0xa0, 0x80))).code).to.equal('json');
    expect(decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d))).to.equal('{}');
  });

  it('knows which numbers a double does not hold, and which it would spell otherwise', () => {
    const numbers = (text: string) => {
      const { exactNumbers, plainNumbers } = scan(text);
      return { exactNumbers, plainNumbers };
    };
    expect(numbers('[1, -2, 0.5, 123456789012345, 0.47200000000000003]')).to.deep.equal({
      exactNumbers: true,
      plainNumbers: true,
    });
    expect(numbers('[1.0]')).to.deep.equal({ exactNumbers: true, plainNumbers: false });
    expect(numbers('{"a":1e2}')).to.deep.equal({ exactNumbers: false, plainNumbers: false });
    expect(numbers('{"a":["12345678901234567890"]}')).to.deep.equal({ exactNumbers: true, plainNumbers: true });
    expect(numbers('{"a":[12345678901234567890]}')).to.deep.equal({ exactNumbers: false, plainNumbers: false });
    expect(scan('[{"a":1},{"a":1e400}]').objects.map((object) => object.exactNumbers)).to.deep.equal([true, false]);
  });
});
