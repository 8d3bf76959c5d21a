/** What one xAPI exchange carries from middleware to handler, in response.locals. */
import type { Request, Response } from 'express';
import type { Principal } from '../access/principal.ts';
import type { XapiVersion } from '../xapi/types.ts';

export type ExchangeLocals = {
  /** The version the request speaks; the fallback until it has been read. */
  version: XapiVersion;
  /** Who is calling: set by access.authenticate. */
  principal: Principal;
  /** The body, where the alternate request syntax carried it in a form field. */
  content?: Buffer;
};

export type XapiRequest = Request;
export type XapiResponse = Response<unknown, ExchangeLocals>;

/** A resource's handler. It answers, or rejects with an error that respond-error.ts turns into the answer. */
export type Handler = (request: XapiRequest, response: XapiResponse) => Promise<void>;
