/** People from files. */
export { createPeopleCommands } from './commands.ts';
