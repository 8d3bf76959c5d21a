import { expect } from 'chai';
import { unitsOf } from './units.ts';

const file = (path: string, size = 1_000) => ({ path, size });

describe('the units of a run', () => {
  it('begin with the long files, each by itself, in their order', () => {
    const files = [file('a.test.ts'), file('b.test.ts'), file('c.test.ts')];
    expect(unitsOf(files, ['c.test.ts', 'a.test.ts'])).to.deep.equal([['c.test.ts'], ['a.test.ts'], ['b.test.ts']]);
  });

  it('hold neighbours together, about as much in each', () => {
    const files = [file('b/2', 30_000), file('a/1', 20_000), file('b/1', 30_000), file('c/1', 90_000), file('c/2')];
    expect(unitsOf(files, [])).to.deep.equal([['a/1', 'b/1'], ['b/2'], ['c/1'], ['c/2']]);
  });

  it('do not come about where a long file has gone', () => {
    expect(() => unitsOf([file('a.test.ts')], ['old.test.ts'])).to.throw('not there: old.test.ts');
  });
});
