import type { Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import express from 'express';
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { onEachEngine } from '../../engines/index.ts';
import { ask, closeServer, listen, openSite, type Site } from './site.ts';

const ISSUER = 'https://sso.example/realms/agents';
const AUDIENCE = 'livret';

const seconds = () => Math.floor(Date.now() / 1000);

onEachEngine('JWT bearer clients', (engine) => {
  let site: Site;
  let issuer: { server: Server; url: string };
  let keys: CryptoKeyPair;
  let publicPem: string;
  let jwks: { status: number; fetched: number };

  before(async () => {
    keys = await generateKeyPair('RS256', { extractable: true });
    publicPem = await exportSPKI(keys.publicKey);
    const published = { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] };
    jwks = { status: 200, fetched: 0 };
    const app = express();
    app.get('/jwks', (_request, response) => {
      jwks.fetched += 1;
      response.status(jwks.status).json(published);
    });
    issuer = await listen(app);
  });
  after(() => closeServer(issuer.server));

  beforeEach(async () => {
    jwks.status = 200;
    site = await openSite(engine, {
      jwt: {
        issuer: ISSUER,
        audience: AUDIENCE,
        jwksUrl: `${issuer.url}/jwks`,
        scopeClaim: 'scope',
        scopes: { 'lrs.write': ['statements/write', 'define'], 'lrs.read': ['all/read'] },
      },
    });
  });
  afterEach(() => site.close());

  const claims = (more: JWTPayload = {}): JWTPayload => ({
    iss: ISSUER,
    aud: AUDIENCE,
    sub: 'client-7',
    exp: seconds() + 60,
    scope: 'openid lrs.write',
    ...more,
  });
  const token = (payload: JWTPayload, kid = 'one', key = keys.privateKey) =>
    new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid }).sign(key);
  const who = async (jwt: string) => ask(`${site.url}/who`, `Bearer ${jwt}`);

  it('have the mapped scopes and an authority at their issuer', async () => {
    const { status, body } = await who(await token(claims()));
    expect(status).to.equal(200);
    expect(body).to.deep.equal({
      id: 'client-7',
      kind: 'token',
      scopes: ['statements/write', 'define'],
      authority: { objectType: 'Agent', account: { homePage: ISSUER, name: 'client-7' } },
      authorityKey: `account:${ISSUER}|client-7`,
    });
  });

  it('may list their scopes, and get none for words that are not mapped', async () => {
    const list = await who(await token(claims({ scope: ['lrs.read', 'lrs.write', 7] })));
    expect(list.body.scopes).to.deep.equal(['all/read', 'statements/write', 'define']);
    const none = await who(await token(claims({ scope: 'all constructor __proto__' })));
    expect([none.status, none.body.scopes]).to.deep.equal([200, []]);
  });

  it('are refused when expired, early, for someone else, from someone else, or without what is needed', async () => {
    const bad: JWTPayload[] = [
      claims({ exp: seconds() - 1 }),
      claims({ nbf: seconds() + 60 }),
      claims({ aud: 'another' }),
      claims({ iss: 'https://evil.example' }),
      ...(['exp', 'aud', 'iss', 'sub'] as const).map((name) => {
        const { [name]: _left, ...rest } = claims();
        return rest;
      }),
      claims({ sub: '' }),
    ];
    for (const payload of bad) {
      const { status, headers, body } = await who(await token(payload));
      expect([status, body.code], JSON.stringify(payload)).to.deep.equal([401, 'access.invalid']);
      expect(headers.get('www-authenticate')).to.equal('Bearer realm="Livret", error="invalid_token"');
    }
  });

  it('are refused with alg none, and with the public key used as a shared secret', async () => {
    const unsigned = new UnsecuredJWT(claims()).encode();
    expect((await who(unsigned)).status).to.equal(401);
    const confused = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'HS256', kid: 'one' })
      .sign(new TextEncoder().encode(publicPem));
    expect((await who(confused)).body.code).to.equal('access.invalid');
  });

  it('are refused when signed by another key, under its name or an unknown one, or tampered with', async () => {
    const stranger = await generateKeyPair('RS256');
    expect((await who(await token(claims(), 'one', stranger.privateKey))).status).to.equal(401);
    expect((await who(await token(claims(), 'two', stranger.privateKey))).status).to.equal(401);
    const [header, , signature] = (await token(claims())).split('.');
    const forged = Buffer.from(JSON.stringify(claims({ scope: 'lrs.read' }))).toString('base64url');
    expect((await who(`${header}.${forged}.${signature}`)).status).to.equal(401);
    expect((await who('not.a.jwt')).status).to.equal(401);
  });

  it('cannot make the issuer be asked again and again with unknown key names', async () => {
    await who(await token(claims()));
    const { fetched } = jwks;
    for (let i = 0; i < 5; i++) await who(await token(claims(), `unknown-${i}`));
    expect(jwks.fetched).to.equal(fetched);
  });

  it('stop to the second when the token expires, although recognised', async () => {
    const jwt = await token(claims({ exp: seconds() + 2 }));
    expect((await who(jwt)).status).to.equal(200);
    await wait(2_050);
    expect((await who(jwt)).status).to.equal(401);
  });

  it('are told to come back when the issuer does not answer', async () => {
    jwks.status = 500;
    const { status, body } = await who(await token(claims()));
    expect([status, body.code]).to.deep.equal([503, 'access.unavailable']);
  });
});
