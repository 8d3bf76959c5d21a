import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from '../../e2e/browser.ts';
import { onPrograms } from '../../servers/programs.ts';
import { makeKey } from './keys.ts';
import { isLoginForm, logOutAt, messageOf, sendLogin } from './pages.ts';
import { type Portal, startPortal } from './portal.ts';

/** The certificate in PEM as metadata has it. */
const bare = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '');

onPrograms(['lemonldap', 'chromium'], 'LemonLDAP::NG, as the tests start it', () => {
  let portal: Portal;
  let took: number;
  let browser: Browser;
  let page: Page;
  before(async () => {
    const begun = performance.now();
    portal = await startPortal([{ uid: 'hemery', cn: 'Hélène Émery', mail: 'helene.emery@interieur.example' }]);
    took = performance.now() - begun;
    browser = await startBrowser();
  });
  beforeEach(async () => {
    page = await (await browser.newContext()).newPage();
    await page.goto(portal.url);
  });
  afterEach(() => page.context().close());
  after(async () => {
    await browser?.close();
    await portal?.stop();
  });

  const read = async (url: string): Promise<string> => (await fetch(url)).text();

  it('is there within seconds, with metadata for SAML and for OIDC', async () => {
    expect(took).to.be.below(3_000);
    const metadata = await read(portal.metadataUrl);
    expect(metadata).to.contain(`entityID="${portal.metadataUrl}"`);
    expect(metadata.replace(/\s/g, '')).to.contain(bare(portal.settings().samlKey.certificate));
    const discovered = JSON.parse(await read(`${portal.url}.well-known/openid-configuration`));
    expect(discovered).to.include({ issuer: portal.url });
    expect(JSON.parse(await read(discovered.jwks_uri)).keys[0]).to.include({ kid: 'oidc', kty: 'RSA' });
  });

  it('lets in who knows the password, until they log out', async () => {
    expect(await isLoginForm(page)).to.equal(true);
    await sendLogin(page, 'hemery');
    expect(await isLoginForm(page)).to.equal(false);
    await page.goto(portal.url);
    expect(await isLoginForm(page)).to.equal(false);
    await logOutAt(page, portal.url);
    await page.goto(portal.url);
    expect(await isLoginForm(page)).to.equal(true);
  });

  it('lets nobody in with another password, or unknown', async () => {
    for (const [uid, password] of [
      ['hemery', 'Hemery'],
      ['nobody', 'nobody'],
    ] as const) {
      await sendLogin(page, uid, password);
      expect([await isLoginForm(page), await messageOf(page)]).to.deep.equal([true, '5']);
    }
  });

  it('takes a new certificate while it runs', async () => {
    const samlKey = await makeKey('rolled-over');
    await portal.change({ samlKey });
    // Each of its processes has it.
    for (let n = 0; n < 20; n++) {
      expect((await read(portal.metadataUrl)).replace(/\s/g, '')).to.contain(bare(samlKey.certificate));
    }
  });
});
