/** Every page of page-list.ts, looked at as people look at pages. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, BrowserContext, ConsoleMessage, Page } from 'playwright-core';
import { LANGUAGES, type Language } from '../../web/index.ts';
import { SCREENSHOTS } from '../environment.ts';
import { seriousFindings } from './axe.ts';
import { browserPath, sayNoBrowser, startBrowser } from './browser.ts';
import { startGallery } from './gallery.tsx';
import { type ListedPage, type Looker, PAGES, SAME_IN_BOTH } from './page-list.ts';
import { personId } from './person-id.ts';
import { type E2eSite, startSite } from './site.ts';
import { readTexts } from './texts.ts';

const SUITE = 'the pages in a browser';
if (!browserPath) sayNoBrowser(SUITE);

/**
 * A page is loaded once in each language; each of these ways to look at it is the same document, resized. axe runs in
 * half of them: every language in either theme and at either width, every theme at either width.
 */
const VIEWS = [
  { width: 1400, theme: 'light', judged: 'fr' },
  { width: 400, theme: 'light', judged: 'en' },
  { width: 400, theme: 'dark', judged: 'fr' },
  { width: 1400, theme: 'dark', judged: 'en' },
] as const;

(browserPath ? describe : describe.skip)(SUITE, function () {
  this.timeout(60_000);
  let site: E2eSite;
  let browser: Browser;
  const windows = new Map<Looker, Page>();
  /** What the browser complained of since it was last looked at. */
  let complaints: string[] = [];

  const windowOf = ({ as }: Pick<ListedPage, 'as'>): Page => {
    const page = windows.get(as ?? 'administrator');
    if (page === undefined) throw new Error('There is no such window.');
    return page;
  };
  /** Ids of people by the names of their accounts. */
  const ids = new Map<string, string>();
  const address = (path: string): string =>
    site.server.url +
    path
      .replace('{package}', site.package)
      .replaceAll(/\{person:([\w-]+)\}/g, (_, name: string) => ids.get(name) ?? 'nobody');
  const inLanguage = (path: string, lang: Language): string =>
    `${address(path)}${path.includes('?') ? '&' : '?'}lang=${lang}`;

  before(async () => {
    [site, browser] = await Promise.all([startSite(), startBrowser()]);
    const entering = async (looker: Looker, context: Promise<BrowserContext>): Promise<void> =>
      void windows.set(looker, await open(await context));
    await Promise.all([
      entering('nobody', browser.newContext()),
      entering('link', site.administrator(browser)),
      entering('agent', site.logIn(browser, 'Camille Roussel')),
      entering('correspondent', site.logIn(browser, 'Thomas Lefèvre')),
      // Whose direction nobody knows: there is somebody to place.
      site.logIn(browser, 'Malo Le Goff'),
    ]);
    // The last one: /sso shows what the provider sent then.
    await entering('administrator', site.logIn(browser, 'Sophie Garnier'));
    for (const name of ['DRH-0', 'DRH-1']) ids.set(name, await personId(windowOf({}), site.server.url, name));
  });
  after(async () => {
    await browser?.close();
    await site?.stop();
  });

  async function open(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    page.on('console', (message) => hear(message));
    page.on('pageerror', (error) => void complaints.push(error.message));
    return page;
  }

  /** A refusal that is expected is in the console too. */
  function hear(message: ConsoleMessage): void {
    if (
      /Failed to load resource: .* (400|403|404|422|503) /.test(message.text()) &&
      !/\/assets\//.test(message.location().url)
    )
      return;
    complaints.push(`${message.type()}: ${message.text()}`);
  }

  /** Without a language it is judged in every view. */
  async function lookAt(page: Page, name: string, lang?: Language): Promise<void> {
    for (const { width, theme, judged } of VIEWS) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: theme });
      await page.waitForFunction((wanted) => document.documentElement.dataset.frTheme === wanted, theme);
      // The design system's script names the menu as the dialog that it is on a phone, a moment after the page was resized.
      await page
        .locator(width < 992 ? '#menu[aria-labelledby]' : '#menu:not([aria-labelledby])')
        .waitFor({ state: 'attached' });
      const what = `${name}, ${width} px, ${theme}`;
      if (SCREENSHOTS) await picture(page, what);
      await expectNoWider(page, what);
      if (lang === undefined || lang === judged) expect(await seriousFindings(page), what).to.deep.equal([]);
    }
    // A screen of 1280 pixels under a zoom of 400 %.
    await page.setViewportSize({ width: 320, height: 900 });
    await expectNoWider(page, `${name}, 320 px`);
  }

  async function expectNoWider(page: Page, what: string): Promise<void> {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide, `${what}: pixels that it scrolls sideways`).to.be.at.most(0);
  }

  async function picture(page: Page, what: string): Promise<void> {
    mkdirSync(SCREENSHOTS ?? '', { recursive: true });
    await page.screenshot({ path: join(SCREENSHOTS ?? '', `${what.replace(/[^\w-]+/g, '-')}.png`), fullPage: true });
  }

  for (const listed of PAGES) {
    const name = `${listed.path}${listed.as ? ` for ${listed.as}` : ''}`;
    it(`${name}: accessible, quiet, no wider than the screen, in either language and theme`, async () => {
      const page = windowOf(listed);
      const texts: Set<string>[] = [];
      complaints = [];
      for (const lang of LANGUAGES) {
        const response = await page.goto(inLanguage(listed.path, lang));
        expect(response?.status()).to.equal(listed.status ?? 200);
        expect(await page.getAttribute('html', 'lang')).to.equal(lang);
        await lookAt(page, `${name} ${lang}`, lang);
        texts.push(await readTexts(page));
      }
      expect(complaints, 'what the console says').to.deep.equal([]);
      const [french = new Set(), english = new Set()] = texts;
      const same = [...french].filter((text) => english.has(text) && !SAME_IN_BOTH.some((each) => each.test(text)));
      expect(same, 'not translated').to.deep.equal([]);
    });
  }

  it('begins with the links past what is on every page', async () => {
    const page = windowOf({});
    await page.goto(address('/packages'));
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).to.equal('#content');
    expect(await page.isVisible('.fr-skiplinks a[href="#content"]')).to.equal(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).to.equal(true);
  });

  it('opens the group of the menu by keyboard, without a page scrolled sideways, and closes it', async () => {
    const page = windowOf({});
    // The narrowest width with the menu in a row.
    await page.setViewportSize({ width: 992, height: 900 });
    await page.goto(inLanguage('/keys', 'fr'));
    const group = page.locator('#navigation').getByRole('button', { name: 'Administration' });
    const keys = page.locator('#navigation a[href="/keys"]');
    expect(await keys.isVisible()).to.equal(false);
    await group.press('Enter');
    await keys.waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).to.equal('/people/to-place');
    if (SCREENSHOTS) await picture(page, 'the group of the menu');
    await expectNoWider(page, 'the open group');
    expect(await seriousFindings(page), 'the open group').to.deep.equal([]);
    const rows = await page
      .locator('#navigation .fr-nav__list > li')
      .evaluateAll((items) => new Set(items.map((item) => item.getBoundingClientRect().top)).size);
    expect(rows, 'rows of the menu').to.equal(1);
    await page.keyboard.press('Escape');
    await keys.waitFor({ state: 'hidden' });
  });

  it('keeps the language that was chosen', async () => {
    const page = windowOf({});
    await page.setViewportSize({ width: 400, height: 900 });
    await page.goto(inLanguage('/packages', 'fr'));
    await page.click('#menu-button');
    if (SCREENSHOTS) await picture(page, 'the menu of a phone');
    await page.click('#menu a[hreflang=en]');
    await page.goto(address('/reports'));
    expect(await page.getAttribute('html', 'lang')).to.equal('en');
  });

  it('keeps the theme that was chosen, from the first byte on', async () => {
    const page = await windowOf({ as: 'nobody' }).context().newPage();
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(address('/'));
    await page.click('button[aria-controls=display-settings]');
    await page.click('label[for=theme-dark]');
    const [response] = await Promise.all([
      page.waitForResponse(address('/accessibility')),
      page.goto(address('/accessibility')),
    ]);
    expect(await response.text()).to.contain('data-fr-theme="dark"');
    expect(await page.getAttribute('html', 'data-fr-theme')).to.equal('dark');
    await page.context().clearCookies({ name: 'livret_theme' });
    await page.close();
  });

  it('can be used without scripts on a phone: the menu, the other language, leaving', async () => {
    const { cookies } = await windowOf({}).context().storageState();
    const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 400, height: 900 } });
    await plain.addCookies(cookies.filter(({ name }) => /^livret(-\d+)?$/.test(name)));
    const page = await plain.newPage();
    await page.goto(inLanguage('/packages', 'fr'));
    if (SCREENSHOTS) await picture(page, 'without scripts, 400 px');
    expect(await page.isVisible('header form[action="/logout"] button')).to.equal(true);
    expect(await page.isVisible('button[aria-controls=display-settings]'), 'what would do nothing').to.equal(false);
    expect(await page.isVisible('#navigation a[href="/keys"]'), 'what is in the group').to.equal(true);
    await page.click('header a[hreflang=en]');
    await page.click('#navigation a[href="/reports"]');
    expect(await page.textContent('h1')).to.equal('Reports');
    await plain.close();
  });

  it('its components: accessible in each of their states, a refused form included', async () => {
    const gallery = await startGallery();
    const page = await open(await browser.newContext({ locale: 'fr-FR' }));
    complaints = [];
    try {
      for (const path of ['/gallery?sort=name&page=5&direction=DRH', '/failing']) {
        await page.goto(gallery.url + path);
        await lookAt(page, path);
      }
      await page.goto(`${gallery.url}/figures`);
      await lookAt(page, '/figures', 'fr');
      await page.goto(`${gallery.url}/gallery`);
      await page.click('form[action="/refused"] button.fr-btn');
      await lookAt(page, 'a refused form');
      expect(await page.title()).to.equal('Erreur\u00a0: Clé - Livret');
      expect(await page.evaluate(() => document.activeElement?.textContent)).to.contain('Un champ est à corriger');
      expect(complaints, 'what the console says').to.deep.equal([]);
    } finally {
      await page.context().close();
      await gallery.stop();
    }
  });
});
