import { createHash } from 'node:crypto';
import { hasCode } from '../../errors.ts';
import type { Finding } from '../dump.ts';
import type { Blobs } from '../store.ts';

/** Reads a blob to its end: whether it is there, and what its name says. */
export async function checkBlob(blobs: Blobs, blob: string): Promise<Finding | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of blobs.stream(blob)) hash.update(chunk);
  } catch (error) {
    const problem = hasCode(error, 'blob.missing') ? 'It is not there.' : 'It cannot be read.';
    return { kind: 'blob', where: blob, problem };
  }
  if (hash.digest('hex') === blob) return undefined;
  return { kind: 'blob', where: blob, problem: 'Its bytes are not those it was named after.' };
}
