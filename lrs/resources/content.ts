/** The body of a request, wherever it came. */
import { LivretError } from '../errors.ts';
import { readBody } from '../http/body.ts';
import type { XapiRequest, XapiResponse } from '../http/exchange.ts';
import { Gathered } from '../http/gather.ts';

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
  const gathered = new Gathered();
  for await (const chunk of source) {
    gathered.add(chunk);
    if (gathered.length > limit) throw tooLarge(limit);
  }
  return gathered.bytes();
}
