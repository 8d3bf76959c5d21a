import type { Response } from 'express';
import { actorOf, principalOf, visitorOf } from '../../lrs/index.ts';

/** Whose share of the turns a query takes: a person's, a key's. */
export const askerOf = (response: Response): string =>
  visitorOf(response) === undefined ? `key:${principalOf(response).id}` : actorOf(response);

/** Aborted when whoever asked goes away before the answer. */
export function goneOf(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}
