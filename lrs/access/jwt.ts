/** Bearer clients whose tokens another issuer signs: JWTs (RFC 7519, RFC 9068) checked against its published keys (JWKS, RFC 7517). */
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { LivretError } from '../errors.ts';
import { type Agent, authorityKey } from '../xapi/index.ts';
import type { Principal, Scope } from './principal.ts';
import type { TokenVerifier } from './tokens.ts';

export interface JwtSettings {
  /** `iss` as it must stand in the token; also the homePage of the authority, so it has to be an absolute URL. */
  issuer: string;
  /** `aud` must hold this. */
  audience: string;
  /** Address of the issuer's JWKS. */
  jwksUrl: string;
  /** Name of the claim that says what the client may do: words between spaces, or a list. */
  scopeClaim: string;
  /** From a word of that claim to scopes; words not named here give none. */
  scopes: Readonly<Record<string, readonly Scope[]>>;
}

/**
 * Signatures only the issuer can make. HS* are missing on purpose: with them a public key could be used as the shared
 * secret (RFC 8725 section 2.1), and `none` never counts.
 */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** What can be wrong with the issuer's keys, not with the token. */
const ISSUER_FAULTS = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JWK_INVALID', 'ERR_JOSE_GENERIC']);

function refusal(error: unknown): LivretError {
  if (!(error instanceof errors.JOSEError) || ISSUER_FAULTS.has(error.code)) {
    return new LivretError('access.unavailable', { cause: error, retryAfter: 5 });
  }
  if (error instanceof errors.JWTExpired)
    return new LivretError('access.invalid', { detail: 'The token has expired.' });
  if (error instanceof errors.JWTClaimValidationFailed) {
    return new LivretError('access.invalid', { detail: `The token's "${error.claim}" claim does not fit.` });
  }
  return new LivretError('access.invalid', { detail: 'The token cannot be verified.' });
}

function words(claim: unknown): string[] {
  if (typeof claim === 'string') return claim.split(' ').filter(Boolean);
  return Array.isArray(claim) ? claim.filter((word) => typeof word === 'string') : [];
}

function principalOf(
  payload: JWTPayload,
  settings: JwtSettings,
  scopes: ReadonlyMap<string, readonly Scope[]>,
): Principal {
  const id = payload.sub ?? '';
  if (id === '') throw new LivretError('access.invalid', { detail: 'The token has no subject.' });
  const authority: Agent = { objectType: 'Agent', account: { homePage: settings.issuer, name: id } };
  const granted = words(payload[settings.scopeClaim]).flatMap((word) => scopes.get(word) ?? []);
  return { id, kind: 'token', scopes: new Set(granted), authority, authorityKey: authorityKey(authority) };
}

/**
 * Recognises Bearer JWTs of one issuer. Checked: signature by an asymmetric algorithm, `iss`, `aud`, `exp` (required),
 * `nbf`, `sub` (required); no leeway for clocks. Its keys are fetched at the first token, kept 10 minutes, and fetched
 * again for an unknown `kid` at most every 30 s. The authority is the account `sub` at the issuer. A token without `kid`
 * is refused where several keys would fit.
 */
export function createJwtVerifier(settings: JwtSettings): TokenVerifier {
  const keys = createRemoteJWKSet(new URL(settings.jwksUrl), { timeoutDuration: 5_000 });
  const scopes = new Map(Object.entries(settings.scopes));
  const expected = {
    issuer: settings.issuer,
    audience: settings.audience,
    algorithms: ALGORITHMS,
    requiredClaims: ['exp', 'sub'],
  };
  return {
    name: 'jwt',
    claims: ({ scheme }) => scheme === 'bearer',
    async verify(credentials) {
      if (credentials.scheme !== 'bearer') throw new LivretError('access.invalid');
      const { payload } = await jwtVerify(credentials.token, keys, expected).catch((error: unknown) => {
        throw refusal(error);
      });
      return { principal: principalOf(payload, settings, scopes), expires: (payload.exp ?? 0) * 1000 };
    },
  };
}
