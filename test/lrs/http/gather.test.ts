import { randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { array, assert, constantFrom, property } from 'fast-check';
import { Gathered } from '../../../lrs/http/gather.ts';

describe('pieces put together', () => {
  it('are what was sent, however it was cut', () => {
    const sizes = array(constantFrom(0, 1, 2, 700, 1023, 1024, 1025, 5_000, 40_000), { maxLength: 120 });
    assert(
      property(sizes, (lengths) => {
        const pieces = lengths.map((length) => randomBytes(length));
        const gathered = new Gathered();
        for (const piece of pieces) gathered.add(piece);
        const sent = Buffer.concat(pieces);
        expect(gathered.length).to.equal(sent.length);
        expect(gathered.bytes().equals(sent)).to.equal(true);
      }),
    );
  });

  it('take hardly more memory than they hold, though each is a single byte', () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage: () => void = runInNewContext('gc');
    const memory = (): number => {
      collectGarbage();
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    };
    const bytes = 300_000;
    const before = memory();
    const gathered = new Gathered();
    for (let n = 0; n < bytes; n++) gathered.add(Buffer.from([n & 255]));
    // Kept one by one they are 28 MB.
    expect(memory() - before).to.be.lessThan(4_000_000);
    const whole = gathered.bytes();
    expect(whole.every((byte, n) => byte === (n & 255))).to.equal(true);
    expect(whole).to.have.length(bytes);
  });
});
