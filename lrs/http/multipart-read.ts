/**
 * A streaming reader of multipart bodies (RFC 2046 §5.1). Parts come one after the other; the body of each is a stream
 * that has to be read to its end before the next is asked for, and nothing larger than a chunk is held.
 */
import { LivretError } from '../errors.ts';
import { readMediaType } from './media-type.ts';

export interface Part {
  /** Names in lower case. */
  headers: ReadonlyMap<string, string>;
  body: AsyncGenerator<Buffer, void, void>;
}

/** "boundary := 0*69<bchars> bcharsnospace" */
const BOUNDARY = /^[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]$/;
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const MAX_HEADER_BYTES = 16 * 1024;
/** "delimiter … transport-padding": blanks tolerated after a boundary. */
const MAX_PADDING_BYTES = 256;

const malformed = (detail: string): LivretError => new LivretError('request.multipart', { detail });

/**
 * The boundary a Content-Type declares.
 * @throws LivretError request.multipart when there is none, or one that RFC 2046 does not allow
 */
export function boundaryOf(contentType: string): string {
  const boundary = readMediaType(contentType)?.parameters.get('boundary');
  if (boundary === undefined || !BOUNDARY.test(boundary)) {
    throw malformed('The Content-Type does not declare a valid boundary.');
  }
  return boundary;
}

const OPENING = /^--([0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?])\r\n/;
const MAX_OPENING = 74;

/**
 * The boundary a body opens with, and the body again from its start. @xapi/xapi 3.0 under Node posts its attachments as
 * a Blob, for which axios says application/octet-stream: the boundary then stands nowhere but in the body.
 * Gives undefined when the body does not open with a delimiter.
 */
export async function openingBoundary(
  source: AsyncGenerator<Buffer, void, void>,
): Promise<{ boundary: string; source: AsyncGenerator<Buffer, void, void> } | undefined> {
  let start: Buffer = Buffer.alloc(0);
  while (start.length < MAX_OPENING && !start.includes('\r\n')) {
    const { done, value } = await source.next();
    if (done) break;
    start = Buffer.concat([start, value]);
  }
  const boundary = OPENING.exec(start.toString('latin1', 0, MAX_OPENING))?.[1];
  if (boundary === undefined) {
    await source.return();
    return undefined;
  }
  return { boundary, source: rejoined(start, source) };
}

async function* rejoined(start: Buffer, rest: AsyncGenerator<Buffer, void, void>): AsyncGenerator<Buffer, void, void> {
  try {
    yield start;
    yield* rest;
  } finally {
    await rest.return();
  }
}

/**
 * Reads the parts of a multipart body, in order.
 * Throws LivretError request.multipart where the body breaks the rules, a missing closing boundary included.
 */
export async function* readMultipart(
  source: AsyncIterable<Buffer>,
  boundary: string,
): AsyncGenerator<Part, void, void> {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const input = new Input(source);
  try {
    // The first delimiter may stand at the very start, without the line break that belongs to the others.
    input.unread(Buffer.from('\r\n'));
    for await (const _ of input.until(delimiter)) {
      // what precedes the first boundary is "to be ignored"
    }
    while (await atPart(input)) {
      const part: Part = { headers: await readHeaders(input), body: input.until(delimiter) };
      yield part;
      if (input.inside) throw new Error('The body of a part was not read to its end.');
    }
  } finally {
    await input.close();
  }
}

/** After a delimiter: true where another part follows, false at the closing one. */
async function atPart(input: Input): Promise<boolean> {
  if ((await input.peek(2)) === '--') return false;
  for (let padding = 0; padding <= MAX_PADDING_BYTES; padding++) {
    const next = await input.peek(1);
    if (next === '\r') return true;
    if (next !== ' ' && next !== '\t') break;
    input.skip(1);
  }
  throw malformed('A boundary is followed by something else than a line break.');
}

/** Reads the header block, from the line break that ends the delimiter's line. */
async function readHeaders(input: Input): Promise<Map<string, string>> {
  // The line break before the body may belong to the next delimiter already, where a part has no body: it is left there.
  const block = await input.take('\r\n\r\n', MAX_HEADER_BYTES, 2);
  const headers = new Map<string, string>();
  const unfolded = block.replace(/\r\n[ \t]+/g, ' ');
  for (const line of unfolded.split('\r\n')) {
    if (line === '') continue;
    const colon = Math.max(0, line.indexOf(':'));
    const name = line.slice(0, colon).toLowerCase();
    if (!HEADER_NAME.test(name)) throw malformed('A part has a malformed header.');
    if (headers.has(name)) throw malformed(`A part has the header "${name.slice(0, 100)}" twice.`);
    headers.set(name, line.slice(colon + 1).trim());
  }
  return headers;
}

/** What has come of the source and was not consumed yet. */
class Input {
  /** True while the body of a part has been begun and not finished. */
  inside = false;
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#chunks = source[Symbol.asyncIterator]();
  }

  unread(bytes: Buffer): void {
    this.#rest = Buffer.concat([bytes, this.#rest]);
  }

  skip(count: number): void {
    this.#rest = this.#rest.subarray(count);
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  /** The next bytes, as Latin-1, without consuming them. */
  async peek(count: number): Promise<string> {
    while (this.#rest.length < count) await this.#more();
    return this.#rest.toString('latin1', 0, count);
  }

  /** Consumes up to and including the first `keep` bytes less than the end of `mark`; gives the text before the mark. */
  async take(mark: string, limit: number, keep: number): Promise<string> {
    for (;;) {
      const at = this.#rest.indexOf(mark);
      if (at > limit || (at < 0 && this.#rest.length > limit)) throw malformed('A part has too long a header.');
      if (at >= 0) {
        const text = this.#rest.toString('utf8', 0, at);
        this.skip(at + mark.length - keep);
        return text;
      }
      await this.#more();
    }
  }

  /** Streams what comes before the delimiter, and consumes the delimiter. */
  async *until(delimiter: Buffer): AsyncGenerator<Buffer, void, void> {
    this.inside = true;
    while (this.#rest.length < delimiter.length) await this.#more();
    // The line break that ends the headers is not part of the body, unless it opens the delimiter (an empty part).
    if (this.#rest.indexOf(delimiter) !== 0) this.skip(2);
    for (;;) {
      const at = this.#rest.indexOf(delimiter);
      const end = at < 0 ? this.#rest.length - delimiter.length + 1 : at;
      if (end > 0) {
        const piece = this.#rest.subarray(0, end);
        this.skip(end);
        yield piece;
      }
      if (at >= 0) {
        this.skip(delimiter.length);
        this.inside = false;
        return;
      }
      await this.#more();
    }
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#chunks.next();
    if (done) throw malformed('The body ends before its closing boundary.');
    this.#rest = this.#rest.length === 0 ? value : Buffer.concat([this.#rest, value]);
  }
}
