import type { Response } from 'express';

/** Aborted when whoever asked goes away before the answer. */
export function goneOf(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}
