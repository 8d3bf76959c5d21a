import { createHash } from 'node:crypto';

/** Namespace of the ids below; any UUID would do, as long as it never changes. */
const NAMESPACE = Buffer.from('6f1d6f0c3a0e4c8f9a52d7d5b0c9e3a1', 'hex');

/**
 * The id that a statement without one gets when it is imported: a UUID version 5 (RFC 9562 §5.5) of its bytes, so that
 * the same file imported again brings nothing twice.
 */
export function idOfText(text: Buffer): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(text).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
