/** What does not speak xAPI, or is not ours, translated. */
import { Router } from 'express';
import type { Directory } from '../lrs/directory/index.ts';
import type { Part } from '../web/index.ts';
import { createPeopleCommands } from './people/index.ts';

export { type EntryProblems, type LdapPeople, openLdap } from './people/index.ts';

export interface AdaptersOptions {
  directory: Directory;
  /** IANA time zone of dates that come without one. */
  timeZone: string;
}

/** Builds the part: so far the command people.import. */
export function createAdapters({ directory, timeZone }: AdaptersOptions): Part {
  return {
    routes: Router(),
    navigation: [],
    permissions: [],
    jobs: [],
    commands: createPeopleCommands({ directory, timeZone }),
    measures: [],
    close: async () => {},
  };
}
