/** The one place where an error becomes a response. */
import type { NextFunction, Request, Response } from 'express';
import { ERRORS } from '../errors.ts';
import { asLivretError } from '../refusals.ts';
import { discardBody } from './body.ts';
import { requestIdOf } from './request-id.ts';

/** Told of every error that is ours (status 500 and above), with what is needed to find the request again. */
export type ErrorReport = (error: unknown, request: { id: string; method: string; path: string }) => void;

/**
 * Makes the error handler of a router. A LivretError, or a Refusal of lrs/xapi, answers with its status and
 * `{ error: { code, message, detail?, pointer?, rule?, requestId } }`; anything else answers 500 and says nothing.
 */
export function respondError(report: ErrorReport) {
  return function respondError(thrown: unknown, request: Request, response: Response, _next: NextFunction): void {
    const id = requestIdOf(request, response);
    const error = asLivretError(thrown);
    const status = error?.status ?? 500;
    if (status >= 500) report(thrown, { id, method: request.method, path: request.baseUrl + request.path });
    // Nobody is left to answer, or the answer is under way and can only be cut off for its reader to notice.
    if (response.destroyed || response.headersSent) {
      response.destroy();
      return;
    }
    response.statusCode = status;
    // "MUST send a WWW-Authenticate header field" (RFC 9110 §15.5.2). lrs/access has set the one that suits the caller.
    if (status === 401 && !response.hasHeader('WWW-Authenticate')) {
      response.setHeader('WWW-Authenticate', 'Basic realm="Livret", charset="UTF-8"');
    }
    if (error?.retryAfter !== undefined) response.setHeader('Retry-After', String(Math.ceil(error.retryAfter)));
    const shown = status < 500 ? error : undefined;
    const body = Buffer.from(
      JSON.stringify({
        error: {
          code: error?.code ?? 'server.error',
          message: error === undefined ? 'Something went wrong on the server.' : ERRORS[error.code][1],
          detail: shown?.detail,
          pointer: shown?.pointer,
          rule: shown?.rule,
          requestId: id,
        },
      }),
    );
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.setHeader('Content-Length', body.length);
    response.end(body);
    discardBody(request);
  };
}
