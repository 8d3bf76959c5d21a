import { expect } from 'chai';
import { indentJson } from '../../../lrs/xapi/index.ts';

describe('JSON that is indented', () => {
  it('looks as JSON.stringify makes it', () => {
    const values = [
      ...['', 'a "b" \\', '{"a":1, [', null, true, -1.5, {}, [], [[]], [{}]],
      { a: { b: [1, 'x: y', { c: null }], d: {}, e: [] }, f: false },
    ];
    for (const value of values) {
      const looks = JSON.stringify(value, null, 2);
      expect(indentJson(JSON.stringify(value))).to.equal(looks);
      expect(indentJson(indentJson(JSON.stringify(value)))).to.equal(looks);
    }
  });

  it('says what was written: numbers, escapes, and members in their order', () => {
    expect(indentJson('{ "b":12345678901234567890, "1":[1.0,1e2],\r\n\t"e":"\\u00e9\\/" }')).to.equal(
      ['{', '  "b": 12345678901234567890,', '  "1": [', '    1.0,', '    1e2', '  ],', '  "e": "\\u00e9\\/"', '}'].join(
        '\n',
      ),
    );
  });
});
