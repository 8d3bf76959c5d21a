/** Answers that the resources share: prepared bodies with their length, nothing serialised twice. */
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { streamTo } from '../../web/index.ts';

/** Records about people, which no browser or proxy is to keep; and never to be guessed to be something else. */
function protect(response: ServerResponse): void {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
}

/**
 * Answers 200 with a body: bytes, or text in UTF-8, which Node sends in one piece with the headers. To a HEAD request it
 * sends the headers alone.
 */
export function sendBody(response: ServerResponse, contentType: string, body: string | Uint8Array): void {
  protect(response);
  response.setHeader('Content-Type', contentType);
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.end(body);
}

/** Answers 200 with JSON text. */
export function sendJson(response: ServerResponse, json: string | Uint8Array): void {
  sendBody(response, 'application/json', json);
}

/** Answers 200 with a value as JSON, and the ETag of that representation: for what has no version of its own. */
export function sendTaggedJson(response: ServerResponse, value: unknown): void {
  const json = JSON.stringify(value);
  response.setHeader('ETag', `"${createHash('sha1').update(json).digest('hex')}"`);
  sendJson(response, json);
}

/** Answers 204. */
export function sendNothing(response: ServerResponse): void {
  response.statusCode = 204;
  response.end();
}

/** Last-Modified, in the whole seconds that HTTP has. */
export function setLastModified(response: ServerResponse, milliseconds: number): void {
  response.setHeader('Last-Modified', new Date(milliseconds).toUTCString());
}

/** Streams a body whose length is not known before. Resolves and rejects as streamTo does. */
export async function sendStream(
  response: ServerResponse,
  contentType: string,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  protect(response);
  response.setHeader('Content-Type', contentType);
  if (response.req.method === 'HEAD') {
    response.end();
    return;
  }
  await streamTo(response, body);
}
