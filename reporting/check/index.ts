/** Counting the figures again: `livret reports check`. */
export { type CheckCommands, createCheckCommands } from './commands.ts';
