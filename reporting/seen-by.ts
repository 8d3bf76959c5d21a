import type { Response } from 'express';
import { reachingOf } from '../lrs/index.ts';

/** Directions whose figures the reader of a guarded request sees; undefined: all. */
export function seenBy(response: Response): ReadonlySet<string> | undefined {
  const { reach, directions } = reachingOf(response);
  return reach === 'all' ? undefined : directions;
}
