/** One OpenID Connect provider, for which Livret is a relying party: code flow with PKCE (Core 1.0, RFC 7636). */
import type { JWTPayload } from 'jose';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  fetchProtectedResource,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { Origin } from '../../../lrs/index.ts';
import type { Tell } from '../../../web/index.ts';
import type { Arrival, Attempt, Provider, ProviderStatus } from '../provider.ts';
import type { OidcSettings } from '../settings.ts';
import { attributesOf } from './claims.ts';
import { type Known, Metadata, type Pace } from './metadata.ts';
import { refused, refusing } from './refusals.ts';
import { type LogoutToken, readIdToken, readLogoutToken, readUserInfoToken } from './tokens.ts';

export class OidcProvider implements Provider {
  readonly id: string;
  readonly protocol = 'oidc';
  readonly #settings: OidcSettings;
  readonly #metadata: Metadata;
  readonly #siteUrl: string;
  readonly #tell: Tell;
  #told: string | undefined;

  /** Throws `config.invalid`; see Metadata. */
  constructor(
    settings: OidcSettings,
    { siteUrl, tell, pace }: { siteUrl: string; tell: Tell; pace?: Pace | undefined },
  ) {
    this.id = settings.id;
    this.#settings = settings;
    this.#metadata = new Metadata(settings, pace);
    this.#siteUrl = siteUrl;
    this.#tell = tell;
  }

  /** As the provider itself writes it, once its metadata are known. */
  get issuer(): string {
    return this.#metadata.last?.server.issuer ?? this.#settings.issuer;
  }

  remember(): Record<string, string> {
    return { nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
  }

  async start({ id, memory: { nonce = '', verifier = '' } }: Attempt): Promise<string> {
    const { config } = await this.#metadata.known();
    const { scopes = [], acrValues } = this.#settings;
    const url = buildAuthorizationUrl(config, {
      redirect_uri: this.#callback,
      scope: [...new Set(['openid', ...scopes])].join(' '),
      state: id,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(acrValues !== undefined && { acr_values: acrValues }),
    });
    return url.href;
  }

  /** Who comes back with this query (`?code=…`) from the login that the attempt began. Rejects `sso.refused`, `sso.unavailable`. */
  async arrive({ id, memory: { nonce = '', verifier = '' } }: Attempt, query: string): Promise<Arrival> {
    const known = await this.#metadata.known();
    // The address that was asked to be sent back to, whatever name this server was called by.
    const url = new URL(this.#callback + query);
    return refusing(async () => {
      const expected = { expectedState: id, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
      const { id_token, access_token } = await authorizationCodeGrant(known.config, url, expected);
      if (id_token === undefined) throw refused('There is no ID token.');
      const claims = await readIdToken({ id_token, access_token }, known, this.#settings);
      const more = await this.#askUserInfo(known, access_token, claims.sub);
      const { sub, sid } = claims;
      const origin = {
        provider: this.id,
        subject: sub,
        hint: id_token,
        ...(typeof sid === 'string' && { index: sid }),
      };
      return { origin, attributes: attributesOf({ ...claims, ...more }) };
    });
  }

  /** What a logout token calls over. Rejects `sso.refused`, `sso.unavailable`. */
  async calledOver(logoutToken: string): Promise<LogoutToken> {
    const known = await this.#metadata.known();
    return refusing(() => readLogoutToken(logoutToken, known, this.#settings));
  }

  /** RP-Initiated Logout 1.0. Where the provider cannot be asked how, the session here is over all the same. */
  async leave({ hint }: Origin): Promise<string | undefined> {
    try {
      const { config, server } = await this.#metadata.known();
      if (server.end_session_endpoint === undefined) return undefined;
      return buildEndSessionUrl(config, {
        post_logout_redirect_uri: this.#afterLogout,
        state: randomState(),
        ...(hint !== undefined && { id_token_hint: hint }),
      }).href;
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown';
      this.#tell('somebody logged out here only: the identity provider cannot be asked', { provider: this.id, reason });
      return undefined;
    }
  }

  async status(): Promise<ProviderStatus> {
    const { last, failure } = this.#metadata;
    const keys = last?.keys.jwks()?.keys ?? [];
    return {
      issuer: this.issuer,
      ...(last && { read: last.read }),
      ...(failure !== undefined && { failure }),
      keys: keys.map(({ kid, alg, kty }) => ({ name: [kid ?? '(no kid)', alg ?? kty].join(' ') })),
      addresses: {
        redirect_uri: this.#callback,
        post_logout_redirect_uri: this.#afterLogout,
        frontchannel_logout_uri: `${this.#siteUrl}/sso/${this.id}/frontchannel-logout`,
        backchannel_logout_uri: `${this.#siteUrl}/sso/${this.id}/backchannel-logout`,
      },
    };
  }

  async refresh(): Promise<void> {
    await this.#metadata.refresh();
    const { failure } = this.#metadata;
    // Each failure once: it is asked again every minute.
    if (failure !== undefined && failure !== this.#told) {
      this.#tell('an identity provider cannot be asked', { provider: this.id, reason: failure });
    }
    this.#told = failure;
  }

  get #callback(): string {
    return `${this.#siteUrl}/sso/${this.id}/callback`;
  }

  get #afterLogout(): string {
    return `${this.#siteUrl}/logged-out`;
  }

  /**
   * What the provider says of the person beyond the ID token (Core section 5.3), as JSON or as a signed JWT, as ProConnect
   * does; {} where it has no such address. "The sub Claim in the UserInfo Response MUST be verified to exactly match".
   */
  async #askUserInfo(known: Known, accessToken: string, sub: string): Promise<Readonly<Record<string, unknown>>> {
    const { userinfo_endpoint } = known.server;
    if (userinfo_endpoint === undefined) return {};
    const headers = new Headers({ accept: 'application/json, application/jwt' });
    const url = new URL(userinfo_endpoint);
    const response = await fetchProtectedResource(known.config, accessToken, url, 'GET', undefined, headers);
    if (response.status !== 200)
      throw refused(`The provider answered ${response.status} to the question for userinfo.`);
    const claims = await this.#readUserInfo(response, known);
    if (claims.sub !== sub) throw refused('The userinfo is about somebody else (sub).');
    return claims;
  }

  async #readUserInfo(response: Response, known: Known): Promise<JWTPayload> {
    const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
    const text = await response.text();
    if (type === 'application/jwt') return readUserInfoToken(text, known, this.#settings);
    if (type !== 'application/json') throw refused('The userinfo is neither JSON nor a JWT.');
    try {
      const claims: unknown = JSON.parse(text);
      if (typeof claims === 'object' && claims !== null) return claims as JWTPayload;
    } catch {
      // Refused below, as what is JSON and no object.
    }
    throw refused('The userinfo is no JSON object.');
  }
}
