/** The body of a request, wherever it came. */
import { LivretError } from '../errors.ts';
import { readBody } from '../http/body.ts';
import type { XapiRequest, XapiResponse } from '../http/exchange.ts';

const tooLarge = (limit: number): LivretError =>
  new LivretError('request.tooLarge', { detail: `At most ${limit} bytes are accepted here.` });

/**
 * The content of a PUT or POST: the body, or the form field that held it (alternate request syntax).
 * Rejects request.tooLarge above `limit` bytes, request.aborted when the client goes away.
 */
export async function readContent(request: XapiRequest, response: XapiResponse, limit: number): Promise<Buffer> {
  const { content } = response.locals;
  if (content === undefined) return readBody(request, limit);
  if (content.length > limit) throw tooLarge(limit);
  return content;
}

/** A stream as one buffer. Rejects request.tooLarge above `limit` bytes. */
export async function collect(source: AsyncIterable<Buffer>, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of source) {
    length += chunk.length;
    if (length > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}
