/** Statements on their way out: put together from the stored bytes, which are never parsed for the exact format. */
import { LivretError } from '../errors.ts';
import type { XapiResponse } from '../http/exchange.ts';
import { newBoundary, type OutgoingPart, writeMultipart } from '../http/multipart-write.ts';
import { sendJson, sendStream } from '../http/respond.ts';
import type { Blobs, StoredAttachment, StoredStatement } from '../store/store.ts';

const OPEN = Buffer.from('{"statements":[');
const COMMA = Buffer.from(',');

/** A StatementResult (Data 2.5): `more` is empty when nothing follows. */
export function statementResult(texts: readonly Uint8Array[], more: string): Buffer {
  const chunks: Uint8Array[] = [OPEN];
  for (const text of texts) {
    if (chunks.length > 1) chunks.push(COMMA);
    chunks.push(text);
  }
  chunks.push(Buffer.from(`],"more":${JSON.stringify(more)}}`));
  return Buffer.concat(chunks);
}

/** Answers with JSON, or, where attachments were asked for, with multipart/mixed: "even with none". */
export async function sendStatements(
  response: XapiResponse,
  json: Uint8Array,
  statements: readonly StoredStatement[],
  blobs: Blobs | undefined,
): Promise<void> {
  if (blobs === undefined) {
    sendJson(response, json);
    return;
  }
  const boundary = newBoundary();
  const first: OutgoingPart = { headers: { 'Content-Type': 'application/json' }, body: [json] };
  const parts = [first, ...distinct(statements).map((attachment) => partOf(attachment, blobs))];
  await sendStream(response, `multipart/mixed; boundary=${boundary}`, writeMultipart(boundary, parts));
}

/** "SHOULD only include one copy of an Attachment's data when the same Attachment is used in multiple Statements." */
function distinct(statements: readonly StoredStatement[]): StoredAttachment[] {
  const byHash = new Map<string, StoredAttachment>();
  for (const { attachments } of statements) {
    if (attachments === undefined) throw new LivretError('blob.missing');
    for (const attachment of attachments) byHash.set(attachment.sha2, attachment);
  }
  return [...byHash.values()];
}

function partOf({ sha2, contentType, blob }: StoredAttachment, blobs: Blobs): OutgoingPart {
  return {
    headers: { 'Content-Type': contentType, 'Content-Transfer-Encoding': 'binary', 'X-Experience-API-Hash': sha2 },
    body: blobs.stream(blob),
  };
}
