/** The Learning Record Store as a part of the house: keys, directory, xAPI and transfer on one store. */
import type { Router } from 'express';
import type { Job, Part, Tell } from '../web/index.ts';
import { type Access, type AccessSettings, createAccess } from './access/index.ts';
import { createBackupCommands } from './backup/commands.ts';
import { createDirectionCommands } from './directory/commands.ts';
import { createDirectory, type Directory } from './directory/index.ts';
import type { ErrorReport } from './http/respond-error.ts';
import { createPages } from './pages/index.ts';
import { createXapi, type XapiSettings } from './resources/index.ts';
import type { Store } from './store/store.ts';
import { createTransferCommands } from './transfer/commands.ts';

export interface LrsSettings {
  access: AccessSettings;
  xapi: XapiSettings;
  /** IANA time zone of days without one; Europe/Paris. */
  timeZone?: string;
  /** Version of this program, for what is read by others. */
  version: string;
}

export interface Lrs extends Part {
  store: Store;
  access: Access;
  directory: Directory;
  /** Ends live answers, which would never end by themselves: called when the server begins to stop. */
  endLive(): void;
  /** The pages of the LRS, which stand in the shell as those of the other parts do; `routes` do not. */
  pages: Router;
}

/** Puts the parts of the LRS together. `report` is told of errors that are ours, `tell` of what an administrator should find in the log. The store stays the caller's to close. */
export async function createLrs({
  store,
  settings,
  report,
  tell = () => {},
}: {
  store: Store;
  settings: LrsSettings;
  report: ErrorReport;
  tell?: Tell;
}): Promise<Lrs> {
  const directory = createDirectory(store);
  const access = await createAccess({ store, directory, settings: settings.access });
  const { siteUrl } = settings.access;
  const pages = createPages({ access, directory, store, siteUrl, timeZone: settings.timeZone ?? 'Europe/Paris', tell });
  const xapi = createXapi({ store, access, settings: settings.xapi, report });
  const { fallbackVersion, maxAttachmentBytes } = settings.xapi;
  const authority = { objectType: 'Agent' as const, account: { homePage: settings.access.siteUrl, name: 'console' } };
  const transfer = createTransferCommands({ store, authority, fallbackVersion, maxAttachmentBytes });
  return {
    store,
    access,
    directory,
    routes: xapi.router,
    navigation: pages.navigation,
    pages: pages.routes,
    permissions: [...xapi.permissions, ...pages.permissions],
    jobs: [sweepBlobs(store), maintain(store), sweepSessions(access)],
    commands: [
      ...access.commands,
      ...transfer,
      ...createBackupCommands(store, settings.version),
      ...createDirectionCommands(directory),
    ],
    measures: [...access.measures, ...xapi.measures],
    endLive: xapi.close,
    async close() {
      xapi.close();
    },
  };
}

/** ms within which what was received must have been committed, and seconds between two sweeps: a day. */
const UNREFERENCED = 24 * 60 * 60 * 1000;
const SWEEP_EVERY = 24 * 60 * 60;

/** Contents whose statement or package was refused, or never came, are not kept. */
const sweepBlobs = ({ blobs }: Store): Job => ({
  name: 'blobs.sweep',
  every: SWEEP_EVERY,
  async run() {
    await blobs.sweep(UNREFERENCED);
  },
});

/** Seconds between two looks for sessions that were never ended. */
const SWEEP_SESSIONS_EVERY = 600;

const sweepSessions = ({ people }: Access): Job => ({
  name: 'sessions.sweep',
  every: SWEEP_SESSIONS_EVERY,
  run: () => people.sessions.sweep(),
});

/** Seconds between two looks at what a crash has left. */
const MAINTAIN_EVERY = 20;

/** What the store does besides answering. */
const maintain = (store: Store): Job => ({
  name: 'store.maintain',
  every: MAINTAIN_EVERY,
  run: () => store.maintain(),
});
