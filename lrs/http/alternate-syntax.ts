/**
 * The alternate request syntax of 1.0.3 (Communication 1.3), for clients that can only POST and set no header: the
 * method is a query parameter, and headers, parameters and content are fields of a form. 2.0 has done away with it.
 */
import type { NextFunction } from 'express';
import { LivretError } from '../errors.ts';
import { readBody } from './body.ts';
import type { XapiRequest, XapiResponse } from './exchange.ts';
import { readMediaType } from './media-type.ts';
import { parseUrlEncoded } from './parameters.ts';
import { versionOf } from './version.ts';

const METHODS = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'];
/** "The LRS MUST treat the form parameters listed above as header parameters." */
const HEADER_FIELDS = [
  'authorization',
  'x-experience-api-version',
  'content-type',
  'content-length',
  'if-match',
  'if-none-match',
];
/** Forms come as such, or unlabelled: Internet Explorer's XDomainRequest says text/plain or nothing at all. */
const FORM_TYPES = ['application/x-www-form-urlencoded', 'text/plain'];

const malformed = (detail: string): LivretError => new LivretError('request.alternate', { detail });

/** Turns a request in the alternate syntax into the plain one it stands for, and lets every other pass untouched. */
export function unfoldAlternateSyntax(maxBodyBytes: number) {
  return function unfoldAlternateSyntax(
    request: XapiRequest,
    response: XapiResponse,
    next: NextFunction,
  ): Promise<void> | undefined {
    const mark = request.url.indexOf('?');
    const query = request.method === 'POST' && mark >= 0 ? parseUrlEncoded(request.url.slice(mark + 1)) : undefined;
    const method = query?.get('method');
    if (query !== undefined && method !== undefined) {
      checkRequest(request, method, query.size);
      return unfold(request, response, method, maxBodyBytes).then(next);
    }
    next();
    return undefined;
  };
}

async function unfold(
  request: XapiRequest,
  response: XapiResponse,
  method: string,
  maxBodyBytes: number,
): Promise<void> {
  const form = parseUrlEncoded((await readBody(request, maxBodyBytes)).toString('utf8'));
  const content = form.get('content');
  form.delete('content');
  moveHeaders(request, form);
  // "The LRS MUST interpret this content as a UTF-8 string."
  if (content !== undefined) response.locals.content = Buffer.from(content);
  checkResult(request, method, content);
  request.method = method;
  request.url = `${request.url.slice(0, request.url.indexOf('?'))}?${new URLSearchParams([...form])}`;
}

function checkRequest(request: XapiRequest, method: string, parameters: number): void {
  if (versionOf(request.get('X-Experience-API-Version')) === '2.0.0') throw malformed('xAPI 2.0 does not have it.');
  if (!METHODS.includes(method)) throw malformed('"method" names no method of xAPI.');
  // "The Learning Record Provider MUST NOT include any other query string parameters on the request."
  if (parameters > 1) throw malformed('Parameters other than "method" belong into the form.');
  const contentType = request.get('Content-Type');
  if (contentType !== undefined && !FORM_TYPES.includes(readMediaType(contentType)?.type ?? '')) {
    throw malformed('The body is not a form (application/x-www-form-urlencoded).');
  }
}

/**
 * Takes the header fields out of the form. The request's own Content-Type and length were those of the form. Any page can
 * send a form in a browser that remembers a key (for /reports): what a browser sends needs its credentials in the form.
 */
function moveHeaders(request: XapiRequest, form: Map<string, string>): void {
  delete request.headers['content-type'];
  delete request.headers['content-length'];
  if (request.headers.origin !== undefined) delete request.headers.authorization;
  for (const [name, value] of [...form]) {
    if (!HEADER_FIELDS.includes(name.toLowerCase())) continue;
    request.headers[name.toLowerCase()] = value;
    form.delete(name);
  }
}

function checkResult(request: XapiRequest, method: string, content: string | undefined): void {
  if (versionOf(request.get('X-Experience-API-Version')) === '2.0.0') throw malformed('xAPI 2.0 does not have it.');
  if (method !== 'PUT' && method !== 'POST') return;
  if (content === undefined) throw malformed('The form has no field "content".');
  request.headers['content-type'] ??= 'application/json';
}
