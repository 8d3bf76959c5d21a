import { expect } from 'chai';
import { closingLines } from './tally.ts';

describe('the closing lines of a run', () => {
  const good = { passed: 3, failed: [], skipped: [], seconds: {} };

  it('count what all processes did, repeat what failed, and end with the line that CI looks for', () => {
    const lines = closingLines([good, { ...good, passed: 4, failed: ['one\nError: 1', 'two\nError: 2'] }]);
    expect(lines).to.deep.equal(['FAILED: one\nError: 1\n', 'FAILED: two\nError: 2\n', '7 passed, 2 failed']);
  });

  it('say once what each of them skipped', () => {
    expect(
      closingLines([
        { ...good, skipped: ['no MongoDB'] },
        { ...good, skipped: ['no MongoDB'] },
      ]),
    ).to.deep.equal(['SKIPPED: no MongoDB', '1 SKIPPED: this run does not cover everything.', '6 passed, 0 failed']);
  });

  it('count a process that broke off as a failure', () => {
    const lines = closingLines([good, undefined]);
    expect(lines).to.have.length(2);
    expect(lines.at(-1)).to.equal('3 passed, 1 failed');
  });

  it('begin with the files that took longest', () => {
    const lines = closingLines([
      { ...good, seconds: { 'a.test.ts': 1.25, 'b.test.ts': 30 } },
      { ...good, seconds: { 'c.test.ts': 2 } },
    ]);
    expect(lines.slice(0, 3)).to.deep.equal(['  30.0 s  b.test.ts', '   2.0 s  c.test.ts', '   1.3 s  a.test.ts']);
  });
});
