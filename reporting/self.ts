import type { Response } from 'express';
import { LivretError, reachingOf } from '../lrs/index.ts';

/** Who asks, by their session alone; undefined for a key, and for who came by the link of the command line. */
export const selfOf = (response: Response): string | undefined => reachingOf(response).self;

/** The same. Throws `people.unknown` for who is nobody of the directory. */
export function requireSelf(response: Response): string {
  const self = selfOf(response);
  if (self === undefined) throw new LivretError('people.unknown');
  return self;
}
