/** `livret demo`, as a newcomer walks through it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { browserPath, sayNoBrowser, startBrowser } from './browser.ts';
import { type Demo, endDemo, startDemo } from './demo.ts';
import { freePort } from './free-port.ts';
import { faultsOnPaper } from './paper.ts';

const SUITE = 'the demonstration in a browser';
/** A small ministry starts sooner. */
const FEW = ['--agents', '300'];
if (!browserPath) sayNoBrowser(SUITE);

(browserPath ? describe : describe.skip)(SUITE, function () {
  this.timeout(240_000);
  let folder: string;
  let demo: Demo;
  let browser: Browser;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livret-demo-'));
    [demo, browser] = await Promise.all([startDemo(folder, await freePort(), FEW), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    if (demo) await endDemo(demo, 'SIGTERM');
    await rm(folder, { recursive: true });
  });

  /** Logs in by the page of the provider, in a browser of its own. */
  async function logIn(name: string): Promise<Page> {
    const page = await (await browser.newContext({ locale: 'fr-FR' })).newPage();
    await page.goto(`${demo.site}/login`);
    expect(new URL(page.url()).origin).to.equal(demo.provider);
    await page.getByRole('button', { name }).click();
    await page.waitForURL(`${demo.site}/**`);
    return page;
  }

  const menuOf = async (page: Page): Promise<string[]> =>
    page.locator('nav a').evaluateAll((links) => links.map((link) => link.getAttribute('href')?.split('?')[0] ?? ''));

  const isLoggedIn = async (page: Page): Promise<boolean> => {
    await page.goto(`${demo.site}/reports`);
    return page.url().startsWith(demo.site);
  };

  const roles: Record<string, { shown: string[]; hidden: string[] }> = {
    'Camille Roussel': { shown: ['/packages'], hidden: ['/people', '/directions', '/reports', '/keys'] },
    'Hélène Marchand': { shown: ['/packages', '/people', '/directions'], hidden: ['/reports', '/keys'] },
    'Thomas Lefèvre': { shown: ['/packages', '/people', '/directions', '/reports'], hidden: ['/keys'] },
    'Nicolas Perrin': { shown: ['/packages', '/directions', '/reports'], hidden: ['/people', '/keys'] },
    'Sophie Garnier': { shown: ['/packages', '/people', '/directions', '/reports', '/keys'], hidden: [] },
    'Malo Le Goff': { shown: ['/packages'], hidden: ['/people', '/directions', '/reports', '/keys'] },
    'Inès Fabre': { shown: ['/packages'], hidden: ['/people', '/directions', '/reports', '/keys'] },
  };

  async function walk(name: string, { shown, hidden }: { shown: string[]; hidden: string[] }): Promise<void> {
    const page = await logIn(name);
    expect(await page.locator('header').textContent()).to.include(name);
    const menu = await menuOf(page);
    expect(menu, name).to.include.members(shown);
    for (const path of hidden) expect(menu, name).to.not.include(path);
    await page.getByRole('button', { name: 'Se déconnecter' }).first().click();
    // By way of the provider, and back.
    await page.waitForURL(`${demo.site}/logged-out`);
    expect(await isLoggedIn(page), name).to.equal(false);
    await page.goto(demo.provider);
    expect(await page.title(), name).to.equal('Personne n’est connecté');
    await page.context().close();
  }

  it('each role logs in, finds its name and its menu, and logs out at both ends', async () => {
    // All at once: most of it is waiting for the page after logging out to move on.
    await Promise.all(Object.entries(roles).map(([name, seen]) => walk(name, seen)));
  });

  it('who logs out at the provider is logged out of Livret', async () => {
    const page = await logIn('Thomas Lefèvre');
    expect(await isLoggedIn(page)).to.equal(true);
    await page.goto(demo.provider);
    await page.getByRole('button', { name: 'Se déconnecter partout' }).click();
    await page.getByText('Vous êtes déconnecté partout').waitFor();
    expect(await isLoggedIn(page)).to.equal(false);
    await page.context().close();
  });

  it('who is logged in at the provider needs not choose again', async () => {
    const page = await logIn('Camille Roussel');
    await page.context().clearCookies({ domain: 'localhost' });
    await page.goto(`${demo.site}/login`);
    await page.waitForURL(`${demo.site}/`);
    expect(await page.locator('header').textContent()).to.include('Camille Roussel');
    await page.context().close();
  });

  it('whose direction Livret does not know is in the list of those to be placed', async () => {
    await (await logIn('Malo Le Goff')).context().close();
    const page = await logIn('Sophie Garnier');
    await page.goto(`${demo.site}/people/to-place`);
    const list = await page.locator('main').textContent();
    expect(list).to.include('Le Goff').and.to.include('SG/MISSION-OUTRE-MER').and.to.not.include('Fabre');
    await page.context().close();
  });

  it('the analyst finds what the console tells of: figures of each direction that is large enough', async () => {
    const page = await logIn('Nicolas Perrin');
    for (const report of ['completion', 'regularity']) {
      await page.goto(`${demo.site}/reports/figures?report=${report}`);
      const rows = await page.locator('main table').first().locator('tbody th').allTextContents();
      for (const direction of ['DEPAFI', 'DMAT', 'DTNUM', 'Préfecture de La Réunion'])
        expect(
          rows.filter((row) => row.includes(direction)),
          `${report}, ${direction}`,
        ).to.have.length(1);
    }
    await page.context().close();
  });

  it('the correspondent finds those of one direction', async () => {
    const page = await logIn('Thomas Lefèvre');
    await page.goto(`${demo.site}/reports/figures?report=completion`);
    const rows = await page.locator('main table').first().locator('tbody th').allTextContents();
    expect(rows.some((row) => row.includes('DRH'))).to.equal(true);
    // In a small ministry it may stand together with another one, but nobody else's row is shown.
    expect(rows.filter((row) => !/DRH|Ensemble du ministère/.test(row))).to.deep.equal([]);
    await page.context().close();
  });

  it('the pages of its reports can be printed: charts and tables whole, nothing to press, the title and what was chosen', async () => {
    const page = await logIn('Sophie Garnier');
    for (const [path, title, charts] of [
      ['/reports', 'Rapports', 3],
      ['/reports/comparison', 'Comparaison', 1],
      ['/reports/scheduling?topic=hours', 'Organisation du temps\u00a0: Heures et lieux', 3],
    ] as const) {
      await page.goto(demo.site + path);
      const period = (await page.locator('select[name=period] option:checked').textContent()) ?? '';
      expect(await faultsOnPaper(page), path).to.deep.equal([]);
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('h1:visible').textContent(), path).to.equal(title);
      expect(await page.locator('main .livret-printed:visible').textContent(), path).to.include(
        `Période\u00a0: ${period}`,
      );
      expect(await page.locator('main .chart-drawing:visible').count(), path).to.be.at.least(charts);
      expect(await page.locator('main table:visible').count(), path).to.be.at.least(2);
      await page.emulateMedia({ media: null });
    }
    await page.context().close();
  });

  it('a form of filters shows what was chosen without scripts, and keeps what it does not ask', async () => {
    const scripted = await logIn('Sophie Garnier');
    const { cookies } = await scripted.context().storageState();
    const plain = await browser.newContext({ javaScriptEnabled: false, locale: 'fr-FR' });
    await plain.addCookies(cookies.filter(({ name }) => /^livret(-\d+)?$/.test(name)));
    const page = await plain.newPage();
    await page.goto(`${demo.site}/reports/scheduling?topic=hours`);
    const earlier = page.locator('select[name=period] option').nth(1);
    const [value, name] = [await earlier.getAttribute('value'), await earlier.textContent()];
    await page.selectOption('select[name=period]', value);
    await page.selectOption('select[name=direction]', 'DTNUM');
    await page.click('form.livret-filters button');
    const { searchParams } = new URL(page.url());
    expect(searchParams.get('topic')).to.equal('hours');
    expect([searchParams.get('period'), searchParams.get('direction')]).to.deep.equal([value, 'DTNUM']);
    expect(await page.locator('main .livret-printed').textContent()).to.include(
      `${name}\u00a0; Direction\u00a0: DTNUM`,
    );
    expect(await page.locator('main table caption').last().textContent()).to.include(name);
    await Promise.all([plain.close(), scripted.context().close()]);
  });

  it('a page of reports is used by keyboard alone: past its head to every link and field, and another period', async () => {
    const page = await logIn('Sophie Garnier');
    const pastTheHead = async (): Promise<void> => {
      await page.goto(`${demo.site}/reports/comparison`);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
    };
    await pastTheHead();
    const places = await page
      .locator('main :is(a[href], select, button, [tabindex="0"], summary):visible')
      .evaluateAll((all) => all.map((each, index) => each.setAttribute('data-place', String(index))).length);
    const reached: string[] = [];
    for (;;) {
      await page.keyboard.press('Tab');
      const place = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element?.closest('main')) return undefined;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        const seen = outlineStyle !== 'none' && outlineWidth !== '0px' ? '' : ', unseen';
        return `${element.getAttribute('data-place') ?? element.tagName}${seen}`;
      });
      if (place === undefined) break;
      reached.push(place);
    }
    expect(places).to.be.greaterThan(20);
    expect(reached).to.deep.equal(Array.from({ length: places }, (_, index) => String(index)));

    await pastTheHead();
    const isThere = (selector: string) => page.locator(selector).evaluate((field) => field === document.activeElement);
    const goTo = async (selector: string): Promise<void> => {
      do await page.keyboard.press('Tab');
      while (!(await isThere(selector)));
    };
    await goTo('select[name=period]');
    await page.keyboard.press('ArrowDown');
    const chosen = await page.inputValue('select[name=period]');
    await goTo('form:has(select[name=period]) button');
    await Promise.all([page.waitForURL(/[?&]period=/), page.keyboard.press('Enter')]);
    expect(new URL(page.url()).searchParams.get('period')).to.equal(chosen);
    await page.context().close();
  });

  it('started again on its folder, with new keys of the provider, lets in as before', async () => {
    await endDemo(demo, 'SIGTERM');
    demo = await startDemo(folder, Number(new URL(demo.site).port));
    const page = await logIn('Sophie Garnier');
    expect(await page.locator('header').textContent()).to.include('Sophie Garnier');
    await page.context().close();
  });
});
