/** Queries kept by name. */
export { forgetKept } from './forget.ts';
export { type KeepProblem, type Kept, KeptQueries, LONGEST_SQL, MOST_KEPT, type Seen } from './kept.ts';
export { KEPT, type KeptQuery, LONGEST_NAME, type Over } from './records.ts';
