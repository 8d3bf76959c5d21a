/** What an import is cut into: the exact bytes of what should be one statement. */
import { LivretError } from '../errors.ts';

export interface Piece {
  /** Line of the source on which it begins, from 1. */
  line: number;
  text: Buffer;
}

/** Bytes of the largest statement that is looked at. */
const MAX_PIECE = 64 * 1024 * 1024;

/** Throws `import.source` when what is gathered for one statement passes all measure. */
export function checkSize(bytes: number, line: number): void {
  if (bytes > MAX_PIECE) {
    throw new LivretError('import.source', {
      detail: `Line ${line} begins a statement of more than 64 MB: is this JSON?`,
    });
  }
}
