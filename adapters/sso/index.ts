/** Single sign-on: identity providers by SAML 2.0 and OpenID Connect. */
import type { Router } from 'express';
import type { Directory } from '../../lrs/directory/index.ts';
import type { Access, Store } from '../../lrs/index.ts';
import type { Job, NavigationItem, Permission, Tell } from '../../web/index.ts';
import { AddressLimit, MOST_BEGUN, MOST_REFUSALS } from './address-limit.ts';
import { Attempts } from './attempts.ts';
import { LoginCookie } from './browser.ts';
import { createEntrance } from './entrance.ts';
import { createOidc } from './oidc/index.ts';
import type { Provider } from './provider.ts';
import { addLogin, createRefusals } from './routes.tsx';
import { createSaml } from './saml/index.ts';
import { SeenArrivals } from './seen.ts';
import type { OidcSettings, SamlSettings, SsoSettings } from './settings.ts';
import { addStatusPage, statusNavigation } from './status/route.tsx';

export { readSsoSettings, type SsoSettings, sendsRole } from './settings.ts';

export interface SsoOptions {
  store: Store;
  access: Pick<Access, 'people'>;
  directory: Directory;
  settings: SsoSettings;
  siteUrl: string;
  /** LIVRET_DATA */
  dataFolder: string;
  tell: Tell;
  routes: Router;
}

export interface Sso {
  permissions: readonly Permission[];
  navigation: readonly NavigationItem[];
  jobs: readonly Job[];
  close(): void;
}

/** ms between two looks whether metadata are to be read again: each process for itself, since each has them in memory. */
const REFRESH_EVERY = 60_000;

/** Seconds between two looks for logins that came to nothing. */
const SWEEP_EVERY = 600;

/** Adds single sign-on to the routes. */
export async function createSso(options: SsoOptions): Promise<Sso> {
  const { store, directory, settings, siteUrl, dataFolder, tell, routes } = options;
  const access = options.access.people;
  const attempts = new Attempts(store);
  const cookie = new LoginCookie(siteUrl);
  const seen = new SeenArrivals(store);
  const entrance = createEntrance({ settings: settings.providers, attempts, cookie, seen, directory, access });
  const providers: Provider[] = [];
  const permissions: Permission[] = [];
  const refusals = new AddressLimit(store.counters, 'sso refused', MOST_REFUSALS);
  const begun = new AddressLimit(store.counters, 'sso begun', MOST_BEGUN);
  routes.use('/sso', async (request, _response, next) => {
    if (request.method === 'POST') await refusals.check(request);
    next();
  });
  const shared = { routes, siteUrl, entrance, tell };
  const bySaml = settings.providers.filter((each): each is SamlSettings => each.protocol === 'saml');
  const saml = createSaml(bySaml, { ...shared, store, folder: dataFolder, keys: settings.saml });
  if (bySaml.length > 0) await saml.ready();
  const oidc = createOidc(
    settings.providers.filter((each): each is OidcSettings => each.protocol === 'oidc'),
    shared,
  );
  // Nobody waits for it: what cannot be asked is told to the log now, and not when the first one logs in.
  for (const provider of oidc.providers) void provider.refresh();
  providers.push(...saml.providers, ...oidc.providers);
  permissions.push(...saml.permissions, ...oidc.permissions);
  permissions.push(
    ...addLogin({ routes, providers, settings: settings.providers, attempts, begun, cookie, entrance, access }),
  );
  permissions.push(addStatusPage({ routes, settings: settings.providers, providers, seen, access }));
  routes.use('/sso', createRefusals(seen, refusals, tell));
  const sweep = async (): Promise<void> => {
    await attempts.sweep();
    await seen.sweep();
  };
  const refreshing = setInterval(() => {
    for (const provider of providers) void provider.refresh();
  }, REFRESH_EVERY);
  refreshing.unref();
  return {
    permissions,
    navigation: [statusNavigation],
    jobs: [{ name: 'sso.sweep', every: SWEEP_EVERY, run: sweep }],
    close: () => clearInterval(refreshing),
  };
}
