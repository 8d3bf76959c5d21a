import { expect } from 'chai';
import { SignJWT, UnsecuredJWT } from 'jose';
import type { OidcSettings } from '../../../../adapters/sso/settings.ts';
import { onEachEngine, withStore } from '../../../engines/index.ts';
import { Browser, openSite, type Site } from './site.ts';
import { type Changes, CLIENT, newKey, sign, TestProvider } from './test-provider.ts';

const seconds = (): number => Math.floor(Date.now() / 1000);

onEachEngine('logging out by OpenID Connect, called by the provider', (engine) => {
  const store = withStore(engine);
  let provider: TestProvider;
  let site: Site;
  let browser: Browser;

  before(async () => {
    provider = await new TestProvider().start();
  });
  after(() => provider.stop());
  beforeEach(async () => {
    const settings: OidcSettings = {
      ...{ id: 'connect', protocol: 'oidc', label: { fr: 'Connexion', en: 'Connect' } },
      ...{ homePage: 'https://agents.example', attributes: { identifier: 'sub' } },
      ...{ issuer: provider.url, clientId: CLIENT },
    };
    site = await openSite(store, [settings]);
    browser = new Browser();
    await browser.walk(`${site.url}/sso/connect/login`);
  });
  afterEach(() => site.close());

  const isIn = async (): Promise<boolean> => (await browser.step(`${site.url}/`)).body.visitor !== undefined;
  const send = async (
    token: string | undefined,
    id = 'connect',
  ): Promise<{ status: number; cache: string | null; body: string }> => {
    const response = await fetch(`${site.url}/sso/${id}/backchannel-logout`, {
      method: 'POST',
      body: new URLSearchParams(token === undefined ? {} : { logout_token: token }),
    });
    return { status: response.status, cache: response.headers.get('cache-control'), body: await response.text() };
  };
  const logoutToken = (more: Changes = {}, typ = 'logout+jwt'): Promise<string> =>
    sign(provider.logoutClaims(more), provider.key, typ);

  it('ends the session, by sub, by sid, or by both', async () => {
    for (const login of [{}, { sub: undefined, sid: 'session-1' }, { sid: 'session-1' }]) {
      expect(await isIn()).to.equal(true);
      expect(await send(await logoutToken(login))).to.deep.equal({ status: 200, cache: 'no-store', body: '' });
      expect(await isIn(), JSON.stringify(login)).to.equal(false);
      await browser.walk(`${site.url}/sso/connect/login`);
    }
  });

  it('takes a token that has no typ of its own, or no exp', async () => {
    expect((await send(await logoutToken({}, 'JWT'))).status).to.equal(200);
    expect((await send(await logoutToken({ exp: undefined }))).status).to.equal(200);
  });

  it('leaves the sessions of others alone', async () => {
    expect((await send(await logoutToken({ sub: 'another' }))).status).to.equal(200);
    expect((await send(await logoutToken({ sid: 'another' }))).status).to.equal(200);
    expect(await isIn()).to.equal(true);
  });

  it('refuses a token that was shown already', async () => {
    const token = await logoutToken();
    expect((await send(token)).status).to.equal(200);
    await browser.walk(`${site.url}/sso/connect/login`);
    expect((await send(token)).status).to.equal(400);
    expect(await isIn()).to.equal(true);
  });

  const event = 'http://schemas.openid.net/event/backchannel-logout';
  const bad: [string, Changes, RegExp][] = [
    ['a nonce', { nonce: 'n' }, /nonce/],
    ['no events', { events: undefined }, /events/],
    ['other events', { events: { 'http://schemas.example/login': {} } }, /events/],
    ['events that are a list', { events: [event] }, /events/],
    ['an event that is no object', { events: { [event]: true } }, /events/],
    ['another audience', { aud: 'another' }, /aud/],
    ['another issuer', { iss: 'https://evil.example' }, /iss/],
    ['no jti', { jti: undefined }, /jti/],
    ['no iat', { iat: undefined }, /iat/],
    ['an iat in the future', { iat: seconds() + 300 }, /iat/],
    ['an iat of long ago', { iat: seconds() - 900, exp: seconds() + 900 }, /too long ago/],
    ['an exp that is past', { exp: seconds() - 70 }, /expired/],
    ['neither sub nor sid', { sub: undefined }, /sub/],
  ];
  for (const [what, change, reason] of bad) {
    it(`refuses a token with ${what}`, async () => {
      const { status, cache, body } = await send(await logoutToken(change));
      expect([status, cache]).to.deep.equal([400, 'no-store']);
      expect(JSON.parse(body)).to.have.property('error', 'invalid_request');
      expect(JSON.parse(body).error_description).to.match(reason);
      expect(site.told.at(-1))
        .to.match(reason)
        .and.not.match(/eyJ|sub-1/);
      expect(await isIn()).to.equal(true);
    });
  }

  it('refuses what is signed by a stranger, by nobody, by a shared secret, or as something else', async () => {
    const claims = provider.logoutClaims();
    const tokens = [
      await sign(claims, await newKey(), 'logout+jwt'),
      new UnsecuredJWT(claims).encode(),
      await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32)),
      await logoutToken({}, 'at+jwt'),
      'no.token.atall',
      '',
      undefined,
    ];
    for (const token of tokens) expect((await send(token)).status, token).to.equal(400);
    expect(await isIn()).to.equal(true);
  });

  it('refuses the ID token of a login, and a form that is no form', async () => {
    expect((await send(site.arrivals[0]?.origin.hint)).status).to.equal(400);
    expect((await send('x'.repeat(200_000))).status).to.equal(400);
    expect((await send(await logoutToken(), 'nobody')).status).to.equal(404);
    expect(await isIn()).to.equal(true);
  });
});

