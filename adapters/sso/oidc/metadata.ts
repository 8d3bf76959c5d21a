/** What a provider publishes about itself: its metadata (OpenID Connect Discovery 1.0) and its keys (JWKS, RFC 7517). */
import { readFileSync } from 'node:fs';
import { createRemoteJWKSet, customFetch as keyFetch, type RemoteJWKSet } from 'jose';
import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  clockTolerance,
  customFetch,
  discovery,
  None,
  type ServerMetadata,
} from 'openid-client';
import { LivretError } from '../../../lrs/index.ts';
import type { OidcSettings } from '../settings.ts';
import { type BoundedFetch, createBoundedFetch, isLoopback, isSafe } from './bounded-fetch.ts';

/** ms for which the metadata are taken to be true, and the keys, of which one may be withdrawn. */
const METADATA_TERM = 60 * 60_000;
const KEYS_TERM = 10 * 60_000;

export interface Pace {
  /** ms that an answer of the provider is waited for: somebody sits in front of a page. */
  patience: number;
  /** ms between two readings of the keys because of a token with another one: such tokens anybody can send. */
  keysPause: number;
}

export const PACE: Pace = { patience: 5_000, keysPause: 5_000 };

/** Seconds by which clocks may differ, unless the settings say otherwise. */
export const CLOCK_SKEW = 60;

export interface Known {
  config: Configuration;
  server: ServerMetadata;
  keys: RemoteJWKSet;
  /** ms since 1970 */
  read: number;
}

/** Addresses of a provider that we, or the browser, will be sent to. */
const ENDPOINTS = [
  'authorization_endpoint',
  'token_endpoint',
  'userinfo_endpoint',
  'jwks_uri',
  'end_session_endpoint',
] as const;

const unavailable = (detail: string, cause?: unknown): LivretError =>
  new LivretError('sso.unavailable', { detail, retryAfter: 5, cause });

/** Throws `config.invalid` where the file cannot be read, or is empty. */
function readSecret({ id, clientSecretFile: file }: OidcSettings): string | undefined {
  if (file === undefined) return undefined;
  const invalid = (what: string): LivretError =>
    new LivretError('config.invalid', { detail: `LIVRET_SSO: ${id}: clientSecretFile ${file} ${what}.` });
  let secret: string;
  try {
    secret = readFileSync(file, 'utf8').trim();
  } catch {
    throw invalid('cannot be read');
  }
  if (secret === '') throw invalid('is empty');
  return secret;
}

/** How this client shows who it is at the token endpoint. */
function clientAuth(settings: OidcSettings): ClientAuth {
  const secret = readSecret(settings);
  if (secret === undefined) return None();
  return settings.clientAuthentication === 'post' ? ClientSecretPost(secret) : ClientSecretBasic(secret);
}

/** The metadata and keys of one provider: read when they are first needed, and again when they are old. */
export class Metadata {
  readonly #settings: OidcSettings;
  readonly #pace: Pace;
  readonly #fetch: BoundedFetch;
  #known: Known | undefined;
  #reading: Promise<Known> | undefined;
  /** Why it could not be read the last time, where that failed. */
  failure: string | undefined;

  /** Throws `config.invalid` where the issuer's address is not safe, or there is no secret where one is named. */
  constructor(settings: OidcSettings, pace: Pace = PACE) {
    this.#settings = settings;
    this.#pace = pace;
    this.#fetch = createBoundedFetch(pace.patience);
    if (!isSafe(settings.issuer)) {
      const detail = `LIVRET_SSO: ${settings.id}: issuer should be an https address (or http on this very machine).`;
      throw new LivretError('config.invalid', { detail });
    }
    readSecret(settings);
  }

  /** What is known now, without asking. */
  get last(): Known | undefined {
    return this.#known;
  }

  /** What is known; asks where nothing is. Rejects `sso.unavailable`. */
  async known(): Promise<Known> {
    return this.#known ?? this.#read();
  }

  /** Asks again where it is time, and goes on with what was known where there is no answer. Never rejects. */
  async refresh(): Promise<void> {
    const fresh = this.#known !== undefined && Date.now() - this.#known.read < METADATA_TERM;
    if (fresh && this.failure === undefined) return;
    try {
      const { keys } = await this.#read();
      await keys.reload();
    } catch (error) {
      this.failure = error instanceof LivretError ? error.message : 'The keys cannot be read.';
    }
  }

  /** One reading for all who wait for it. */
  #read(): Promise<Known> {
    this.#reading ??= this.#discover()
      .catch((error: unknown) => {
        const failure =
          error instanceof LivretError ? error : unavailable('The metadata are not what they should be.', error);
        this.failure = failure.message;
        throw failure;
      })
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  async #discover(): Promise<Known> {
    const { issuer, clientId, clockSkew = CLOCK_SKEW } = this.#settings;
    const client = { [clockTolerance]: clockSkew };
    const config = await discovery(new URL(issuer), clientId, client, clientAuth(this.#settings), {
      [customFetch]: this.#fetch,
      timeout: this.#pace.patience / 1000,
      execute: isLoopback(issuer) ? [allowInsecureRequests] : [],
    }).catch((error: unknown) => {
      // Causes hold nothing but what everybody may read here.
      const { cause } = error as Error;
      throw cause instanceof LivretError ? cause : unavailable('The metadata cannot be read.', error);
    });
    const server = config.serverMetadata();
    const unsafe = ENDPOINTS.find((name) => server[name] !== undefined && !isSafe(server[name]));
    if (unsafe !== undefined) throw unavailable(`Its ${unsafe} is no https address.`);
    if (server.jwks_uri === undefined) throw unavailable('Its metadata name no jwks_uri.');
    this.#known = { config, server, keys: this.#keysAt(server.jwks_uri), read: Date.now() };
    this.failure = undefined;
    return this.#known;
  }

  /** Keys that were read stay, unless they have moved. */
  #keysAt(address: string): RemoteJWKSet {
    if (this.#known?.server.jwks_uri === address) return this.#known.keys;
    return createRemoteJWKSet(new URL(address), {
      [keyFetch]: this.#fetch,
      ...{ timeoutDuration: this.#pace.patience, cacheMaxAge: KEYS_TERM, cooldownDuration: this.#pace.keysPause },
    });
  }
}
