/** Cuts a text into statements: JSON lines, or a JSON document. */
import { DocumentSplitter } from './document.ts';
import { checkSize, type Piece } from './piece.ts';

const LINE_BREAK = 0x0a;
/** How much of the text is looked at to tell what it is. */
const SAMPLE = 1024 * 1024;

/**
 * The statements of a text, in order, some at a time. A line of JSON lines that is broken spoils no other; in a document
 * nothing after a broken place can be told apart any more. Throws `import.source`.
 */
export async function* splitStatements(text: AsyncIterable<Buffer>): AsyncGenerator<Piece[], void, void> {
  let splitter: LineSplitter | DocumentSplitter | undefined;
  let sample = Buffer.alloc(0);
  for await (const chunk of text) {
    if (splitter !== undefined) {
      yield splitter.push(chunk);
      continue;
    }
    sample = Buffer.concat([sample, chunk]);
    splitter = chooseSplitter(sample, sample.length >= SAMPLE);
    if (splitter !== undefined) yield splitter.push(sample);
  }
  if (splitter === undefined) {
    splitter = chooseSplitter(sample, true) ?? new LineSplitter();
    yield splitter.push(sample);
  }
  yield splitter.end();
}

/** Undefined while more of the text is needed to tell; `enough` when there is no more to wait for. */
function chooseSplitter(sample: Buffer, enough: boolean): LineSplitter | DocumentSplitter | undefined {
  const start = sample.toString('utf8', 0, 1024).trimStart();
  if (start.startsWith('[') || /^\{\s*"(statements|more)"\s*:/.test(start)) return new DocumentSplitter();
  const lines = sample.toString('utf8').split('\n');
  // The last line is only known to be whole when nothing follows.
  const whole = (enough ? lines : lines.slice(0, -1)).map((line) => line.trim()).filter((line) => line !== '');
  for (const line of whole.slice(0, 2)) {
    const kind = kindOf(line);
    if (kind !== 'broken') return kind === 'statement' ? new LineSplitter() : new DocumentSplitter();
  }
  // Two lines that mean nothing by themselves: a document written over many.
  return enough || whole.length > 1 ? new DocumentSplitter() : undefined;
}

/** What a line is by itself. */
function kindOf(line: string): 'statement' | 'result' | 'broken' {
  try {
    const value: unknown = line.startsWith('{') ? JSON.parse(line) : undefined;
    if (typeof value !== 'object' || value === null) return 'broken';
    return 'statements' in value ? 'result' : 'statement';
  } catch {
    return 'broken';
  }
}

class LineSplitter {
  #rest: Buffer[] = [];
  #length = 0;
  #line = 0;

  push(chunk: Buffer): Piece[] {
    const pieces: Piece[] = [];
    let from = 0;
    for (let to = chunk.indexOf(LINE_BREAK); to >= 0; to = chunk.indexOf(LINE_BREAK, from)) {
      this.#gather(chunk.subarray(from, to));
      this.#finish(pieces);
      from = to + 1;
    }
    this.#gather(chunk.subarray(from));
    return pieces;
  }

  end(): Piece[] {
    const pieces: Piece[] = [];
    this.#finish(pieces);
    return pieces;
  }

  #gather(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#rest.push(bytes);
    this.#length += bytes.length;
    checkSize(this.#length, this.#line + 1);
  }

  #finish(pieces: Piece[]): void {
    this.#line++;
    const text = this.#rest.length === 1 && this.#rest[0] ? this.#rest[0] : Buffer.concat(this.#rest);
    this.#rest = [];
    this.#length = 0;
    if (!isBlank(text)) pieces.push({ line: this.#line, text });
  }
}

const isBlank = (text: Buffer): boolean => text.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
