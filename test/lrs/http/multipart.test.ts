import { expect } from 'chai';
import fc from 'fast-check';
import { boundaryOf, readMultipart } from '../../../lrs/http/multipart-read.ts';
import { newBoundary, writeMultipart } from '../../../lrs/http/multipart-write.ts';

interface Plain {
  headers: Record<string, string>;
  body: string;
}

/** Cuts bytes into chunks of a size, as a slow network might. */
async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
}

async function read(body: string | Uint8Array, boundary: string, size = 7): Promise<Plain[]> {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'latin1') : body;
  const parts: Plain[] = [];
  for await (const part of readMultipart(chunked(bytes, size), boundary)) {
    const chunks: Buffer[] = [];
    for await (const chunk of part.body) chunks.push(chunk);
    parts.push({ headers: Object.fromEntries(part.headers), body: Buffer.concat(chunks).toString('latin1') });
  }
  return parts;
}

async function refusal(body: string): Promise<string> {
  try {
    await read(body, 'b');
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'taken';
}

describe('multipart bodies', () => {
  it('are read part by part, whatever the chunks', async () => {
    const body = [
      'a preamble to be ignored',
      '--b \t',
      'Content-Type: application/json',
      'X-Folded: one',
      ' two',
      '',
      '{"a":1}',
      '--b',
      '',
      'no headers, and -- or \r\n--x inside',
      '--b--',
      'an epilogue',
    ].join('\r\n');
    const expected = [
      { headers: { 'content-type': 'application/json', 'x-folded': 'one two' }, body: '{"a":1}' },
      { headers: {}, body: 'no headers, and -- or \r\n--x inside' },
    ];
    for (let size = 1; size <= body.length; size++) expect(await read(body, 'b', size)).to.deep.equal(expected);
  });

  it('may begin with the boundary, and have parts without a body', async () => {
    expect(await read('--b\r\nA: 1\r\n\r\n\r\n--b\r\nA: 2\r\n\r\n--b--', 'b')).to.deep.equal([
      { headers: { a: '1' }, body: '' },
      { headers: { a: '2' }, body: '' },
    ]);
  });

  it('come back as they were written', async () => {
    const bodies = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(bodies, fc.integer({ min: 1, max: 100 }), async (contents, size) => {
        const boundary = newBoundary();
        const chunks: Uint8Array[] = [];
        const parts = contents.map((body, n) => ({ headers: { 'X-Number': String(n) }, body: [body] }));
        for await (const chunk of writeMultipart(boundary, parts)) chunks.push(chunk);
        const back = await read(Buffer.concat(chunks), boundary, size);
        expect(back.map(({ body }) => body)).to.deep.equal(
          contents.map((body) => Buffer.from(body).toString('latin1')),
        );
        expect(back.map(({ headers }) => headers['x-number'])).to.deep.equal(contents.map((_, n) => String(n)));
      }),
      { numRuns: 100 },
    );
  });

  it('have a boundary of letters, digits and hyphens when they are ours', () => {
    expect(newBoundary()).to.match(/^[A-Za-z0-9-]{1,70}$/);
  });

  it('never let a header of ours be broken by what somebody stored', async () => {
    const chunks: Uint8Array[] = [];
    const parts = [{ headers: { 'Content-Type': 'text/plain\r\nX-Injected: yes' }, body: [Buffer.from('x')] }];
    for await (const chunk of writeMultipart('b', parts)) chunks.push(chunk);
    const [part] = await read(Buffer.concat(chunks), 'b');
    expect(part?.headers).to.deep.equal({ 'content-type': 'text/plain X-Injected: yes' });
  });

  for (const [what, body] of Object.entries({
    'without any boundary': 'Content-Type: application/json\r\n\r\n{}',
    'without a closing boundary': '--b\r\nA: 1\r\n\r\nbody',
    'that stop inside the headers': '--b\r\nA: 1',
    'with text after a boundary': '--b\r\nA: 1\r\n\r\nbody\r\n--bc\r\n',
    'with a line that is no header': '--b\r\nnot a header\r\n\r\nbody\r\n--b--',
    'with a header twice': '--b\r\nA: 1\r\na: 2\r\n\r\nbody\r\n--b--',
    'with endless headers': `--b\r\nA: ${'x'.repeat(20_000)}\r\n\r\nbody\r\n--b--`,
    'with endless blanks after a boundary': `--b${' '.repeat(2_000)}\r\nA: 1\r\n\r\nbody\r\n--b--`,
  })) {
    it(`are refused ${what}`, async () => {
      expect(await refusal(body)).to.equal('request.multipart');
    });
  }

  it('take their boundary from the Content-Type, quoted or not', () => {
    expect(boundaryOf('multipart/mixed; boundary=abc')).to.equal('abc');
    expect(boundaryOf('Multipart/Mixed; charset=x;  Boundary="abcABC0123\'()+_,-./:=?"')).to.equal(
      "abcABC0123'()+_,-./:=?",
    );
    for (const header of [
      'multipart/mixed',
      'multipart/mixed;',
      'multipart/mixed; boundary=',
      'multipart/mixed; boundary="é"',
    ]) {
      expect(() => boundaryOf(header), header)
        .to.throw()
        .with.property('code', 'request.multipart');
    }
    expect(() => boundaryOf(`multipart/mixed; boundary=${'x'.repeat(71)}`)).to.throw();
  });
});
