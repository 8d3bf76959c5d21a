/** The Learning Record Store as a part of the house: keys, directory, xAPI and transfer on one store. */
import type { Job, Part } from '../web/index.ts';
import { type Access, type AccessSettings, createAccess } from './access/index.ts';
import { createBackupCommands } from './backup/commands.ts';
import { createDirectory, type Directory } from './directory/index.ts';
import type { ErrorReport } from './http/respond-error.ts';
import { createXapi, type XapiSettings } from './resources/index.ts';
import type { Store } from './store/store.ts';
import { createTransferCommands } from './transfer/commands.ts';

export interface LrsSettings {
  access: AccessSettings;
  xapi: XapiSettings;
  /** Version of this program, for what is read by others. */
  version: string;
}

export interface Lrs extends Part {
  store: Store;
  access: Access;
  directory: Directory;
  /** Ends live answers, which would never end by themselves: called when the server begins to stop. */
  endLive(): void;
}

/** Puts the parts of the LRS together. `report` is told of errors that are ours. The store stays the caller's to close. */
export async function createLrs({
  store,
  settings,
  report,
}: {
  store: Store;
  settings: LrsSettings;
  report: ErrorReport;
}): Promise<Lrs> {
  const access = await createAccess({ store, settings: settings.access });
  const xapi = createXapi({ store, access, settings: settings.xapi, report });
  const { fallbackVersion, maxAttachmentBytes } = settings.xapi;
  const authority = { objectType: 'Agent' as const, account: { homePage: settings.access.siteUrl, name: 'console' } };
  const transfer = createTransferCommands({ store, authority, fallbackVersion, maxAttachmentBytes });
  return {
    store,
    access,
    directory: createDirectory(store),
    routes: xapi.router,
    navigation: [],
    permissions: xapi.permissions,
    jobs: [sweepBlobs(store), maintain(store)],
    commands: [...access.commands, ...transfer, ...createBackupCommands(store, settings.version)],
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

/** Seconds between two looks at what a crash has left. */
const MAINTAIN_EVERY = 20;

/** What the store does besides answering. */
const maintain = (store: Store): Job => ({
  name: 'store.maintain',
  every: MAINTAIN_EVERY,
  run: () => store.maintain(),
});
