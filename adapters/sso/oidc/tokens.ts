/** Checking what a provider signed: ID tokens, userinfo, logout tokens (JWTs, RFC 7519; advice of RFC 8725). */
import { hash } from 'node:crypto';
import {
  errors,
  type JWSHeaderParameters,
  type JWTPayload,
  type JWTVerifyOptions,
  type JWTVerifyResult,
  jwtVerify,
} from 'jose';
import { LivretError } from '../../../lrs/index.ts';
import type { OidcSettings } from '../settings.ts';
import { CLOCK_SKEW, type Known } from './metadata.ts';
import { refused } from './refusals.ts';

/**
 * Signatures that only the provider can make, by functions that are not weak. `none` is none, and with HS* whoever knows
 * the client's secret, or takes a public key for one, could sign (RFC 8725 section 2.1).
 */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'];

/** Seconds between issuing and arriving of what is sent at once. */
const ON_THE_WAY = 600;

/** What can be wrong with a token whose key was found, or not; all else is wrong with the provider's keys. */
const isAboutToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;

async function orUnavailable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (isAboutToken(error) || error instanceof LivretError) throw error;
    throw new LivretError('sso.unavailable', { detail: 'The keys of the provider cannot be read.', retryAfter: 5 });
  }
}

/**
 * The claims of a token that this provider signed for this client. Rejects `sso.unavailable` where its keys cannot be had,
 * and with jose's errors. The keys are read again for one that is not among them, or that was replaced under its name.
 */
async function verify(
  jwt: string,
  { server, keys }: Known,
  { clientId, clockSkew = CLOCK_SKEW }: OidcSettings,
  options: Pick<JWTVerifyOptions, 'requiredClaims' | 'maxTokenAge'>,
): Promise<JWTVerifyResult> {
  const keyOf = (...asked: Parameters<typeof keys>) => orUnavailable(() => keys(...asked));
  const expected: JWTVerifyOptions = {
    ...{ issuer: server.issuer, audience: clientId, algorithms: ALGORITHMS, clockTolerance: clockSkew },
    ...options,
  };
  try {
    return await jwtVerify(jwt, keyOf, expected);
  } catch (error) {
    if (!(error instanceof errors.JWSSignatureVerificationFailed) || keys.coolingDown) throw error;
    await orUnavailable(() => keys.reload());
    return jwtVerify(jwt, keyOf, expected);
  }
}

/**
 * The left half of a token's hash (OpenID Connect Core 1.0 section 3.1.3.6), by the function of the signature:
 * `at_hash` of an access token.
 */
function halfHash(text: string, { alg = '' }: JWSHeaderParameters): string {
  const digest = hash(`sha${alg.slice(2)}`, text, 'buffer');
  return digest.subarray(0, digest.length / 2).toString('base64url');
}

/** The ID token of a login (Core section 3.1.3.7), whose nonce openid-client has compared. Rejects as `verify` does, and `sso.refused`. */
export async function readIdToken(
  tokens: { id_token: string; access_token: string },
  known: Known,
  settings: OidcSettings,
): Promise<JWTPayload & { sub: string }> {
  const { payload, protectedHeader } = await verify(tokens.id_token, known, settings, {
    ...{ requiredClaims: ['sub', 'exp', 'iat', 'nonce'], maxTokenAge: ON_THE_WAY },
  });
  const { sub, azp, at_hash } = payload;
  if (typeof sub !== 'string' || sub === '') throw refused('The ID token names nobody (sub).');
  if (azp !== undefined && azp !== settings.clientId) throw refused('The ID token was issued to another client (azp).');
  if (at_hash !== undefined && at_hash !== halfHash(tokens.access_token, protectedHeader)) {
    throw refused('The access token is not the one that the ID token came with (at_hash).');
  }
  return { ...payload, sub };
}

/** A signed userinfo answer: "the UserInfo Response SHOULD contain the Claims iss and aud" (Core section 5.3.2); here it must. */
export async function readUserInfoToken(jwt: string, known: Known, settings: OidcSettings): Promise<JWTPayload> {
  const { payload } = await verify(jwt, known, settings, { requiredClaims: ['sub'] });
  return payload;
}

/** What a provider calls over. */
export interface LogoutToken {
  subject?: string;
  index?: string;
  /** Its own name, and ms since 1970 after which it cannot be shown again anyway. */
  id: string;
  until: number;
}

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** Logout tokens may say what they are; what says that it is something else is none. */
const LOGOUT_TYPES = [undefined, 'jwt', 'logout+jwt', 'application/logout+jwt'];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/**
 * A logout token (OpenID Connect Back-Channel Logout 1.0 section 2.6). Without `exp`, which drafts did not demand, it
 * counts as long as any does: ten minutes from its `iat`. Rejects as `verify` does, and `sso.refused`.
 */
export async function readLogoutToken(jwt: string, known: Known, settings: OidcSettings): Promise<LogoutToken> {
  const { payload, protectedHeader } = await verify(jwt, known, settings, {
    ...{ requiredClaims: ['iat', 'jti', 'events'], maxTokenAge: ON_THE_WAY },
  });
  if (!LOGOUT_TYPES.includes(protectedHeader.typ?.toLowerCase())) throw refused('The token is no logout token (typ).');
  const { events, nonce, iat = 0 } = payload;
  if (!isObject(events) || !isObject(events[LOGOUT_EVENT])) throw refused('The token is no logout token (events).');
  // "Prohibiting nonce prevents a Logout Token from being used as an ID Token", and the other way round.
  if (nonce !== undefined) throw refused('A logout token has no nonce.');
  const [id, subject, index] = [payload.jti, payload.sub, payload.sid].map(textOf);
  if (id === undefined) throw refused('The logout token has no name (jti).');
  if (subject === undefined && index === undefined) throw refused('The logout token names neither sub nor sid.');
  const until = (iat + ON_THE_WAY + 2 * (settings.clockSkew ?? CLOCK_SKEW)) * 1000;
  return { id, until, ...(subject !== undefined && { subject }), ...(index !== undefined && { index }) };
}
