/** The refusals of lrs/xapi, which knows neither HTTP nor the table of errors, as errors of that table. */
import { type ErrorCode, LivretError } from './errors.ts';
import { Refusal, type RefusalCode } from './xapi/index.ts';

const CODES: Record<RefusalCode, ErrorCode> = {
  json: 'request.json',
  statement: 'statement.invalid',
  signature: 'statement.signature',
  parameter: 'request.parameter',
  duplicateId: 'statement.duplicateId',
  tooMany: 'request.tooLarge',
};

/** The error as one of the table; undefined for what is none, and so a bug. */
export function asLivretError(error: unknown): LivretError | undefined {
  if (error instanceof LivretError) return error;
  if (!(error instanceof Refusal)) return undefined;
  const { code, pointer, rule } = error;
  return new LivretError(CODES[code], { detail: error.message, pointer, rule });
}
