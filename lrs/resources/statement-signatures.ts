/** Signed statements on their way in (1.0.3 Data 2.6; IEEE 9274.1.1 §4.2.6). */

import { readMediaType } from '../http/media-type.ts';
import { type ReadStatement, Refusal, readSignature, SIGNATURE_USAGE } from '../xapi/index.ts';
import type { Received } from './statement-attachments.ts';

/**
 * Checks every signature that came with its statement; one that is only linked to (fileUrl) cannot be.
 * @throws Refusal signature
 */
export function checkSignatures(statements: readonly ReadStatement[], received: Received): void {
  for (const statement of statements) {
    for (const { usageType, contentType, sha2 } of statement.value.attachments ?? []) {
      if (usageType !== SIGNATURE_USAGE) continue;
      if (readMediaType(contentType)?.type !== 'application/octet-stream') {
        throw new Refusal(
          'signature',
          '/attachments',
          'A signature must have the contentType application/octet-stream.',
        );
      }
      const jws = received.get(sha2.toLowerCase())?.bytes;
      if (jws !== undefined) readSignature(statement, jws);
    }
  }
}
