import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { browserPath, sayNoBrowser, startBrowser } from './browser.ts';
import { startGallery } from './gallery.tsx';

const SUITE = 'charts, tables and paper in a browser';
if (!browserPath) sayNoBrowser(SUITE);

(browserPath ? describe : describe.skip)(SUITE, function () {
  this.timeout(60_000);
  let gallery: Awaited<ReturnType<typeof startGallery>>;
  let browser: Browser;
  let page: Page;

  before(async () => {
    [gallery, browser] = await Promise.all([startGallery(), startBrowser()]);
    page = await browser.newPage({ locale: 'fr-FR', colorScheme: 'dark' });
    await page.goto(`${gallery.url}/figures?direction=DRH`);
  });
  after(async () => {
    await browser?.close();
    await gallery?.stop();
  });

  /** Of each chart that is shown its id, the size of its smallest text in pixels, and how far its region scrolls. */
  const charts = (): Promise<{ id: string; text: number; scrolls: number }[]> =>
    page.locator('.chart-drawing:visible').evaluateAll((drawings) =>
      drawings.map((drawing) => {
        const scale = drawing.getBoundingClientRect().width / Number(drawing.getAttribute('width'));
        const sizes = [...drawing.querySelectorAll('text')].map((text) => parseFloat(getComputedStyle(text).fontSize));
        const region = drawing.closest('.livret-scroll');
        return {
          id: drawing.querySelector('title')?.id ?? '',
          text: Math.min(...sizes) * scale,
          scrolls: (region?.scrollWidth ?? 0) - (region?.clientWidth ?? 0),
        };
      }),
    );

  for (const width of [400, 768, 1400]) {
    it(`each chart is shown once, can be read and does not scroll at ${width} px`, async () => {
      await page.setViewportSize({ width, height: 900 });
      const shown = await charts();
      expect(shown).to.have.length(9);
      for (const { id, text, scrolls } of shown) {
        expect(id.includes('-narrow-'), id).to.equal(width === 400);
        expect(text, `${id}: size of its text`).to.be.at.least(width === 400 ? 14 : 11.9);
        expect(scrolls, `${id}: scrolls sideways`).to.equal(0);
      }
    });
  }

  it('a wide table keeps the names of its rows beside its numbers, and shades the edge where more is', async () => {
    await page.setViewportSize({ width: 1400, height: 900 });
    const edges = await page.locator('.livret-very-wide .fr-table__container').evaluate((container) => {
      container.scrollLeft = 600;
      const name = container.querySelector('tbody th')?.getBoundingClientRect();
      const cells = [...container.querySelectorAll('tbody td')].map((cell) => getComputedStyle(cell).backgroundColor);
      return {
        more: container.scrollWidth > container.clientWidth,
        name: (name?.left ?? 0) - container.getBoundingClientRect().left,
        shade: getComputedStyle(container).backgroundAttachment,
        through: cells.every((colour) => colour === 'rgba(0, 0, 0, 0)'),
      };
    });
    expect(edges).to.deep.equal({ more: true, name: 0, shade: 'local, scroll', through: true });
  });

  it('is printed on white from the dark theme, without scripts having a hand in it, and without what one presses', async () => {
    // As wide as an A4 sheet within its margins.
    await page.setViewportSize({ width: 688, height: 900 });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    try {
      expect(await page.getAttribute('html', 'data-fr-theme')).to.equal('dark');
      const colour = (selector: string, name: string) =>
        page
          .locator(selector)
          .first()
          .evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), name);
      expect(await colour('body', 'color')).to.equal('rgb(58, 58, 58)');
      expect(await colour('html', '--chart-1')).to.equal('#5c68e5');
      for (const pressed of ['main form', 'button', '.fr-btn', 'nav', '.fr-footer', '.livret-tabs', '.fr-skiplinks'])
        expect(await page.locator(`${pressed}:visible`).count(), pressed).to.equal(0);
      expect(await page.locator('.livret-printed').textContent()).to.match(
        /^Page établie le .+\s: http:\/\/127\.0\.0\.1:\d+\/figures\?direction=DRH$/,
      );
      expect(await page.locator('header .fr-header__service-title').textContent()).to.equal('Livret');
      const right = await page
        .locator('main *:visible:not(.livret-wide, .livret-wide *)')
        .evaluateAll((elements) => Math.max(...elements.map((element) => element.getBoundingClientRect().right)));
      expect(right).to.be.at.most(688);
      // And as wide as one that lies across.
      await page.setViewportSize({ width: 1016, height: 700 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).to.equal(1016);
    } finally {
      await page.emulateMedia({ media: null });
    }
  });

  it('stands on A4, and lies across it where a table has very many columns', async () => {
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const sheets = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, ...size]) =>
      size.map((side) => Math.round(Number(side))),
    );
    const upright = sheets.filter(([width, height]) => width === 595 && height === 842);
    const across = sheets.filter(([width, height]) => width === 842 && height === 595);
    expect(upright.length).to.be.at.least(5);
    expect(across.length).to.equal(1);
    expect(upright.length + across.length).to.equal(sheets.length);
  });
});
