/** From the bytes of a file to the bytes of its text: .gz unpacked, byte order mark taken off. */
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { LivretError } from '../errors.ts';

const GZIP = Buffer.from([0x1f, 0x8b]);
const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const UTF16_MARKS = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

/**
 * The text of a source, unpacked where it is gzip: told by its first bytes, not by a name. Throws `import.source` when
 * the archive is damaged or cut short, or the text is UTF-16.
 */
export async function* unpack(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, void> {
  const { start, all } = await look(source, GZIP.length);
  if (!begins(start, GZIP)) {
    yield* plain(all);
    return;
  }
  // An error of the source itself passes through as it is: only the archive's own become `import.source`.
  const packed = Readable.from(all, { objectMode: false });
  const unpacked = packed.pipe(createGunzip());
  packed.on('error', (error) => unpacked.destroy(error));
  try {
    yield* plain(unpacked);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('Z_')) throw error;
    throw new LivretError('import.source', { detail: 'The .gz file is damaged or cut short.', cause: error });
  }
}

async function* plain(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, void> {
  const { start, all } = await look(source, UTF8_MARK.length);
  if (UTF16_MARKS.some((mark) => begins(start, mark))) {
    throw new LivretError('import.source', { detail: 'The text is UTF-16: JSON is exchanged in UTF-8.' });
  }
  let skip = begins(start, UTF8_MARK) ? UTF8_MARK.length : 0;
  for await (const chunk of all) {
    yield chunk.subarray(skip);
    skip = 0;
  }
}

const begins = (start: Buffer, mark: Buffer): boolean => start.subarray(0, mark.length).equals(mark);

/** The first bytes of a source, and the whole of it. */
async function look(source: AsyncIterable<Uint8Array>, bytes: number) {
  const chunks = source[Symbol.asyncIterator]();
  let start = Buffer.alloc(0);
  while (start.length < bytes) {
    const { done, value } = await chunks.next();
    if (done) break;
    start = Buffer.concat([start, value]);
  }
  async function* all(): AsyncGenerator<Buffer, void, void> {
    try {
      if (start.length > 0) yield start;
      for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield asBuffer(next.value);
    } finally {
      await chunks.return?.();
    }
  }
  return { start, all: all() };
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
