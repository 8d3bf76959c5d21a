/** The answer of a query as CSV, for programs. */
import { writeCsv } from '../exports/index.ts';
import { tableOf } from './answer-table.ts';
import type { SqlAnswer } from './run.ts';

/** Gives the file in pieces. Lists and the like are in it as JSON. */
export const csvOf = (answer: SqlAnswer): AsyncGenerator<Uint8Array> =>
  writeCsv(tableOf(answer), { lang: 'en', dialect: 'program' });
