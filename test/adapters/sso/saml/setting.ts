/** Providers, a store and a site for a whole suite: most tests only hand something in. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engines } from '../../../engines/index.ts';
import { type IdentityProvider, openIdentityProvider } from './identity-provider.ts';
import { openSite, type Site, settingsOf } from './site.ts';

export interface Setting {
  folder: string;
  /** The provider that most logins are at. */
  idp: IdentityProvider;
  /** Another one, of the same site. */
  other: IdentityProvider;
  /** idp; other; and idp with other settings: `open` takes what nobody asked for, `sealed` only what is encrypted, `old` SHA-1. */
  site: Site;
  close(): Promise<void>;
}

export async function openSetting(): Promise<Setting> {
  const [engine] = engines;
  if (engine === undefined) throw new Error('No engine is tested.');
  const folder = await mkdtemp(join(tmpdir(), 'livret-saml-'));
  const { store, destroy } = await engine.create();
  const idp = await openIdentityProvider('idp');
  const other = await openIdentityProvider('other');
  const settings = [
    settingsOf(idp),
    settingsOf(other),
    settingsOf(idp, { id: 'open', idpInitiated: true }),
    settingsOf(idp, { id: 'sealed', requireEncryption: true }),
    settingsOf(idp, { id: 'old', allowSha1: true }),
  ];
  const site = await openSite({ store, folder, settings });
  return {
    folder,
    idp,
    other,
    site,
    async close() {
      await site.close();
      await idp.close();
      await other.close();
      await destroy();
      await rm(folder, { recursive: true });
    },
  };
}
