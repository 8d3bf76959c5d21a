/** Headcounts of directions that come from elsewhere: how many people there are, whether or not Livret knows them. */
export { importedHeadcounts } from './at.ts';
export { createHeadcountCommands } from './commands.ts';
export type { Headcount } from './records.ts';
