/** Answers of reports as tables for files. */
export { exportOf, stemOf } from './export.ts';
