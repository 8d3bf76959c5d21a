/** LemonLDAP::NG, the engine of the ministry's own SSO, as a real identity provider on this machine. Debian has it (2.16.1). */
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../e2e/free-port.ts';
import { serverFolder, startWatched } from '../../servers/watched.ts';
import { configuration, type PortalSettings, type Site, type User } from './configuration.ts';
import { makeKey } from './keys.ts';
import { ini, psgi } from './program.ts';

export interface Portal {
  /** Of its home page, with a slash at the end; it is the OIDC issuer as well. */
  url: string;
  /** Of its SAML metadata; it is the entityID as well. */
  metadataUrl: string;
  settings(): PortalSettings;
  /** Puts new settings in force without a restart; resolves when all its processes have them, 2 s later. */
  change(settings: Partial<PortalSettings>): Promise<void>;
  /** What it has written to its log. */
  log(): Promise<string>;
  /** Ends it and removes its files. */
  stop(): Promise<void>;
}

/** A browser keeps several connections at once, and each holds up a process. */
const PROCESSES = 6;

/** ms until each process has looked for a newer configuration: they count whole seconds, and look when more than one has gone. */
const IN_FORCE = 2_100;

const FOLDERS = ['conf', 'cache', 'sessions/lock', 'psessions/lock'];

/** Starts a portal with these people, who log in with their `uid` as password; resolves when it serves its metadata. */
export async function startPortal(users: readonly User[], settings: Partial<PortalSettings> = {}): Promise<Portal> {
  const folder = await serverFolder('lemonldap');
  const host = `127.0.0.1:${await freePort()}`;
  const site: Site = { url: `http://${host}/`, folder, secret: randomBytes(16).toString('hex') };
  const write = (name: string, text: string) => writeFile(join(folder, name), text, { mode: 0o600 });
  let current: PortalSettings = { ...(await defaults()), ...settings };
  let number = 0;
  async function configure(): Promise<void> {
    number += 1;
    await write(`conf/lmConf-${number}.json`, JSON.stringify(configuration(site, current, number)));
  }

  for (const each of FOLDERS) await mkdir(join(folder, each), { recursive: true });
  await write('lemonldap-ng.ini', ini(folder));
  await write('app.psgi', psgi(folder));
  await write('users.json', JSON.stringify(Object.fromEntries(users.map((user) => [user.uid, user]))));
  await configure();
  const metadataUrl = `${site.url}saml/metadata`;
  const starman = await startWatched(
    [
      ...['starman', '--listen', host, '--workers', String(PROCESSES), '--preload-app', '--disable-keepalive'],
      ...['--access-log', join(folder, 'access.log'), join(folder, 'app.psgi')],
    ],
    { folder, isReady: () => answers(metadataUrl) },
  );
  return {
    url: site.url,
    metadataUrl,
    settings: () => current,
    async change(changed) {
      current = { ...current, ...changed };
      await configure();
      await wait(IN_FORCE);
    },
    log: starman.log,
    stop: starman.remove,
  };
}

const defaults = async (): Promise<PortalSettings> => ({
  serviceProviders: [],
  relyingParties: [],
  samlKey: await makeKey('saml'),
  oidcKey: await makeKey('oidc'),
});

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
