import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { splitStatements } from '../../../lrs/transfer/split.ts';
import { unpack } from '../../../lrs/transfer/unpack.ts';

async function* inChunks(bytes: Uint8Array, sizes: readonly number[] = [bytes.length]): AsyncGenerator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? bytes.length;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function split(
  source: string | Uint8Array,
  sizes?: readonly number[],
): Promise<{ line: number; text: string }[]> {
  const bytes = typeof source === 'string' ? Buffer.from(source) : source;
  const pieces = [];
  for await (const some of splitStatements(unpack(inChunks(bytes, sizes)))) pieces.push(...some);
  return pieces.map(({ line, text }) => ({ line, text: text.toString('utf8') }));
}

const texts = async (source: string): Promise<string[]> => (await split(source)).map(({ text }) => text);

async function failure(source: string | Uint8Array): Promise<{ code?: string; message: string }> {
  try {
    await split(source);
  } catch (error) {
    return error as Error;
  }
  throw new Error('It was accepted.');
}

describe('cutting a source into statements', () => {
  it('takes JSON lines, a line each, blank ones apart', async () => {
    expect(await split('{"id":1}\n\n  \r\n{"id":2}\r\n{"id":3}')).to.deep.equal([
      { line: 1, text: '{"id":1}' },
      { line: 4, text: '{"id":2}\r' },
      { line: 5, text: '{"id":3}' },
    ]);
  });

  it('lets a broken line spoil no other, wherever it stands', async () => {
    expect(await texts('{"a":\n{"b":2}\n{"c":[}\n{"d":4}')).to.deep.equal(['{"a":', '{"b":2}', '{"c":[}', '{"d":4}']);
  });

  it('takes an array, on one line or on many, with the line each begins on', async () => {
    expect(await split('[\n  {"id":1},\n  {\n    "id": 2\n  }\n]\n')).to.deep.equal([
      { line: 2, text: '{"id":1}' },
      { line: 3, text: '{\n    "id": 2\n  }' },
    ]);
    expect(await texts('[{"a":[{"b":"],}"}]},{"c":1}]')).to.deep.equal(['{"a":[{"b":"],}"}]}', '{"c":1}']);
  });

  it('takes the statements out of a StatementResult, wherever they stand in it', async () => {
    expect(await texts('{"more":"","statements":[{"a":1},{"b":2}]}')).to.deep.equal(['{"a":1}', '{"b":2}']);
    expect(await texts('{\n "statements": [{"a":{"statements":[1]}}],\n "more": "/x?[]"}')).to.deep.equal([
      '{"a":{"statements":[1]}}',
    ]);
  });

  it('takes single statements written over many lines', async () => {
    expect(await texts('{\n  "id": 1\n}\n{\n  "id": 2\n}')).to.deep.equal(['{\n  "id": 1\n}', '{\n  "id": 2\n}']);
  });

  it('gives what is no object as it is, to be refused by itself', async () => {
    expect(await texts('[1, "a,]", null,{"b":2}]')).to.deep.equal(['1', '"a,]"', 'null', '{"b":2}']);
  });

  it('keeps every byte of a statement', async () => {
    const odd = '{"big":12345678901234567890,"e":"\\u00e9é\\"\\\\"  , "n":1.50}';
    expect(await texts(`[ ${odd} ]`)).to.deep.equal([odd]);
  });

  it('unpacks .gz, by its content, several archives in one file included', async () => {
    const packed = Buffer.concat([gzipSync('{"a":1}\n'), gzipSync('{"b":2}\n')]);
    expect((await split(packed)).map(({ text }) => text)).to.deep.equal(['{"a":1}', '{"b":2}']);
  });

  it('takes off a byte order mark, and refuses UTF-16', async () => {
    expect(await texts('\ufeff{"a":1}')).to.deep.equal(['{"a":1}']);
    expect(await failure(Buffer.from('\ufeff{"a":1}', 'utf16le'))).to.include({ code: 'import.source' });
  });

  it('gives nothing for nothing', async () => {
    expect(await texts('')).to.deep.equal([]);
    expect(await texts('\n \n')).to.deep.equal([]);
    expect(await texts('[]')).to.deep.equal([]);
  });

  it('says so when an archive or a document ends too early', async () => {
    const packed = gzipSync(Buffer.from('{"a":1}\n'.repeat(1000)));
    expect(await failure(packed.subarray(0, packed.length - 12))).to.include({ code: 'import.source' });
    expect((await failure('[{"a":1},')).message).to.include('ends too early');
    expect((await failure('{"a":1}}')).message).to.not.equal('');
  });

  it('does not depend on where the chunks end', async () => {
    const json = fc.json({ depthSize: 'small' });
    const document = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ depthSize: 'small' })), { minLength: 1 });
    const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(document, json, sizes, fc.boolean(), async (objects, odd, chunks, pretty) => {
        const expected = objects.map((object) => JSON.stringify(object, undefined, pretty ? 1 : 0));
        const array = await split(`[${expected.join(pretty ? ' ,\n' : ',')}]`, chunks);
        expect(array.map(({ text }) => text)).to.deep.equal(expected);
        const result = await split(`{"x":${odd},"statements":[${expected.join()}],"more":""}`, chunks);
        // A key of the odd value may be "statements" itself: only at the top does it mean anything.
        expect(result.map(({ text }) => text)).to.deep.equal(expected);
      }),
      { numRuns: 200 },
    );
  });
});
