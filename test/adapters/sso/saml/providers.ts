import { Router } from 'express';
import type { ProviderStatus } from '../../../../adapters/sso/provider.ts';
import { createSaml } from '../../../../adapters/sso/saml/index.ts';
import type { SamlSettings } from '../../../../adapters/sso/settings.ts';
import type { Store } from '../../../../lrs/store/store.ts';
import { SITE_URL } from './site.ts';

/** Providers alone, as a process has them: nobody logs in. */
export function openProviders(store: Store, folder: string, settings: SamlSettings[]) {
  const told: string[] = [];
  const tell = (what: string, details: object): void => void told.push(`${what} ${JSON.stringify(details)}`);
  const entrance = undefined as never;
  const saml = createSaml(settings, { routes: Router(), siteUrl: SITE_URL, entrance, tell, store, folder });
  const [provider] = saml.providers;
  if (provider === undefined) throw new Error('no provider');
  const start = () => provider.start({ id: '_1', provider: provider.id, to: '/', memory: {} });
  return { provider, told, start, status: (): Promise<ProviderStatus> => provider.status() };
}

/** Does something at a later time, as far as our clock says. */
export const later = async (ms: number, work: () => Promise<unknown>): Promise<void> => {
  const now = Date.now;
  Date.now = () => now() + ms;
  try {
    await work();
  } finally {
    Date.now = now;
  }
};
