import { expect } from 'chai';
import fc from 'fast-check';
import { afterPrefix, indexKey } from '../../../lrs/store/index-key.ts';
import type { IndexValue } from '../../../lrs/store/store.ts';

const value = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double({ noNaN: true }),
  fc.integer(),
  fc.string({ unit: fc.constantFrom('a', 'b', '\0', '\u0001', 'é', '\u{1f600}'), maxLength: 4 }),
);

const rank = (each: IndexValue): number =>
  each === null ? 0 : typeof each === 'boolean' ? 1 : typeof each === 'number' ? 2 : 3;

function compare(a: IndexValue, b: IndexValue): number {
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return Number(a) - Number(b) || 0;
}

describe('index keys', () => {
  it('sort as the values do, field after field', () => {
    fc.assert(
      fc.property(fc.tuple(value, value), fc.tuple(value, value), (a, b) => {
        const wanted = compare(a[0], b[0]) || compare(a[1], b[1]);
        expect(Math.sign(Buffer.compare(indexKey(a), indexKey(b)))).to.equal(Math.sign(wanted));
      }),
      { numRuns: 2_000 },
    );
  });

  it('the range of a prefix holds the keys that begin with those values, and no others', () => {
    fc.assert(
      fc.property(value, value, value, (first, other, second) => {
        const key = indexKey([other, second]);
        const prefix = indexKey([first]);
        const inside = Buffer.compare(key, prefix) >= 0 && Buffer.compare(key, afterPrefix(prefix)) < 0;
        expect(inside).to.equal(compare(first, other) === 0);
      }),
      { numRuns: 2_000 },
    );
  });
});
