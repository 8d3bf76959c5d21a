import type { Response } from 'express';
import { actorOf, principalOf, visitorOf } from '../../lrs/index.ts';

/** Whose share of the turns a query takes: a person's, a key's. */
export const askerOf = (response: Response): string =>
  visitorOf(response) === undefined ? `key:${principalOf(response).id}` : actorOf(response);

/** Aborted when whoever asked goes away before the answer, or has gone. */
export function goneOf(response: Response): AbortSignal {
  const gone = new AbortController();
  // That is said once, and may have been while they were being recognised: the query would run for nobody.
  if (response.destroyed) gone.abort();
  else response.once('close', () => gone.abort());
  return gone.signal;
}
