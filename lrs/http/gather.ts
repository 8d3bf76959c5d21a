/** Pieces kept as they come: most bodies come in one, or in a few large ones. */
const FEW = 16;
/** Bytes below which a piece is copied: what Node needs to hold it is a multiple of what it holds. */
const SMALL = 1024;
const PAD = 16 * 1024;

/**
 * Puts the pieces of a body together. A client chooses how small they are: 20 MB in pieces of one byte, kept as they
 * came, took 7 GB.
 */
export class Gathered {
  readonly #pieces: Buffer[] = [];
  #pad: Buffer = Buffer.alloc(0);
  #padded = 0;
  #length = 0;

  /** Bytes so far. */
  get length(): number {
    return this.#length;
  }

  add(piece: Buffer): void {
    this.#length += piece.length;
    if (piece.length >= SMALL || this.#pieces.length < FEW) {
      this.#closePad();
      this.#pieces.push(piece);
      return;
    }
    if (this.#padded + piece.length > this.#pad.length) {
      this.#closePad();
      this.#pad = Buffer.allocUnsafe(PAD);
    }
    this.#padded += piece.copy(this.#pad, this.#padded);
  }

  /** All of it. */
  bytes(): Buffer {
    this.#closePad();
    const [only] = this.#pieces;
    return only !== undefined && this.#pieces.length === 1 ? only : Buffer.concat(this.#pieces, this.#length);
  }

  #closePad(): void {
    if (this.#padded === 0) return;
    this.#pieces.push(this.#pad.subarray(0, this.#padded));
    this.#pad = this.#pad.subarray(this.#padded);
    this.#padded = 0;
  }
}
