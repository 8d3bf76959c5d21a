/** What is left of a statement that was rewritten or removed because somebody was forgotten, so that a copy that comes again is known. */
import { LivretError } from '../errors.ts';
import { HASH_VERSION, hashOfText } from '../xapi/equality.ts';
import type { NewStatement } from './store.ts';

interface Tombstone {
  /** Equality hash of the statement as it was. */
  hash: Uint8Array;
  /** HASH_VERSION it was made with. */
  version: number;
}

export const tombstoneOf = (text: string): Tombstone => ({ hash: hashOfText(text), version: HASH_VERSION });

/** Whether what was erased is what comes again. */
export function isErased({ hash, version }: Tombstone, { text, restored }: NewStatement): boolean {
  if (version !== HASH_VERSION) return false;
  const hashes = [hashOfText(text), ...(restored ? [hashOfText(text, { timestamp: false })] : [])];
  return hashes.some((each) => Buffer.compare(each, hash) === 0);
}

export const statementConflict = (id: string): LivretError =>
  new LivretError('statement.conflict', { detail: `Its id is ${id}; what is stored differs.` });
