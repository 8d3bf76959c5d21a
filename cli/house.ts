/** Opens the store and puts the parts of the house together on it. */
import type { Mailer } from '../adapters/index.ts';
import type { Config } from '../config.ts';
import { createLrs, type ErrorReport, type Lrs, openStore, type Store } from '../lrs/index.ts';
import type { Part, Tell } from '../web/index.ts';
import { keepHeapSmall } from './heap.ts';
import { lrsSettings, mailSettings } from './settings.ts';

/** A store and the parts that stand on it. */
export interface House {
  store: Store;
  lrs: Lrs;
  parts: readonly Part[];
  /** Closes parts and store, from the top down; finishes what was accepted. */
  close(): Promise<void>;
}

/** The part a command belongs to, by the first word of its name. */
type Wing = 'lrs' | 'adapters' | 'content-packages' | 'reporting';

const WINGS: Record<string, Wing> = {
  key: 'lrs',
  statements: 'lrs',
  store: 'lrs',
  directions: 'lrs',
  people: 'adapters',
  mail: 'adapters',
  package: 'content-packages',
  report: 'reporting',
  reports: 'reporting',
  sql: 'reporting',
  headcounts: 'reporting',
  targets: 'reporting',
};

const EVERY_WING: readonly Wing[] = ['lrs', 'adapters', 'content-packages', 'reporting'];

export interface HouseOptions {
  /** Address the site is reached at. */
  siteUrl: string;
  /** Told of errors that are ours: of a request, and of work that nobody waits for. */
  report: ErrorReport;
  onError(error: unknown): void;
  /** Writes to the log what an administrator should find there. */
  tell?: Tell;
  /** Put between the engine and all who use it. */
  watchStore?(store: Store): Store;
  /** Only what this command needs, where given: a reporting database is not opened to list the keys. */
  command?: string;
}

/** Opens everything, or rejects with what openStore rejects with; nothing stays open then. */
export async function openHouse(config: Config, options: HouseOptions): Promise<House> {
  const wanted = wingsFor(config, options.command);
  const engine = await openStore({ engine: config.store, folder: config.data });
  const store = options.watchStore?.(engine) ?? engine;
  const parts: Part[] = [];
  const close = async (): Promise<void> => {
    try {
      for (const part of parts.toReversed()) await part.close();
    } finally {
      await store.close();
    }
  };
  try {
    const settings = lrsSettings(config, options.siteUrl);
    const { report, tell } = options;
    const lrs = await createLrs({ store, settings, report, ...(tell && { tell }) });
    parts.push(lrs);
    const mailer = wanted.some((wing) => MAILING.includes(wing)) ? await mailerOf(config) : undefined;
    for (const wing of wanted) {
      const part = await openWing(wing, lrs, config, options, mailer);
      if (part !== undefined) parts.push(part);
    }
    keepHeapSmall();
    return { store, lrs, parts, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function wingsFor(config: Config, command: string | undefined): readonly Wing[] {
  if (command !== undefined) return [WINGS[command.split('.')[0] ?? ''] ?? 'lrs'];
  return config.roles.includes('reports') ? EVERY_WING : EVERY_WING.filter((wing) => wing !== 'reporting');
}

/** Those that send mail: by one mailer. */
const MAILING: readonly Wing[] = ['adapters', 'reporting'];

/** Undefined where mail is not set up. */
async function mailerOf(config: Config): Promise<Mailer | undefined> {
  const settings = mailSettings(config);
  if (!settings) return undefined;
  const { createMailer } = await import('../adapters/index.ts');
  return createMailer(settings);
}

/** Each is loaded when it is opened: the command line stays quick. */
async function openWing(
  wing: Wing,
  { store, directory, access }: Lrs,
  config: Config,
  { siteUrl, onError, tell = () => {} }: HouseOptions,
  mailer: Mailer | undefined,
): Promise<Part | undefined> {
  switch (wing) {
    case 'lrs':
      return undefined;
    case 'adapters': {
      const { createAdapters } = await import('../adapters/index.ts');
      const { timeZone, data: dataFolder, sso } = config;
      return createAdapters({ store, access, directory, timeZone, dataFolder, sso, siteUrl, mailer, tell });
    }
    case 'content-packages': {
      const { createContentPackages } = await import('../content-packages/index.ts');
      return createContentPackages({ store, access, dataFolder: config.data });
    }
    case 'reporting': {
      const { createReporting } = await import('../reporting/index.ts');
      const { namesByLogin } = await import('../adapters/index.ts');
      return createReporting({
        ...{ store, directory, access, dataFolder: config.data, settings: config, onError, tell },
        site: { url: siteUrl, name: config.ministry, contact: config.contact },
        ...(mailer && { mailer }),
        namesByLogin: await namesByLogin(config.sso),
      });
    }
  }
}
