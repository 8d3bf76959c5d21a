/** What people do with the ministry's SSO: in a real browser, with Livret as a process, by each protocol. */
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from '../../e2e/browser.ts';
import { onPrograms } from '../../servers/programs.ts';
import { makeKey } from './keys.ts';
import {
  ADMINISTRATOR,
  AGENT,
  futureAddress,
  type Livret,
  registrationOf,
  settingsFor,
  startLivret,
} from './livret.ts';
import { goOnFrom, isLoginForm, logOutAt, messageOf, sendLogin } from './pages.ts';
import { type Portal, startPortal } from './portal.ts';

const PROTOCOLS = { saml: 'SAML', oidc: 'OpenID Connect' } as const;
type Protocol = keyof typeof PROTOCOLS;

onPrograms(['lemonldap', 'chromium'], 'the ministry’s SSO', function () {
  this.timeout(60_000);
  let portal: Portal;
  let livret: Livret;
  let browser: Browser;
  let page: Page;
  before(async () => {
    const [url, started] = await Promise.all([futureAddress(), startPortal([ADMINISTRATOR, AGENT])]);
    portal = started;
    livret = await startLivret(url, settingsFor(portal));
    [browser] = await Promise.all([startBrowser(), registrationOf(url).then(portal.change)]);
  });
  after(async () => {
    await browser?.close();
    await livret?.stop();
    await portal?.stop();
  });
  beforeEach(async () => {
    page = await (await browser.newContext({ locale: 'fr-FR' })).newPage();
  });
  afterEach(() => page.context().close());

  const shown = (where: string): Promise<string | null> => page.textContent(where);
  const isAtPortal = async (): Promise<boolean> => page.url().startsWith(portal.url) && (await isLoginForm(page));
  /** Opens a page of Livret's, which leads to the portal. */
  async function ask(path: string, protocol: Protocol): Promise<void> {
    await page.goto(livret.url + path);
    await Promise.all([page.waitForEvent('load'), page.click(`main a[href*="/sso/${protocol}/login"]`)]);
  }
  async function enter(path: string, protocol: Protocol, uid = ADMINISTRATOR.uid): Promise<void> {
    await ask(path, protocol);
    await sendLogin(page, uid);
    await page.waitForURL(livret.url + path);
  }
  /** Fails where Livret lets in without asking the portal, or the portal without asking for the password. */
  const expectAsked = async (protocol: Protocol): Promise<void> => {
    await ask('/sso', protocol);
    expect(await isAtPortal()).to.equal(true);
  };

  for (const protocol of ['saml', 'oidc'] as const) {
    describe(`by ${PROTOCOLS[protocol]} from LemonLDAP::NG`, () => {
      it('lets in who knows the password, to the page that they wanted, and keeps every accent', async () => {
        await ask('/sso', protocol);
        await sendLogin(page, ADMINISTRATOR.uid, 'wrong');
        expect([await isAtPortal(), await messageOf(page)]).to.deep.equal([true, '5']);
        await sendLogin(page, ADMINISTRATOR.uid);
        await page.waitForURL(`${livret.url}/sso`);
        const { givenName, sn, mail, direction } = ADMINISTRATOR;
        for (const value of [givenName, sn, mail, direction, 'œuvres']) expect(await shown('main')).to.contain(value);
        await page.goto(livret.url);
        expect(await shown('h1')).to.contain('Hélène Émery');
      });

      it('lets somebody of a direction that nobody knows be an agent, and no more', async () => {
        await enter('/sso', protocol, AGENT.uid);
        expect((await page.reload())?.status()).to.equal(403);
        await page.goto(livret.url);
        expect(await shown('h1')).to.contain('Anaïs Nguyễn');
      });

      it('logs out at the portal who logs out here', async () => {
        await enter('/sso', protocol);
        await page.click('form[action="/logout"] button');
        // Livret's own page of goodbye leads on to the portal by itself, which sends the browser back.
        await page.waitForURL((url) => url.pathname !== '/logout');
        await page.waitForLoadState();
        await goOnFrom(page, portal.url);
        await page.waitForURL(`${livret.url}/logged-out**`);
        await expectAsked(protocol);
      });

      it('logs out here who logs out at the portal', async () => {
        await enter('/sso', protocol);
        await logOutAt(page, portal.url);
        await expectAsked(protocol);
      });
    });
  }

  describe('when the portal changes its keys', () => {
    it('lets in by both protocols all the same', async () => {
      await portal.change({ samlKey: await makeKey('saml-next'), oidcKey: await makeKey('oidc-next') });
      // A token names a key that is not known: the keys are read again.
      await enter('/sso', 'oidc');
      await page.context().clearCookies();
      // Metadata that were read less than a minute ago are not read again; those of before a start are.
      await livret.restart();
      await enter('/sso', 'saml');
      expect(livret.log()).to.contain('the keys of a provider changed');
    });
  });
});
