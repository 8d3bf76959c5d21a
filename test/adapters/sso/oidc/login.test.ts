import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { PACE } from '../../../../adapters/sso/oidc/metadata.ts';
import type { OidcSettings } from '../../../../adapters/sso/settings.ts';
import { createDirectory } from '../../../../lrs/directory/index.ts';
import { onEachEngine, withStore } from '../../../engines/index.ts';
import { type Answer, Browser, openSite, type Site } from './site.ts';
import { CLIENT, newKey, SECRET, sign, TestProvider } from './test-provider.ts';

onEachEngine('logging in by OpenID Connect', (engine) => {
  const store = withStore(engine);
  let provider: TestProvider;
  let folder: string;
  let site: Site | undefined;
  let browser: Browser;

  const settings = (more: Partial<OidcSettings> = {}): OidcSettings => ({
    ...{ id: 'connect', protocol: 'oidc', label: { fr: 'Connexion', en: 'Connect' } },
    ...{ homePage: 'https://agents.example', attributes: { identifier: 'uid' } },
    ...{ issuer: provider.url, clientId: CLIENT, clientSecretFile: join(folder, 'secret') },
    ...more,
  });
  const open = async (more: Partial<OidcSettings> = {}): Promise<Site> => {
    site = await openSite(store, [settings(more)]);
    return site;
  };

  before(async () => {
    provider = await new TestProvider().start();
    folder = await mkdtemp(join(tmpdir(), 'livret-oidc-'));
    await writeFile(join(folder, 'secret'), `${SECRET}\n`);
  });
  after(async () => {
    await provider.stop();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => {
    provider.reset();
    browser = new Browser();
  });
  afterEach(async () => {
    await site?.close();
    site = undefined;
  });

  it('gives who came, with what both the ID token and userinfo say of them', async () => {
    provider.person = {
      ...{ sub: 'sub-7', uid: 'rio-7', given_name: 'Zoé', usual_name: 'Œuvrard', siret: 13001522300012 },
      ...{
        roles: ['agent', 'tuteur', 3],
        address: { city: 'Paris' },
        mixed: ['a', { b: 1 }],
        empty: [],
        nothing: null,
      },
    };
    provider.bends.claims = (claims) => ({ ...claims, sub: 'sub-7' });
    const { url, arrivals } = await open({ scopes: ['given_name', 'openid', 'uid'], acrValues: 'eidas1' });
    const page = await browser.walk(`${url}/sso/connect/login`);
    expect([page.status, page.body]).to.deep.equal([200, { visitor: 'sub-7' }]);
    const [arrival] = arrivals;
    expect(arrival?.attributes).to.deep.equal({
      ...{ sub: ['sub-7'], uid: ['rio-7'], given_name: ['Zoé'], usual_name: ['Œuvrard'], siret: ['13001522300012'] },
      ...{ roles: ['agent', 'tuteur', '3'], mixed: ['a'], acr: ['eidas1'] },
    });
    expect(arrival?.origin).to.include({ provider: 'connect', subject: 'sub-7', index: 'session-1' });
    expect(provider.lastAuthorize).to.include({
      ...{ response_type: 'code', client_id: CLIENT, redirect_uri: `${url}/sso/connect/callback` },
      ...{ scope: 'openid given_name uid', code_challenge_method: 'S256', acr_values: 'eidas1' },
    });
    expect(provider.lastAuthorize?.state).to.match(/^_/);
    expect(provider.lastAuthorize?.nonce).to.have.length.greaterThan(31);
  });

  it('shows its secret as a header, or in the form, or has none and proves itself by PKCE alone', async () => {
    const basic = `Basic ${Buffer.from(`${CLIENT}:${SECRET}`).toString('base64')}`;
    const { url } = await open();
    await browser.walk(`${url}/sso/connect/login`);
    expect(provider.lastToken?.authorization).to.equal(basic);
    expect(provider.lastToken?.form).to.not.have.property('client_secret');
    await site?.close();

    const post = await open({ clientAuthentication: 'post' });
    await browser.walk(`${post.url}/sso/connect/login`);
    expect(provider.lastToken?.authorization).to.equal(undefined);
    expect(provider.lastToken?.form).to.include({ client_id: CLIENT, client_secret: SECRET });
    await site?.close();

    const { clientSecretFile: _, ...rest } = settings();
    site = await openSite(store, [rest]);
    expect((await browser.walk(`${site.url}/sso/connect/login`)).status).to.equal(200);
    expect(provider.lastToken?.authorization).to.equal(undefined);
    expect(provider.lastToken?.form).to.include({ client_id: CLIENT }).and.not.have.property('client_secret');
    expect(provider.lastToken?.form.code_verifier).to.have.length.greaterThan(42);
  });

  it('ends with the account: whoever no longer has it is not logged in by it', async () => {
    provider.person = { sub: 'sub-8', uid: 'rio-8' };
    const { url } = await open();
    await browser.walk(`${url}/sso/connect/login`);
    expect((await browser.step(`${url}/`)).body.visitor).to.be.a('string');
    const directory = createDirectory(store);
    const account = 'account:https://agents.example|rio-8';
    const { id } = (await directory.personByAgentKey(account)) ?? { id: '' };
    const act = { by: 'console', at: Date.now() };
    await directory.addIdentifier(id, 'mbox:mailto:z@example.org', act);
    await directory.removeIdentifier(id, account, act);
    expect((await browser.step(`${url}/`)).body.visitor).to.equal(undefined);
  });

  it('takes userinfo that is a signed JWT, as ProConnect sends it', async () => {
    provider.bends.userinfo = async (claims, response) => {
      const jwt = await sign({ ...claims, uid: 'rio-9', iss: provider.url, aud: CLIENT }, provider.key);
      response.type('application/jwt; charset=utf-8').send(jwt);
    };
    const { url, arrivals } = await open();
    expect((await browser.walk(`${url}/sso/connect/login`)).status).to.equal(200);
    expect(arrivals[0]?.attributes.uid).to.deep.equal(['rio-9']);
  });

  for (const alg of ['RS512', 'PS256', 'ES256']) {
    it(`takes ID tokens signed with ${alg}`, async () => {
      provider.keys = [await newKey(alg)];
      const { url } = await open();
      expect((await browser.walk(`${url}/sso/connect/login`)).status).to.equal(200);
    });
  }

  it('does without userinfo where the provider has none', async () => {
    provider.bends.metadata = ({ userinfo_endpoint: _, ...rest }) => rest;
    const { url, arrivals } = await open({ attributes: { identifier: 'sub' } });
    expect((await browser.walk(`${url}/sso/connect/login`)).status).to.equal(200);
    expect(arrivals[0]?.attributes).to.deep.equal({ sub: ['sub-1'], acr: ['eidas1'] });
  });

  it('reads metadata and keys once for many logins', async () => {
    const { url } = await open();
    for (let i = 0; i < 3; i++) expect((await new Browser().walk(`${url}/sso/connect/login`)).status).to.equal(200);
    expect([provider.metadataAsked, provider.keysAsked]).to.deep.equal([1, 1]);
  });

  it('reads the keys again once they roll over, also under the same name; not at once, and not each time', async () => {
    const [second, third] = [await newKey(), await newKey()];
    site = await openSite(store, [settings()], { ...PACE, keysPause: 1500 });
    const logIn = (): Promise<Answer> => new Browser().walk(`${site?.url}/sso/connect/login`);
    expect((await logIn()).status).to.equal(200);
    provider.keys = [second, ...provider.keys];
    expect((await logIn()).code).to.equal('sso.refused');
    expect(provider.keysAsked).to.equal(1);
    await wait(1600);
    expect((await logIn()).status).to.equal(200);
    expect(provider.keysAsked).to.equal(2);
    await wait(1600);
    provider.keys = [{ ...third, kid: second.kid, published: { ...third.published, kid: second.kid } }];
    expect((await logIn()).status).to.equal(200);
    expect(provider.keysAsked).to.equal(3);
  });

  it('lets several come at once', async () => {
    const { url, arrivals } = await open();
    const pages = await Promise.all(Array.from({ length: 8 }, () => new Browser().walk(`${url}/sso/connect/login`)));
    expect(pages.map(({ status }) => status)).to.deep.equal(Array(8).fill(200));
    expect([arrivals.length, provider.metadataAsked]).to.deep.equal([8, 1]);
  });

  it('says what is known of the provider, and that it is away', async () => {
    const { url, providers } = await open();
    const [connect] = providers;
    expect(await connect?.status()).to.deep.equal({
      issuer: provider.url,
      keys: [],
      addresses: {
        redirect_uri: `${url}/sso/connect/callback`,
        post_logout_redirect_uri: `${url}/logged-out`,
        frontchannel_logout_uri: `${url}/sso/connect/frontchannel-logout`,
        backchannel_logout_uri: `${url}/sso/connect/backchannel-logout`,
      },
    });
    provider.bends.everything = (_request, response) => Boolean(response.status(503).end());
    await connect?.refresh();
    expect((await connect?.status())?.failure).to.match(/answered 503/);
    const away = await browser.walk(`${url}/sso/connect/login`);
    expect([away.status, away.code]).to.deep.equal([503, 'sso.unavailable']);
    provider.bends = {};
    await connect?.refresh();
    const status = await connect?.status();
    expect(status?.failure).to.equal(undefined);
    expect(status?.read).to.be.closeTo(Date.now(), 5_000);
    expect(status?.keys).to.deep.equal([{ name: `${provider.key.kid} RS256` }]);
  });

  it('says that the provider is away, and not that somebody lied, where its keys cannot be read', async () => {
    for (const status of [404, 500, 302]) {
      provider.bends.everything = ({ path }, response) => path === '/jwks' && Boolean(response.status(status).end());
      const { url } = await open();
      expect((await browser.walk(`${url}/sso/connect/login`)).code, `${status}`).to.equal('sso.unavailable');
      await site?.close();
    }
    provider.bends.everything = ({ path }, response) => path === '/jwks' && Boolean(response.send('<p>'));
    const { url } = await open();
    expect((await browser.walk(`${url}/sso/connect/login`)).code).to.equal('sso.unavailable');
  });

  it('gives up a provider that does not answer, in time', async () => {
    provider.bends.everything = () => true;
    site = await openSite(store, [settings()], { ...PACE, patience: 700 });
    const { url } = site;
    const before = Date.now();
    const away = await browser.walk(`${url}/sso/connect/login`);
    expect(away.code).to.equal('sso.unavailable');
    expect(Date.now() - before).to.be.within(600, 4_000);
  });

  it('is unavailable where the metadata are not those of the provider, or lead to unsafe places', async () => {
    const wrong: [string, Record<string, unknown>][] = [
      ['another issuer', { issuer: 'https://evil.example' }],
      ['a token endpoint without TLS', { token_endpoint: 'http://sso.example/token' }],
      ['a page for logging in without TLS', { authorization_endpoint: 'http://sso.example/authorize' }],
      ['no keys', { jwks_uri: undefined }],
    ];
    for (const [what, change] of wrong) {
      provider.bends.metadata = (metadata) => ({ ...metadata, ...change });
      const { url } = await open();
      expect((await browser.walk(`${url}/sso/connect/login`)).code, what).to.equal('sso.unavailable');
      await site?.close();
    }
  });

  it('refuses at the start an issuer by http on another machine, and a secret that is not there', async () => {
    for (const more of [
      { issuer: 'http://sso.example' },
      { issuer: 'http://127.evil.example' },
      { clientSecretFile: join(folder, 'nothing') },
    ]) {
      const error = await open(more).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error, JSON.stringify(more)).to.have.property('code', 'config.invalid');
    }
  });

  it('leads to the provider for logging out, with what it wants to be shown', async () => {
    const { url, providers, arrivals } = await open();
    await browser.walk(`${url}/sso/connect/login`);
    const [origin] = arrivals.map((arrival) => arrival.origin);
    const to = new URL((origin && (await providers[0]?.leave(origin))) ?? '');
    expect(to.origin + to.pathname).to.equal(`${provider.url}/end`);
    expect(Object.fromEntries(to.searchParams)).to.include({
      ...{ realm: 'agents', client_id: CLIENT, post_logout_redirect_uri: `${url}/logged-out` },
      id_token_hint: origin?.hint,
    });
    expect(to.searchParams.get('state')).to.have.length.greaterThan(20);
    await site?.close();
    provider.bends.metadata = ({ end_session_endpoint: _, ...rest }) => rest;
    const without = await open();
    expect(await without.providers[0]?.leave({ provider: 'connect' })).to.equal(undefined);
  });
});
