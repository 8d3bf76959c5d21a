/** Livret as a process of its own, whose people come in by a LemonLDAP::NG portal. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SsoSettings } from '../../../adapters/sso/settings.ts';
import { livret } from '../../cli/livret.ts';
import { freePort } from '../../e2e/free-port.ts';
import { type RunningServer, startServerAt } from '../../e2e/server.ts';
import { sqlite } from '../../engines/sqlite.ts';
import type { PortalSettings, RelyingParty, User } from './configuration.ts';
import type { Portal } from './portal.ts';

const SECRET = 'secret0deslivrets';

/** People of the portal, by what Livret makes of them. */
export const ADMINISTRATOR = {
  ...{ uid: 'hemery', rio: '2101234', cn: 'Hélène Émery', sn: 'Émery', givenName: 'Hélène' },
  ...{ mail: 'helene.emery@interieur.example', direction: 'Préfecture de la Côte-d’Or', roles: 'LIVRET-ADMIN; œuvres' },
} satisfies User;
export const AGENT = {
  ...{ uid: 'nguyen', rio: '2105678', cn: 'Anaïs Nguyễn', sn: 'Nguyễn', givenName: 'Anaïs' },
  ...{ mail: 'anais.nguyen@interieur.example', direction: 'Direction inconnue', roles: 'œuvres' },
} satisfies User;

const HOME_PAGE = 'https://sso.interieur.example';

const common = {
  homePage: HOME_PAGE,
  directions: { [ADMINISTRATOR.direction]: 'Côte-d’Or' },
  roles: { 'LIVRET-ADMIN': 'administrator' },
} as const;

const names = { identifier: 'rio', direction: 'direction', roles: 'roles' };

/** What Livret is told of a portal, which speaks both protocols. */
export const settingsFor = ({ url, metadataUrl }: Portal): SsoSettings => ({
  providers: [
    {
      ...{ ...common, id: 'saml', label: { fr: 'le portail (SAML)', en: 'the portal (SAML)' } },
      ...{ protocol: 'saml', metadata: metadataUrl },
      attributes: { ...names, familyName: 'sn', givenName: 'givenName', mail: 'mail' },
    },
    {
      ...{ ...common, id: 'oidc', label: { fr: 'le portail (OpenID Connect)', en: 'the portal (OpenID Connect)' } },
      ...{
        protocol: 'oidc',
        issuer: url,
        clientId: 'livret',
        clientSecretFile: 'secret',
        scopes: ['profile', 'email'],
      },
      attributes: { ...names, familyName: 'usual_name', givenName: 'given_name', mail: 'email' },
    },
  ],
});

/** What a portal is told of the Livret that runs at this address. */
export async function registrationOf(
  url: string,
): Promise<Pick<PortalSettings, 'serviceProviders' | 'relyingParties'>> {
  const metadata = await (await fetch(`${url}/sso/saml/metadata`)).text();
  const party: RelyingParty = {
    ...{ clientId: 'livret', clientSecret: SECRET, redirectUri: `${url}/sso/oidc/callback` },
    ...{ afterLogoutUri: `${url}/logged-out`, frontChannelLogoutUri: `${url}/sso/oidc/frontchannel-logout` },
  };
  return { serviceProviders: [metadata], relyingParties: [party] };
}

export interface Livret {
  url: string;
  /** What it wrote to its log so far. */
  log(): string;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** An address for Livret, known before it runs. */
export const futureAddress = async (): Promise<string> => `http://127.0.0.1:${await freePort()}`;

/** Starts it at an address, with a directory that knows the administrator and their direction from an import. */
export async function startLivret(url: string, settings: SsoSettings): Promise<Livret> {
  const place = await sqlite.place();
  const folder = await mkdtemp(join(tmpdir(), 'livret-sso-'));
  await writeFile(join(folder, 'secret'), SECRET);
  await writeFile(join(folder, 'sso.json'), JSON.stringify(settings));
  const environment = { PORT: new URL(url).port, LIVRET_URL: url, LIVRET_SSO: join(folder, 'sso.json') };
  const start = (): Promise<RunningServer> => startServerAt(place, environment);
  let server = await start();
  const printed: string[] = [];
  await importPeople(place.folder);
  return {
    url,
    log: () => [...printed, ...server.printed()].join('\n'),
    async restart() {
      await server.stop();
      printed.push(...server.printed());
      server = await start();
    },
    async stop() {
      await server.stop();
      await place.remove();
      await rm(folder, { recursive: true });
    },
  };
}

async function importPeople(folder: string): Promise<void> {
  const input = `identifiant;fournisseur;nom;prenom;courriel;direction;service;site;roles;debut;fin
${ADMINISTRATOR.rio};${HOME_PAGE};Emery;Helene;;Côte-d’Or;;;;;\n`;
  const { code, stderr } = await livret(['people', 'import', '-'], { folder, input });
  if (code !== 0) throw new Error(stderr);
}
