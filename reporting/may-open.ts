import type { Response } from 'express';
import { type Action, reachOf, visitorOf } from '../lrs/index.ts';

/** Whether the reader of a guarded request may open what a right opens. A key that came this far may read reports. */
export function mayOpen(response: Response): (action: Action) => boolean {
  const visitor = visitorOf(response);
  return (action) => (visitor === undefined ? action === 'report.read' : reachOf(visitor.roles, action) !== undefined);
}
