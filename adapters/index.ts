/** What does not speak xAPI, or is not ours, translated. */
import { Router } from 'express';
import type { Directory } from '../lrs/directory/index.ts';
import type { Store } from '../lrs/index.ts';
import type { Part } from '../web/index.ts';
import { createPeopleCommands } from './people/index.ts';

export interface AdaptersOptions {
  store: Store;
  directory: Directory;
  /** IANA time zone of dates that come without one. */
  timeZone?: string;
}

/** Builds the part: so far the command people.import. */
export function createAdapters({ directory, timeZone = 'Europe/Paris' }: AdaptersOptions): Part {
  return {
    routes: Router(),
    navigation: [],
    permissions: [],
    jobs: [],
    commands: createPeopleCommands({ directory, timeZone }),
    close: async () => {},
  };
}
