/** What does not speak xAPI, or is not ours, translated. */
import { Router } from 'express';
import type { Directory } from '../lrs/directory/index.ts';
import type { Access, Store } from '../lrs/index.ts';
import type { Part, Tell } from '../web/index.ts';
import { createMailCommands, type Mailer } from './mail/index.ts';
import { addImportPages, createPeopleCommands } from './people/index.ts';
import { createSso, readSsoSettings, type SsoSettings, sendsRole } from './sso/index.ts';

export { createMailer, type Mail, type Mailer, type MailSettings } from './mail/index.ts';
export { type EntryProblems, type LdapPeople, openLdap } from './people/index.ts';

export interface AdaptersOptions {
  store: Store;
  access: Pick<Access, 'people'>;
  directory: Directory;
  /** IANA time zone of dates that come without one. */
  timeZone: string;
  siteUrl: string;
  /** LIVRET_DATA */
  dataFolder: string;
  /** Settings file of single sign-on. */
  sso?: string | undefined;
  /** Where the site sends mail. */
  mailer?: Mailer | undefined;
  tell: Tell;
}

const NO_PROVIDERS: SsoSettings = { providers: [] };

const settingsIn = async (file: string | undefined): Promise<SsoSettings> =>
  file === undefined ? NO_PROVIDERS : readSsoSettings(file);

/** Whether by the settings of single sign-on a login can make somebody a correspondent. Rejects `config.invalid`. */
export const namesByLogin = async (file: string | undefined): Promise<boolean> =>
  sendsRole(await settingsIn(file), 'correspondent');

/** Builds the part: logging in and out, and people from files. Rejects `config.invalid` where the settings of single sign-on are wrong. */
export async function createAdapters(options: AdaptersOptions): Promise<Part> {
  const { directory, timeZone } = options;
  const routes = Router();
  const settings = await settingsIn(options.sso);
  const sso = await createSso({ ...options, settings, routes });
  const imports = addImportPages({ ...options, routes });
  return {
    routes,
    navigation: sso.navigation,
    permissions: [...sso.permissions, ...imports.permissions],
    jobs: [...sso.jobs, ...imports.jobs],
    commands: [...createPeopleCommands({ directory, timeZone }), ...createMailCommands(options.mailer)],
    measures: [],
    close: async () => sso.close(),
  };
}
