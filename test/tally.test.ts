import { expect } from 'chai';
import { closingLines } from './tally.ts';

describe('the closing lines of a run', () => {
  const good = { passed: 3, failed: 0, skipped: [] };

  it('count what all processes did, and end with the line that CI looks for', () => {
    expect(closingLines([good, { passed: 4, failed: 2, skipped: [] }])).to.deep.equal(['7 passed, 2 failed']);
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
});
