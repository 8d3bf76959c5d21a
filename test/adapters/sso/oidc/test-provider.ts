/** A small OpenID Connect provider: a real server on loopback that does as it should, until a test bends it. */
import { hash, randomBytes, randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import express, { type Request, type Response } from 'express';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { closeServer, listen } from '../../../lrs/access/site.ts';

export const CLIENT = 'livret';
export const SECRET = 'aSecretOfTheseTestsOnly';

export interface SigningKey {
  kid: string;
  alg: string;
  privateKey: CryptoKey;
  published: JWK;
}

export async function newKey(alg = 'RS256', kid: string = randomUUID()): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, published: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

export const sign = (claims: JWTPayload, { alg, kid, privateKey }: SigningKey, typ?: string): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg, kid, ...(typ !== undefined && { typ }) }).sign(privateKey);

/** Ways in which it can misbehave; each changes what would have been sent. */
export interface Bends {
  metadata?: (metadata: Record<string, unknown>) => Record<string, unknown>;
  /** Parameters of the answer to the browser. */
  answer?: (answer: Record<string, string>) => Record<string, string>;
  /** Claims of the ID token. */
  claims?: (claims: JWTPayload) => JWTPayload;
  idToken?: (claims: JWTPayload) => Promise<string> | string;
  token?: (response: Response) => void;
  userinfo?: (claims: JWTPayload, response: Response) => Promise<void> | void;
  everything?: (request: Request, response: Response) => boolean;
}

/** Claims to change; undefined leaves one out. */
export type Changes = Record<string, unknown>;

interface Grant {
  nonce: string;
  challenge: string;
  redirectUri: string;
}

export class TestProvider {
  url = '';
  bends: Bends = {};
  /** The first one signs. */
  keys: SigningKey[] = [];
  person: JWTPayload & { sub: string } = { sub: 'sub-1', uid: 'rio-1' };
  /** How many times the keys were asked for. */
  keysAsked = 0;
  metadataAsked = 0;
  /** What the token endpoint was sent last, and how the client showed who it is. */
  lastToken: { form: Record<string, string>; authorization: string | undefined } | undefined;
  lastAuthorize: Record<string, string> | undefined;
  readonly #grants = new Map<string, Grant>();
  readonly #accessTokens = new Set<string>();
  #first: SigningKey | undefined;
  #server: Server | undefined;

  async start(): Promise<this> {
    const app = express();
    app.use((request, response, next) => {
      if (!this.bends.everything?.(request, response)) next();
    });
    app.get('/.well-known/openid-configuration', (_request, response) => {
      this.metadataAsked += 1;
      response.json(this.metadata());
    });
    app.get('/jwks', (_request, response) => {
      this.keysAsked += 1;
      response.json({ keys: this.keys.map(({ published }) => published) });
    });
    app.get('/authorize', (request, response) => this.#authorize(request, response));
    app.post('/token', express.urlencoded(), (request, response) => this.#token(request, response));
    app.get('/userinfo', (request, response) => this.#userinfo(request, response));
    const { server, url } = await listen(app);
    this.#server = server;
    this.url = url;
    this.#first = await newKey();
    this.reset();
    return this;
  }

  /** As it was at the start. */
  reset(): void {
    this.bends = {};
    this.keys = this.#first === undefined ? [] : [this.#first];
    this.person = { sub: 'sub-1', uid: 'rio-1' };
    this.keysAsked = 0;
    this.metadataAsked = 0;
  }

  async stop(): Promise<void> {
    if (this.#server) await closeServer(this.#server);
  }

  metadata(): Record<string, unknown> {
    const metadata = {
      issuer: this.url,
      authorization_endpoint: `${this.url}/authorize`,
      token_endpoint: `${this.url}/token`,
      userinfo_endpoint: `${this.url}/userinfo`,
      jwks_uri: `${this.url}/jwks`,
      end_session_endpoint: `${this.url}/end?realm=agents`,
      response_types_supported: ['code'],
      // As LemonLDAP::NG says it, whatever the client's own setting is.
      id_token_signing_alg_values_supported: ['none', 'HS256', 'HS512', 'RS256', 'RS512', 'PS256', 'ES256'],
      code_challenge_methods_supported: ['plain', 'S256'],
      backchannel_logout_supported: true,
    };
    return this.bends.metadata?.(metadata) ?? metadata;
  }

  get key(): SigningKey {
    const [key] = this.keys;
    if (!key) throw new Error('no key');
    return key;
  }

  /** A logout token as it should be, with what the test changes. */
  logoutClaims(more: Changes = {}): JWTPayload {
    const now = Math.floor(Date.now() / 1000);
    return {
      ...{ iss: this.url, aud: CLIENT, iat: now, exp: now + 120, jti: randomUUID(), sub: this.person.sub },
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      ...more,
    } as JWTPayload;
  }

  #authorize(request: Request, response: Response): void {
    const asked = request.query as Record<string, string>;
    this.lastAuthorize = asked;
    const { redirect_uri = '', state = '', nonce = '', code_challenge = '', code_challenge_method } = asked;
    if (code_challenge_method !== 'S256') throw new Error('PKCE is needed');
    const code = randomBytes(16).toString('hex');
    this.#grants.set(code, { nonce, challenge: code_challenge, redirectUri: redirect_uri });
    const answer = { code, state };
    const sent = this.bends.answer?.(answer) ?? answer;
    response.redirect(303, `${redirect_uri}?${new URLSearchParams(sent)}`);
  }

  async #token(request: Request, response: Response): Promise<void> {
    const form = request.body as Record<string, string>;
    this.lastToken = { form, authorization: request.headers.authorization };
    if (this.bends.token) {
      this.bends.token(response);
      return;
    }
    const { code = '', code_verifier = '', redirect_uri } = form;
    const grant = this.#grants.get(code);
    this.#grants.delete(code);
    const verified = hash('sha256', code_verifier, 'base64url') === grant?.challenge;
    if (!grant || !verified || grant.redirectUri !== redirect_uri) {
      response.status(400).json({ error: 'invalid_grant', error_description: 'secret-looking words' });
      return;
    }
    const access_token = randomBytes(16).toString('hex');
    this.#accessTokens.add(access_token);
    const now = Math.floor(Date.now() / 1000);
    const at_hash = createHalf(access_token, this.key.alg);
    const claims: JWTPayload = {
      ...{ iss: this.url, aud: CLIENT, sub: this.person.sub, iat: now, exp: now + 300 },
      ...{ nonce: grant.nonce, at_hash, sid: 'session-1', acr: 'eidas1' },
    };
    const bent = this.bends.claims?.(claims) ?? claims;
    const id_token = await (this.bends.idToken?.(bent) ?? sign(bent, this.key));
    response.json({ access_token, token_type: 'Bearer', expires_in: 60, id_token });
  }

  async #userinfo(request: Request, response: Response): Promise<void> {
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    if (!this.#accessTokens.has(token)) response.status(401).set('WWW-Authenticate', 'Bearer').end();
    else if (this.bends.userinfo) await this.bends.userinfo(this.person, response);
    else response.json(this.person);
  }
}

const createHalf = (text: string, alg: string): string => {
  const digest = hash(`sha${alg.slice(2)}`, text, 'buffer');
  return digest.subarray(0, digest.length / 2).toString('base64url');
};
