/** SAML 2.0 service provider: several identity providers, each with addresses of its own. */
import { X509Certificate } from 'node:crypto';
import express, { type NextFunction, type Request, type Response } from 'express';
import { LivretError, type Store } from '../../../lrs/index.ts';
import type { Permission } from '../../../web/index.ts';
import type { ProtocolOptions, Provider } from '../provider.ts';
import type { SamlSettings, SsoSettings } from '../settings.ts';
import { addressesOf } from './addresses.ts';
import { consume } from './consume.ts';
import { LARGEST_MESSAGE } from './decode.ts';
import { isSoon } from './expiry.ts';
import { logout } from './logout.ts';
import { createSignatureCheck, nameIdFormatOf } from './node-saml.ts';
import { type OwnKeys, readOwnKeys } from './own-keys.ts';
import { ownMetadata } from './own-metadata.ts';
import { SamlProvider } from './provider.ts';
import { ProviderMetadata } from './provider-metadata.ts';
import { refused } from './refused.ts';

export interface SamlOptions extends ProtocolOptions {
  /** Keeps what providers told of themselves. */
  store: Store;
  /** Where our own keys are kept when they are made here. */
  folder: string;
  /** Our own keys, where the settings name them. */
  keys?: SsoSettings['saml'] | undefined;
}

export interface Saml {
  providers: Provider[];
  permissions: readonly Permission[];
  /** Reads our keys, and makes them where there are none: rejects `config.invalid`. Providers are asked without waiting for them. */
  ready(): Promise<void>;
}

type ToProvider = Request<{ provider: string }>;

/** Adds the routes of SAML. */
export function createSaml(settings: readonly SamlSettings[], options: SamlOptions): Saml {
  const { routes, siteUrl, entrance, tell, store, folder } = options;
  let reading: Promise<OwnKeys> | undefined;
  const keys = (): Promise<OwnKeys> => {
    reading ??= readOwnKeys({ settings: options.keys, folder, siteUrl });
    return reading;
  };
  const providers = settings.map(
    (each) => new SamlProvider(each, addressesOf(siteUrl, each.id), new ProviderMetadata(each, store, tell), keys),
  );
  const checkSignature = createSignatureCheck();
  const providerOf = ({ params }: ToProvider): SamlProvider => {
    const found = providers.find(({ id }) => id === params.provider);
    if (!found) throw new LivretError('sso.unknown');
    return found;
  };

  routes.get('/sso/:provider/metadata', async (request: ToProvider, response: Response) => {
    const provider = providerOf(request);
    const xml = ownMetadata(provider.addresses, nameIdFormatOf(provider.settings), await keys());
    response.type('application/samlmetadata+xml').send(xml);
  });

  routes.post('/sso/:provider/acs', readForm, async (request: ToProvider, response: Response) => {
    const { between, renew } = providerOf(request);
    const path = await consume(request, response, { checkSignature, entrance, between, renew });
    sendOn(response, path);
  });

  const endSession = async (request: ToProvider, response: Response): Promise<void> => {
    const { between, renew } = providerOf(request);
    sendOn(response, await logout(request, { entrance, tell, between, renew }));
  };
  routes.get('/sso/:provider/slo', endSession);
  routes.post('/sso/:provider/slo', readForm, endSession);

  return {
    providers,
    permissions: [
      { method: 'GET', path: '/sso/:provider/metadata', anyOf: 'public' },
      { method: 'POST', path: '/sso/:provider/acs', anyOf: 'public' },
      { method: 'GET', path: '/sso/:provider/slo', anyOf: 'public' },
      { method: 'POST', path: '/sso/:provider/slo', anyOf: 'public' },
    ],
    async ready() {
      if (providers.length === 0) return;
      const { current } = await keys();
      const until = new X509Certificate(current.certificate).validTo;
      if (isSoon(Date.parse(until))) tell('our own certificate for SAML expires soon', { until });
      for (const provider of providers) void provider.refresh();
    },
  };
}

function sendOn(response: Response, to: string): void {
  response.set('Cache-Control', 'no-store').redirect(303, to);
}

// A message in base64, and some room for a RelayState.
const parseForm = express.urlencoded({ extended: false, limit: LARGEST_MESSAGE, parameterLimit: 10 });

function readForm(request: Request, response: Response, next: NextFunction): void {
  parseForm(request, response, (error?: unknown) => {
    next(error === undefined ? undefined : refused('The form is too large, or cannot be read.', error));
  });
}
