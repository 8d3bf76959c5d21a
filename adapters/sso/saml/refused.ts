/** What is told of a message that was refused. */
import { LivretError } from '../../../lrs/index.ts';

/** The reason goes to the log: never a name or another value that is about a person. */
export const refused = (reason: string, cause?: unknown): LivretError =>
  new LivretError('sso.refused', { detail: reason, ...(cause !== undefined && { cause }) });

/** A name of the sender's (an algorithm, a status) as it may stand in a reason. */
export const shown = (name: string | undefined): string =>
  name === undefined ? 'none' : name.replace(/[^\w.:/#-]/g, '?').slice(0, 100);
