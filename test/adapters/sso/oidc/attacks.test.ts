import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { exportSPKI, importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import type { OidcSettings } from '../../../../adapters/sso/settings.ts';
import { type EngineStore, onEachEngine } from '../../../engines/index.ts';
import { type Answer, Browser, openSite, type Site } from './site.ts';
import { CLIENT, newKey, SECRET, sign, TestProvider } from './test-provider.ts';

const seconds = (): number => Math.floor(Date.now() / 1000);

onEachEngine('attacks on logging in by OpenID Connect', (engine) => {
  let opened: EngineStore;
  let provider: TestProvider;
  let other: TestProvider;
  let folder: string;
  let site: Site;
  let browser: Browser;

  const settings = (id: string, { url }: TestProvider): OidcSettings => ({
    ...{ id, protocol: 'oidc', label: { fr: 'Connexion', en: 'Connect' } },
    ...{ homePage: 'https://agents.example', attributes: { identifier: 'uid' } },
    ...{ issuer: url, clientId: CLIENT, clientSecretFile: join(folder, 'secret') },
  });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livret-oidc-'));
    await writeFile(join(folder, 'secret'), SECRET);
    provider = await new TestProvider().start();
    other = await new TestProvider().start();
    opened = await engine.create();
    site = await openSite(opened.store, [settings('connect', provider), settings('other', other)]);
  });
  after(async () => {
    await site.close();
    await opened.destroy();
    await Promise.all([provider.stop(), other.stop()]);
    await rm(folder, { recursive: true });
  });
  beforeEach(() => {
    provider.reset();
    browser = new Browser();
    site.arrivals.length = 0;
    site.told.length = 0;
  });

  const logIn = (): Promise<Answer> => browser.walk(`${site.url}/sso/connect/login`);
  /** The address by which the provider sends the browser back to us. */
  const answered = async (by: Browser = browser, id = 'connect'): Promise<URL> =>
    new URL((await by.walk(`${site.url}/sso/${id}/login`, `${site.url}/sso/${id}/callback`)).url);
  const whoAmI = async (by: Browser = browser): Promise<unknown> => (await by.step(`${site.url}/`)).body.visitor;

  /** Refused, with a reason in the log, nobody let in, and no token, secret or claim told to anybody. */
  const expectRefused = async (answer: Answer, code: string, reason: RegExp): Promise<void> => {
    expect(answer.code).to.equal(code);
    expect(site.told.join()).to.match(reason);
    expect(await whoAmI()).to.equal(undefined);
    expect(site.arrivals).to.deep.equal([]);
    const everything = [...site.told, JSON.stringify(answer.body)].join('\n');
    expect(everything).to.not.match(/eyJ|sub-1|secret-looking/);
    expect(everything).to.not.include(SECRET);
  };

  it('are not what the good way is taken for', async () => {
    expect((await logIn()).status).to.equal(200);
    expect(await whoAmI()).to.equal('sub-1');
  });

  describe('by the way back from the provider', () => {
    const answers: [string, (url: URL) => void][] = [
      ['another state', (url) => url.searchParams.set('state', '_0123456789')],
      ['no state', (url) => url.searchParams.delete('state')],
      ['the state twice', (url) => url.searchParams.append('state', url.searchParams.get('state') ?? '')],
    ];
    for (const [what, change] of answers) {
      it(`${what}`, async () => {
        const url = await answered();
        change(url);
        await expectRefused(await browser.step(url.href), 'sso.expired', /a login was refused/);
      });
    }

    it('the answer to the login of another browser (login CSRF)', async () => {
      const attacker = new Browser();
      const url = await answered(attacker);
      await answered(browser);
      await expectRefused(await browser.step(url.href), 'sso.refused', /did not begin/);
    });

    it('the same answer once more', async () => {
      const url = await answered();
      expect((await browser.step(url.href)).status).to.equal(303);
      const again = await browser.step(url.href);
      expect(again.code).to.equal('sso.expired');
      expect(site.arrivals).to.have.length(1);
    });

    it('a code that was used already', async () => {
      const used = await answered();
      await browser.step(used.href);
      site.arrivals.length = 0;
      browser = new Browser();
      const url = await answered();
      url.searchParams.set('code', used.searchParams.get('code') ?? '');
      await expectRefused(await browser.step(url.href), 'sso.refused', /invalid_grant/);
    });

    it('a code of another login, slipped in (code injection): PKCE does not fit', async () => {
      const stolen = await answered(new Browser());
      const url = await answered();
      url.searchParams.set('code', stolen.searchParams.get('code') ?? '');
      await expectRefused(await browser.step(url.href), 'sso.refused', /invalid_grant/);
    });

    it('the answer of another provider (mix-up)', async () => {
      const url = await answered(browser, 'other');
      const mixed = url.href.replace('/sso/other/', '/sso/connect/');
      await expectRefused(await browser.step(mixed), 'sso.refused', /at another provider/);
    });

    it('another iss beside the code (mix-up, RFC 9207)', async () => {
      provider.bends.answer = (answer) => ({ ...answer, iss: other.url });
      await expectRefused(await logIn(), 'sso.refused', /(iss|issuer)/);
    });

    it('no iss where the provider says that it sends one', async () => {
      provider.bends.metadata = (metadata) => ({ ...metadata, authorization_response_iss_parameter_supported: true });
      const strict = await openSite(opened.store, [settings('connect', provider)]);
      const enter = (): Promise<Answer> => new Browser().walk(`${strict.url}/sso/connect/login`);
      try {
        expect((await enter()).code).to.equal('sso.refused');
        expect(strict.told.join()).to.match(/(iss|issuer)/);
        provider.bends.answer = (answer) => ({ ...answer, iss: provider.url });
        expect((await enter()).status).to.equal(200);
      } finally {
        await strict.close();
      }
    });

    it('an error in place of a code', async () => {
      provider.bends.answer = ({ state = '' }) => ({
        error: 'access_denied',
        error_description: 'secret-looking',
        state,
      });
      await expectRefused(await logIn(), 'sso.refused', /answered access_denied/);
      provider.bends.answer = ({ state = '' }) => ({ error: 'temporarily_unavailable', state });
      await expectRefused(await logIn(), 'sso.unavailable', /temporarily_unavailable/);
      provider.bends.answer = ({ state = '' }) => ({ error: '\nsecret-looking\n', state });
      await expectRefused(await logIn(), 'sso.refused', /an error of its own/);
    });

    it('a provider that there is none of', async () => {
      const url = await answered();
      await expectRefused(await browser.step(url.href.replace('/connect/', '/nobody/')), 'sso.unknown', /sso.unknown/);
    });
  });

  describe('by the ID token', () => {
    const claims: [string, (claims: JWTPayload) => JWTPayload, RegExp][] = [
      ['another nonce', (good) => ({ ...good, nonce: 'of another login' }), /nonce/],
      ['no nonce', ({ nonce: _, ...rest }) => rest, /nonce/],
      ['another issuer', (good) => ({ ...good, iss: 'https://evil.example' }), /iss/],
      ['another audience', (good) => ({ ...good, aud: 'another' }), /aud/],
      ['another audience as well, and no azp', (good) => ({ ...good, aud: [CLIENT, 'another'] }), /aud/],
      ['another azp', (good) => ({ ...good, azp: 'another' }), /azp/],
      ['expired', (good) => ({ ...good, iat: seconds() - 400, exp: seconds() - 61 }), /exp/],
      ['no exp', ({ exp: _, ...rest }) => rest, /exp/],
      ['issued in the future', (good) => ({ ...good, iat: seconds() + 120, exp: seconds() + 400 }), /iat/],
      ['issued long ago', (good) => ({ ...good, iat: seconds() - 3600 }), /too long ago/],
      ['not good yet', (good) => ({ ...good, nbf: seconds() + 120 }), /nbf/],
      ['no subject', ({ sub: _, ...rest }) => rest, /sub/],
      ['another access token (at_hash)', (good) => ({ ...good, at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }), /at_hash/],
    ];
    for (const [what, change, reason] of claims) {
      it(what, async () => {
        provider.bends.claims = change;
        await expectRefused(await logIn(), 'sso.refused', reason);
      });
    }

    it('clocks that differ by less than the settings allow are no attack', async () => {
      provider.bends.claims = (good) => ({ ...good, iat: seconds() + 40, exp: seconds() - 40 });
      expect((await logIn()).status).to.equal(200);
    });

    it('alg none', async () => {
      provider.bends.idToken = (good) => new UnsecuredJWT(good).encode();
      await expectRefused(await logIn(), 'sso.refused', /algorithm that is not taken|cannot be read/);
    });

    it('HS256 with the secret of the client', async () => {
      provider.bends.idToken = (good) =>
        new SignJWT(good).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(SECRET.padEnd(32, '0')));
      await expectRefused(await logIn(), 'sso.refused', /algorithm that is not taken/);
    });

    it('HS256 with the public key of the provider', async () => {
      const { published, kid } = provider.key;
      const pem = await exportSPKI((await importJWK(published, 'RS256', { extractable: true })) as CryptoKey);
      provider.bends.idToken = (good) =>
        new SignJWT(good).setProtectedHeader({ alg: 'HS256', kid }).sign(new TextEncoder().encode(pem));
      await expectRefused(await logIn(), 'sso.refused', /algorithm that is not taken/);
    });

    it('a key that the provider does not publish, under a name of its own', async () => {
      const foreign = await newKey();
      provider.bends.idToken = (good) => sign(good, foreign);
      await expectRefused(await logIn(), 'sso.refused', /key that is not published/);
    });

    it('a key that the provider does not publish, under the name of one that it does', async () => {
      const foreign = { ...(await newKey()), kid: provider.key.kid };
      provider.bends.idToken = (good) => sign(good, foreign);
      await expectRefused(await logIn(), 'sso.refused', /signature/);
    });

    it('a key that the token itself brings along (jwk, jku)', async () => {
      const foreign = await newKey();
      provider.bends.idToken = (good) =>
        new SignJWT(good)
          .setProtectedHeader({ alg: 'RS256', jwk: foreign.published, jku: `${other.url}/jwks` })
          .sign(foreign.privateKey);
      await expectRefused(await logIn(), 'sso.refused', /signature/);
    });

    it('claims changed after they were signed', async () => {
      provider.bends.idToken = async (good) => {
        const [header, , signature] = (await sign(good, provider.key)).split('.');
        return `${header}.${Buffer.from(JSON.stringify({ ...good, sub: 'sub-1-minister' })).toString('base64url')}.${signature}`;
      };
      await expectRefused(await logIn(), 'sso.refused', /signature/);
    });

    it('no ID token', async () => {
      provider.bends.token = (response) => void response.json({ access_token: 'a', token_type: 'Bearer' });
      await expectRefused(await logIn(), 'sso.refused', /id_token|ID Token/);
    });
  });

  describe('by the token endpoint', () => {
    it('its errors, which are told without what they describe', async () => {
      provider.bends.token = (response) =>
        void response.status(401).json({ error: 'invalid_client', error_description: 'secret-looking' });
      await expectRefused(await logIn(), 'sso.refused', /answered invalid_client/);
    });

    it('a page in place of an answer, a redirection, and a fault', async () => {
      provider.bends.token = (response) => void response.send('<p>secret-looking</p>');
      await expectRefused(await logIn(), 'sso.refused', /is not right|userinfo/);
      provider.bends.token = (response) => void response.redirect(307, `${other.url}/token`);
      await expectRefused(await logIn(), 'sso.refused', /is not right|userinfo/);
      provider.bends.token = (response) => void response.status(500).send('secret-looking');
      await expectRefused(await logIn(), 'sso.unavailable', /answered 500/);
    });

    it('an answer without end', async () => {
      provider.bends.token = (response) => void response.type('json').send(' '.repeat(1_000_001));
      await expectRefused(await logIn(), 'sso.unavailable', /more than 1 MB/);
    });
  });

  describe('by userinfo', () => {
    it('about somebody else', async () => {
      provider.bends.userinfo = (claims, response) => void response.json({ ...claims, sub: 'another' });
      await expectRefused(await logIn(), 'sso.refused', /somebody else/);
    });

    it('about nobody', async () => {
      for (const body of [{ uid: 'minister' }, [], null, 'text']) {
        provider.bends.userinfo = (_claims, response) => void response.json(body);
        await expectRefused(await logIn(), 'sso.refused', /is not right|userinfo/);
      }
    });

    const jwts: [string, (claims: JWTPayload) => Promise<string> | string, RegExp][] = [
      [
        'unsigned, as a JWT',
        (claims) => new UnsecuredJWT(claims).encode(),
        /algorithm that is not taken|cannot be read/,
      ],
      ['signed by a stranger', async (claims) => sign(claims, await newKey()), /key that is not published/],
      ['signed for another client', (claims) => sign({ ...claims, aud: 'another' }, provider.key), /aud/],
      ['signed for nobody', ({ aud: _, ...rest }) => sign(rest, provider.key), /aud/],
      ['signed, about somebody else', (claims) => sign({ ...claims, sub: 'another' }, provider.key), /somebody else/],
      ['signed, expired', (claims) => sign({ ...claims, exp: seconds() - 100 }, provider.key), /expired/],
    ];
    for (const [what, make, reason] of jwts) {
      it(what, async () => {
        provider.bends.userinfo = async (claims, response) => {
          response.type('application/jwt').send(await make({ ...claims, iss: provider.url, aud: CLIENT }));
        };
        await expectRefused(await logIn(), 'sso.refused', reason);
      });
    }
  });
});
