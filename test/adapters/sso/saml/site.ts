/** One process of a real site with single sign-on by SAML, and browsers that come to it. */

import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import express, { Router } from 'express';
import { createSso } from '../../../../adapters/sso/index.ts';
import type { SamlSettings, SsoSettings } from '../../../../adapters/sso/settings.ts';
import { createAccess } from '../../../../lrs/access/index.ts';
import { createDirectory } from '../../../../lrs/directory/index.ts';
import { respondError } from '../../../../lrs/http/respond-error.ts';
import { visitorOf } from '../../../../lrs/index.ts';
import type { Store } from '../../../../lrs/store/store.ts';
import { createShell } from '../../../../web/index.ts';
import type { IdentityProvider } from './identity-provider.ts';
import { pairOf } from './keys.ts';
import { type AssertionOptions, assertionXml, type ResponseOptions, responseXml, sign, type Way } from './messages.ts';

export const SITE_URL = 'http://livret.test';

/** Settings of a provider; its id is the first part of its entityID. */
export const settingsOf = (
  idp: Pick<IdentityProvider, 'entityId' | 'url'>,
  more: Partial<SamlSettings> = {},
): SamlSettings => ({
  protocol: 'saml',
  id: idOf(idp),
  label: { fr: 'SSO', en: 'SSO' },
  homePage: 'https://sso.test',
  attributes: { identifier: 'uid', familyName: 'sn', givenName: 'givenName' },
  metadata: idp.url,
  ...more,
});

const idOf = ({ entityId }: { entityId: string }): string => new URL(entityId).hostname.split('.')[0] ?? '';

export interface Answer {
  status: number;
  location: string | null;
  type: string | null;
  body: string;
}

export interface SiteOptions {
  store: Store;
  folder: string;
  settings: SamlSettings[];
  saml?: SsoSettings['saml'];
}

/** Keys as a site makes them for itself, which takes longer than all the rest of a test. */
async function giveKeys(folder: string): Promise<void> {
  const { key, certificate } = await pairOf('sp');
  const made = writeFile(join(folder, 'saml-keys.pem'), `${key}\n${certificate}\n`, { mode: 0o600, flag: 'wx' });
  // A second process of the same site.
  await made.catch(() => {});
}

export type Site = Awaited<ReturnType<typeof openSite>>;

export async function openSite({ store, folder, settings, saml }: SiteOptions) {
  if (saml === undefined) await giveKeys(folder);
  const directory = createDirectory(store);
  const limits = { siteUrl: SITE_URL, requestsPerMinute: 0, failedLoginsPerMinute: 0 };
  const access = await createAccess({ store, directory, settings: limits });
  const routes = Router();
  const told: { what: string; details: Readonly<Record<string, string | number | undefined>> }[] = [];
  const errors: unknown[] = [];
  const sso = await createSso({
    ...{ store, access, directory, siteUrl: SITE_URL, dataFolder: folder, routes },
    settings: { providers: settings, ...(saml && { saml }) },
    tell: (what, details) => told.push({ what, details }),
  });
  const app = express();
  app.use(createShell({ frame: () => ({ navigation: [] }) }));
  app.use(access.people.recognise);
  app.use(routes);
  app.get('/me', (_request, response) => {
    response.json(visitorOf(response)?.session ?? {});
  });
  app.use(respondError((error) => errors.push(error)));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    access,
    directory,
    told,
    /** Errors that are bugs of ours. */
    errors,
    /** Why the last login was refused. */
    reason: (): unknown => told.findLast(({ what }) => what === 'a login was refused')?.details.reason,
    close: () =>
      new Promise<void>((resolve) => {
        sso.close();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A browser with its cookies, for all processes of the site. */
export class Browser {
  readonly #cookies = new Map<string, string>();

  async ask(url: string, init: RequestInit = {}): Promise<Answer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { Accept: 'text/html', ...(cookie !== '' && { Cookie: cookie }), ...init.headers };
    const response = await fetch(url, { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
    const { status } = response;
    return {
      status,
      location: response.headers.get('location'),
      type: response.headers.get('content-type'),
      body: await response.text(),
    };
  }

  post(url: string, form: Record<string, string>): Promise<Answer> {
    return this.ask(url, { method: 'POST', body: new URLSearchParams(form) });
  }
}

/** A login that a browser began, and what its provider needs to answer. */
export interface Begun {
  browser: Browser;
  /** Address at the provider, with the AuthnRequest. */
  address: URL;
  request: string;
  way: Way;
}

export const addressesOf = (provider: string) => ({
  audience: `${SITE_URL}/sso/${provider}/metadata`,
  acs: `${SITE_URL}/sso/${provider}/acs`,
  slo: `${SITE_URL}/sso/${provider}/slo`,
});

/** Begins a login at a provider. */
export async function begin(site: Site, idp: IdentityProvider, id = idOf(idp), to = '/me'): Promise<Begun> {
  const browser = new Browser();
  const { status, location, body } = await browser.ask(`${site.url}/sso/${id}/login?to=${encodeURIComponent(to)}`);
  if (status !== 303 || location === null) throw new Error(`The login did not begin: ${status} ${body}`);
  const address = new URL(location);
  const request = inflateRawSync(Buffer.from(address.searchParams.get('SAMLRequest') ?? '', 'base64')).toString();
  const inResponseTo = / ID="([^"]+)"/.exec(request)?.[1];
  const { audience, acs } = addressesOf(id);
  return { browser, address, request, way: { issuer: idp.entityId, acs, audience, inResponseTo } };
}

/** A right answer, its assertion signed. */
export const goodResponse = (
  idp: IdentityProvider,
  way: Way,
  assertion: AssertionOptions = {},
  response: ResponseOptions = {},
): string => sign(responseXml(way, assertionXml(way, assertion), response), 'Assertion', idp.pair);

/** Hands a Response in, as a form of another site. */
export const handIn = (
  site: Site,
  provider: string,
  xml: string | Uint8Array,
  browser = new Browser(),
): Promise<Answer> =>
  browser.post(`${site.url}/sso/${provider}/acs`, { SAMLResponse: Buffer.from(xml).toString('base64') });
