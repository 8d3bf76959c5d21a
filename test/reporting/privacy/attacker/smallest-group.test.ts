import { expect } from 'chai';
import { smallGroup } from './smallest-group.ts';

const set = (text: string): Set<string> => new Set(text);
const find = (sets: readonly string[], least: number, known = '') =>
  smallGroup({ sets: sets.map(set), personOf: (each) => each, known: (each) => known.includes(each) }, least)?.join('');

describe('the attacker', () => {
  it('subtracts', () => {
    expect(find(['abcde', 'abcd'], 3)).to.equal('e');
    expect(find(['abc', 'def'], 3)).to.equal(undefined);
    expect(find(['abc', 'def'], 4)).to.equal('abc');
    expect(find(['abcdef', 'abc', 'cdef'], 2)).to.equal('c');
  });

  it('combines several sums with any factors', () => {
    // (ab + bc + ca) / 2 − bc = a
    expect(find(['ab', 'bc', 'ca'], 2)).to.equal('a');
    // (abcd + cdef − efab) / 2 = cd
    expect(find(['abcd', 'cdef', 'efab'], 2)).to.equal(undefined);
    expect(find(['abcd', 'cdef', 'efab'], 3)).to.have.length(2);
  });

  it('takes away what somebody knows', () => {
    expect(find(['abcdef'], 3, 'abcd')).to.equal('ef');
    expect(find(['abcdef'], 3, 'abcdef')).to.equal(undefined);
    expect(find(['abcdef', 'abc'], 3, 'abc')).to.equal(undefined);
  });

  it('counts people, not what they did', () => {
    const personOf = (unit: string) => unit.toLowerCase();
    expect(smallGroup({ sets: [set('aAbB'), set('cdef')], personOf }, 3)).to.deep.equal(['a', 'b']);
  });
});
