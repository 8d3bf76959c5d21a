/** Attachments on their way in (1.0.3 Communication 1.5.2, Data 2.4.11): streamed to the store, checked by their hash. */
import { createHash, type Hash } from 'node:crypto';
import { LivretError } from '../errors.ts';
import type { Part } from '../http/multipart-read.ts';
import type { Blobs, StoredAttachment } from '../store/store.ts';
import { SIGNATURE_USAGE } from '../xapi/index.ts';
import type { Attachment } from '../xapi/types.ts';

/** SHA-2 by the number of its hexadecimal digits. */
const ALGORITHMS: Record<number, string> = { 56: 'sha224', 64: 'sha256', 96: 'sha384', 128: 'sha512' };

/** A signature holds one statement and is read as a whole; one larger than this is none. */
const MAX_SIGNATURE_BYTES = 4 * 1024 * 1024;

/** What came of one part: where its bytes are, and the bytes themselves where a signature has to be read. */
export interface ReceivedContents {
  blob: string;
  bytes?: Buffer;
}

/** Contents by lower-case hash. */
export type Received = ReadonlyMap<string, ReceivedContents>;

const refuse = (detail: string): LivretError => new LivretError('statement.attachment', { detail });

/**
 * Stores the parts after the first. Each must be announced by a statement: "excess multi-part sections that are not
 * attachments" are refused before a byte of them is stored.
 * Rejects statement.attachment, request.multipart, request.tooLarge (above `maxBytes` for one), request.aborted.
 */
export async function receiveAttachments(
  parts: AsyncIterable<Part>,
  announced: readonly Attachment[],
  blobs: Blobs,
  maxBytes: number,
): Promise<Received> {
  const hashes = new Set(announced.map(({ sha2 }) => sha2.toLowerCase()));
  const signatures = new Set(
    announced.filter(({ usageType }) => usageType === SIGNATURE_USAGE).map(({ sha2 }) => sha2.toLowerCase()),
  );
  const received = new Map<string, ReceivedContents>();
  for await (const { headers, body } of parts) {
    const sha2 = headers.get('x-experience-api-hash')?.toLowerCase();
    if (sha2 === undefined) throw refuse('A part has no X-Experience-API-Hash.');
    if (!hashes.has(sha2)) throw refuse('A part belongs to no attachment of the statements.');
    // "An LRS … SHOULD assume a Content-Transfer-Encoding of binary": none is as good; any other is not.
    if ((headers.get('content-transfer-encoding') ?? 'binary').toLowerCase() !== 'binary') {
      throw refuse('The Content-Transfer-Encoding of a part is not binary.');
    }
    const keep = signatures.has(sha2);
    const limit = keep ? Math.min(maxBytes, MAX_SIGNATURE_BYTES) : maxBytes;
    received.set(sha2, await receive(body, sha2, blobs, limit, keep));
  }
  return received;
}

async function receive(
  body: AsyncIterable<Buffer>,
  sha2: string,
  blobs: Blobs,
  maxBytes: number,
  keep: boolean,
): Promise<ReceivedContents> {
  const hash = createHash(ALGORITHMS[sha2.length] ?? 'sha256');
  const kept: Buffer[] = [];
  const { blob } = await blobs.put(measured(body, hash, maxBytes, keep ? kept : undefined));
  if (hash.digest('hex') !== sha2) throw refuse('The contents of a part do not have the hash it names.');
  return keep ? { blob, bytes: Buffer.concat(kept) } : { blob };
}

/** Passes the bytes on, hashing and counting them. */
async function* measured(
  body: AsyncIterable<Buffer>,
  hash: Hash,
  maxBytes: number,
  kept: Buffer[] | undefined,
): AsyncGenerator<Uint8Array, void, void> {
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxBytes) {
      throw new LivretError('request.tooLarge', { detail: `An attachment may have ${maxBytes} bytes.` });
    }
    hash.update(chunk);
    kept?.push(chunk);
    yield chunk;
  }
}

/**
 * What is stored of a statement's attachments.
 * "An LRS … MUST reject batches of Statements having Attachments that neither contain a fileUrl nor match a received
 * Attachment part based on their hash"; their declared length is not compared, being only about the file.
 * @throws LivretError statement.attachment
 */
export function storedAttachments(announced: readonly Attachment[], received: Received): StoredAttachment[] {
  const stored = new Map<string, StoredAttachment>();
  for (const { sha2, contentType, fileUrl } of announced) {
    const contents = received.get(sha2.toLowerCase());
    if (contents) stored.set(sha2, { sha2, contentType, blob: contents.blob });
    else if (fileUrl === undefined) throw refuse('An attachment has neither a part with its hash nor a fileUrl.');
  }
  return [...stored.values()];
}
