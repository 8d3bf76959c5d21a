/** UUIDs that are made of what they name. */
import { createHash } from 'node:crypto';

/** The UUID version 5 (RFC 9562 §5.5) of a name in a namespace, lower case: the same for the same name, for good. */
export function nameUuid(namespace: Uint8Array, name: Uint8Array | string): string {
  const bytes = createHash('sha1').update(namespace).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
