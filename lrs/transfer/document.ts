/**
 * Cuts a JSON document into its statements without parsing it: the elements of an array, the elements of `statements` of
 * a StatementResult, or single statements one after the other. The bytes of each stay as they are, so big numbers do too.
 */
import { LivretError } from '../errors.ts';
import { checkSize, type Piece } from './piece.ts';

const LINE_BREAK = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Takes the document chunk by chunk; gives the statements that have become complete. */
export class DocumentSplitter {
  #rest: Buffer = Buffer.alloc(0);
  /** Where in `#rest` the reading stands, and where the piece being gathered begins; -1 between pieces. */
  #at = 0;
  #from = -1;
  #line = 1;
  #pieceLine = 1;
  #depth = 0;
  /** Depth at which statements stand: 0, 1 inside an array, 2 inside a StatementResult's. */
  #level = 0;
  #inString = false;
  #stringFrom = 0;
  /** The last string at depth 1 of an object, which is a key if a colon follows. */
  #lastString = '';
  #key = '';
  /** True inside a StatementResult, outside of its statements. */
  #inResult = false;

  push(chunk: Buffer): Piece[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const pieces: Piece[] = [];
    while (this.#at < this.#rest.length) this.#step(pieces);
    this.#forget();
    return pieces;
  }

  /** What is left at the end: nothing, or a statement that was cut off. */
  end(): Piece[] {
    const pieces: Piece[] = [];
    if (this.#from >= 0) this.#finish(pieces);
    else if (this.#depth > 0) throw this.#broken('ends too early');
    return pieces;
  }

  #step(pieces: Piece[]): void {
    const byte = this.#rest[this.#at] ?? 0;
    if (byte === LINE_BREAK) this.#line++;
    if (this.#inString) {
      this.#stepString(byte, pieces);
      return;
    }
    const outside = this.#depth === this.#level && !this.#inResult;
    if (outside && (isSpace(byte) || byte === COMMA || byte === CLOSE_ARRAY)) {
      // Also ends a number or a word, which is no statement but has to be refused by itself.
      if (this.#from >= 0) this.#finish(pieces);
      if (byte === CLOSE_ARRAY) this.#leaveArray();
      this.#at++;
      return;
    }
    if (outside && byte === OPEN_ARRAY && this.#depth === 0 && this.#from < 0) {
      this.#depth = this.#level = 1;
      this.#at++;
      return;
    }
    if (outside && this.#from < 0) {
      this.#from = this.#at;
      this.#pieceLine = this.#line;
    }
    this.#stepToken(byte, pieces);
  }

  #stepToken(byte: number, pieces: Piece[]): void {
    if (byte === QUOTE) {
      this.#inString = true;
      this.#stringFrom = this.#at;
    } else if (byte === COLON && this.#depth === 1) {
      this.#key = this.#lastString;
    } else if (byte === OPEN_ARRAY && this.#depth === 1 && this.#level === 0 && this.#key === 'statements') {
      this.#depth = this.#level = 2;
      this.#from = -1;
      this.#inResult = false;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      this.#depth++;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      this.#depth--;
      if (this.#depth < 0) throw this.#broken('has a bracket too many');
      if (this.#inResult && this.#depth === 0) this.#inResult = false;
      else if (this.#depth === this.#level && this.#from >= 0) {
        this.#at++;
        this.#finish(pieces);
        return;
      }
    }
    this.#at++;
  }

  #stepString(byte: number, pieces: Piece[]): void {
    if (byte === BACKSLASH) {
      if (this.#rest[this.#at + 1] === LINE_BREAK) this.#line++;
      this.#at += 2;
      return;
    }
    this.#at++;
    if (byte !== QUOTE) return;
    this.#inString = false;
    if (this.#depth === 1) this.#lastString = this.#rest.toString('utf8', this.#stringFrom + 1, this.#at - 1);
    if (this.#depth === this.#level && this.#from >= 0) this.#finish(pieces);
  }

  /** After the last element of an array: back to the top, or into the rest of the StatementResult. */
  #leaveArray(): void {
    this.#inResult = this.#level === 2;
    this.#depth--;
    this.#level = 0;
    if (this.#depth < 0) throw this.#broken('has a bracket too many');
  }

  #finish(pieces: Piece[]): void {
    pieces.push({ line: this.#pieceLine, text: this.#rest.subarray(this.#from, this.#at) });
    this.#from = -1;
  }

  /** Lets go of what has been read, but for the piece being gathered. */
  #forget(): void {
    const keep = this.#from >= 0 ? this.#from : this.#inString ? this.#stringFrom : this.#at;
    checkSize(this.#rest.length - keep, this.#pieceLine);
    this.#rest = this.#rest.subarray(Math.min(keep, this.#rest.length));
    this.#at -= keep;
    this.#stringFrom -= keep;
    if (this.#from >= 0) this.#from = 0;
  }

  #broken(how: string): LivretError {
    return new LivretError('import.source', { detail: `The JSON ${how}, at line ${this.#line}.` });
  }
}