onEachEngine('logging out by OpenID Connect, in a hidden frame of the provider', (engine) => {
  const store = withStore(engine);
  let provider: TestProvider;
  let site: Site;
  let browser: Browser;

  before(async () => {
    provider = await new TestProvider().start();
  });
  after(() => provider.stop());
  beforeEach(async () => {
    const common = {
      label: { fr: 'x', en: 'x' },
      homePage: 'https://agents.example',
      attributes: { identifier: 'sub' },
    };
    const client = { ...common, protocol: 'oidc', issuer: provider.url, clientId: CLIENT } as const;
    site = await openSite(store, [
      { ...client, id: 'connect' },
      { ...client, id: 'another' },
    ]);
    browser = new Browser();
    await browser.walk(`${site.url}/sso/connect/login`);
  });
  afterEach(() => site.close());

  const isIn = async (who = browser): Promise<boolean> => (await who.step(`${site.url}/`)).body.visitor !== undefined;
  const load = (query: Record<string, string>, { id = 'connect', dest = 'iframe', who = browser } = {}) =>
    who.step(`${site.url}/sso/${id}/frontchannel-logout?${new URLSearchParams(query)}`, { 'sec-fetch-dest': dest });

  it('ends the session of that browser, and of no other', async () => {
    const other = new Browser();
    await other.walk(`${site.url}/sso/connect/login`);
    const { origin } = site.arrivals[0] ?? {};
    const queries = [
      {},
      { iss: provider.url },
      { iss: provider.url, sid: origin?.index ?? '' },
      { sid: origin?.subject ?? '' },
    ];
    for (const query of queries) {
      expect(await isIn()).to.equal(true);
      const { status, headers } = await load(query);
      expect([status, headers.get('cache-control'), await isIn()]).to.deep.equal([200, 'no-store', false]);
      await browser.walk(`${site.url}/sso/connect/login`);
    }
    expect(await isIn(other)).to.equal(true);
    // Without the cookie, knowing who somebody is does not help.
    expect((await load(queries[2] ?? {}, { who: new Browser() })).status).to.equal(200);
    expect([await isIn(), await isIn(other)]).to.deep.equal([true, true]);
  });

  it('does nothing for another provider, another session, another issuer, a link or an image', async () => {
    const cases = [
      [{}, { id: 'another' }, 200],
      [{ sid: 'another' }, {}, 200],
      [{ iss: 'https://evil.example' }, {}, 403],
      [{}, { dest: 'document' }, 403],
      [{}, { dest: 'image' }, 403],
      [{}, { id: 'nobody' }, 404],
    ] as const;
    for (const [query, how, status] of cases) {
      expect([(await load(query, how)).status, await isIn()], JSON.stringify([query, how])).to.deep.equal([
        status,
        true,
      ]);
    }
  });
});
