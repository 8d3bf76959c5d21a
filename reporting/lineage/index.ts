/** Comparing with an earlier period where directions have merged, split or changed their name. */
export { type Comparable, comparableWith } from './comparable.ts';
