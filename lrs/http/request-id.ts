import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

const HEADER = 'X-Request-Id';

/** An id the caller chose, where it is harmless to repeat. */
const HARMLESS = /^[\w.:-]{1,128}$/;

/** What finds a request again in logs and traces: the caller's own id or else a new one. It is said on the answer. */
export function requestIdOf(request: IncomingMessage, response: ServerResponse): string {
  const said = response.getHeader(HEADER);
  if (typeof said === 'string') return said;
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && HARMLESS.test(given) ? given : randomUUID();
  if (!response.headersSent) response.setHeader(HEADER, id);
  return id;
}
