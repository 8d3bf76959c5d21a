/** node-saml, as strict as it can be set, and the passport strategy around it. */
import type { IncomingMessage } from 'node:http';
import {
  type CacheProvider,
  MultiSamlStrategy,
  type PassportSamlConfig,
  type Profile,
  SAML,
  ValidateInResponseTo,
  type VerifyWithoutRequest,
} from '@node-saml/passport-saml';
import type { Request, Response } from 'express';
import passport from 'passport';
import { LivretError } from '../../../lrs/index.ts';
import type { SamlSettings } from '../settings.ts';
import type { Addresses } from './addresses.ts';
import type { IdpMetadata } from './idp-metadata.ts';
import { PERSISTENT } from './names.ts';
import type { OwnKeys } from './own-keys.ts';
import { refused } from './refused.ts';

/** What node-saml has to know of a provider and of us. */
export interface Between {
  settings: SamlSettings;
  addresses: Addresses;
  metadata: IdpMetadata;
  keys: OwnKeys;
}

/** ms */
export const skewOf = ({ clockSkew }: SamlSettings): number => (clockSkew ?? 60) * 1000;

export const nameIdFormatOf = ({ nameIdFormat }: SamlSettings): string => nameIdFormat ?? PERSISTENT;

/** Which request is answered is looked up in the store, by the entrance; what node-saml keeps in memory no other process knows. */
const nothing: CacheProvider = {
  saveAsync: async () => null,
  getAsync: async () => null,
  removeAsync: async () => null,
};

function configOf({ settings, addresses, metadata }: Between): PassportSamlConfig {
  return {
    issuer: addresses.entityId,
    audience: addresses.entityId,
    callbackUrl: addresses.acs,
    entryPoint: metadata.signOn,
    idpIssuer: metadata.entityId,
    idpCert: metadata.keys.map(({ pem }) => pem),
    identifierFormat: nameIdFormatOf(settings),
    disableRequestedAuthnContext: true,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: true,
    acceptedClockSkewMs: skewOf(settings),
    validateInResponseTo: ValidateInResponseTo.never,
    cacheProvider: nothing,
  };
}

/** To check messages with. */
export const samlFor = (between: Between): SAML => new SAML(configOf(between));

/** To write messages with, which are signed afterwards (signedAddress). */
export const writerFor = (between: Between, more: { logoutUrl: string } | { generateUniqueId(): string }): SAML =>
  new SAML({ ...configOf(between), ...more });

/** A Response that is handed in, and how it has to be checked. */
export interface HandedIn {
  /** The text that was read: node-saml reads the same. */
  text: string;
  between: Between;
  /** Whether it is signed as a whole, and whether the assertion is by itself: each signature that there is has to fit. */
  signed: boolean;
  assertionSigned: boolean;
  /** PEM of the key that opens the assertion. */
  decryptionKey?: string;
}

/** The assertion as it was signed (XML), once node-saml and passport let it pass. Rejects `sso.refused`. */
export type CheckSignature = (request: Request, response: Response, handedIn: HandedIn) => Promise<string>;

/** A wrong signature, or one by a key that we do not know yet. */
export class UnknownSignature extends Error {}

const letIn: VerifyWithoutRequest = (profile, done) => done(null, profile ?? undefined);
const letOut: VerifyWithoutRequest = (_profile, done) => done(new Error('A Response logs nobody out.'));

/** Builds the strategy; one serves all providers. */
export function createSignatureCheck(): CheckSignature {
  const underway = new WeakMap<IncomingMessage, HandedIn>();
  const strategy = new MultiSamlStrategy(
    {
      getSamlOptions(request, done) {
        const handedIn = underway.get(request);
        if (handedIn === undefined) done(new Error('No Response was handed in.'));
        else done(null, strategyConfig(handedIn));
      },
    },
    letIn,
    letOut,
  );
  // Its types are made for Express 4, of which it uses what Express 5 has as well.
  const authenticator = new passport.Passport().use('saml', strategy as unknown as passport.Strategy);
  return async (request, response, handedIn) => {
    underway.set(request, handedIn);
    // passport-saml looks at the query first, and takes a LogoutRequest in it without a signature: it gets this and nothing else.
    request.body = { SAMLResponse: Buffer.from(handedIn.text).toString('base64') };
    const profile = await new Promise<Profile>((resolve, reject) => {
      const done = (error: unknown, user?: unknown): void => {
        if (user) resolve(user as Profile);
        else reject(error ?? refused('It lets nobody in.'));
      };
      authenticator.authenticate('saml', { session: false }, done)(request, response, done);
    }).catch((error: unknown) => {
      throw reasonOf(error);
    });
    const assertion = profile.getAssertionXml?.();
    if (assertion === undefined) throw refused('It lets nobody in.');
    return assertion;
  };
}

function strategyConfig({ between, signed, assertionSigned, decryptionKey }: HandedIn): PassportSamlConfig {
  const config = {
    ...configOf(between),
    wantAuthnResponseSigned: signed,
    wantAssertionsSigned: assertionSigned,
  };
  return decryptionKey === undefined ? config : { ...config, decryptionPvk: decryptionKey };
}

function reasonOf(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof LivretError) return error;
  // All that node-saml says of a signature begins so.
  if (/^invalid (document )?signature/i.test(error.message))
    return new UnknownSignature(error.message, { cause: error });
  return refused(error.message, error);
}
