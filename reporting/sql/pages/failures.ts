/** Why a query gave nothing, as a page says it. */
import { LivretError } from '../../../lrs/index.ts';

export type Why = 'statement' | 'refused' | 'tooLong' | 'tooLarge' | 'tooManyColumns' | 'busy' | 'tooManyRows';

export interface Failed {
  why: Why;
  /** What DuckDB says, in English. */
  said?: string;
  /** Where in the query, from 1. */
  place?: { line: string; column: string };
  /** Seconds after which to try again. */
  retryAfter?: number;
}

const WHY: Partial<Record<string, Why>> = {
  'sql.statement': 'statement',
  'sql.refused': 'refused',
  'sql.tooLong': 'tooLong',
  'sql.tooLarge': 'tooLarge',
  'sql.tooManyColumns': 'tooManyColumns',
  'sql.busy': 'busy',
  'report.tooManyRows': 'tooManyRows',
};

/** Throws again what is no fault of the query. */
export function failedBy(error: unknown): Failed {
  const why = error instanceof LivretError ? WHY[error.code] : undefined;
  if (!(error instanceof LivretError) || why === undefined) throw error;
  const { detail = '', retryAfter } = error;
  const [, said = detail, line, column] = /^(.*) \(line (\d+), column (\d+)\)$/s.exec(detail) ?? [];
  return {
    why,
    ...(said !== '' && { said }),
    ...(line !== undefined && column !== undefined && { place: { line, column } }),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}
