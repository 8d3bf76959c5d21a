/** What each role comes for, done in a browser, in French. */
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { browserPath, sayNoBrowser, startBrowser } from './browser.ts';
import { personId } from './person-id.ts';
import { type E2eSite, HOME, peopleFile, startSite } from './site.ts';

const SUITE = 'the work of each role, in a browser';
if (!browserPath) sayNoBrowser(SUITE);

/** Two records of one person, and somebody of the direction next door. */
const COLLEAGUES = [
  { name: 'linh-1', direction: 'DRH', familyName: 'Nguyen', givenName: 'Linh' },
  { name: 'linh-2', direction: 'DRH', familyName: 'Nguyen', givenName: 'Thi Linh' },
  { name: 'louis-1', direction: 'DSIC', familyName: 'Petit', givenName: 'Louis' },
];

(browserPath ? describe : describe.skip)(SUITE, function () {
  this.timeout(60_000);
  let site: E2eSite;
  let browser: Browser;
  /** Ids of the colleagues by the names of their accounts. */
  const ids = new Map<string, string>();
  const pageOf = (name: string): string => `/people/${ids.get(name)}`;
  before(async () => {
    [site, browser] = await Promise.all([startSite(), startBrowser()]);
    await site.run('people.import', {}, peopleFile(COLLEAGUES));
    const context = await site.administrator(browser);
    const page = await context.newPage();
    for (const { name } of COLLEAGUES) ids.set(name, await personId(page, site.server.url, name));
    await context.close();
  });
  after(async () => {
    await browser?.close();
    await site?.stop();
  });

  const url = (path: string): string => site.server.url + path;

  /** At the home page, logged in as somebody of the demo. */
  async function enter(name: string): Promise<Page> {
    const [page] = (await site.logIn(browser, name)).pages();
    if (page === undefined) throw new Error('The window has no page.');
    await page.goto(url('/'));
    return page;
  }
  const title = (page: Page): Promise<string | null> => page.textContent('h1');
  const main = async (page: Page): Promise<string> => (await page.locator('main').allInnerTexts()).join('');
  const statusOf = async (page: Page, path: string): Promise<number | undefined> =>
    (await page.goto(url(path)))?.status();
  const button = (page: Page, name: string) => page.locator('main').getByRole('button', { name });
  const link = (page: Page, name: string) => page.locator('main').getByRole('link', { name });
  /** What stands in a column of the page's table, by its number from 1 on. */
  const column = (page: Page, number: number): Promise<string[]> =>
    page.locator(`main tbody tr > :nth-child(${number})`).allInnerTexts();
  const menu = (page: Page): Promise<string[]> => page.locator('#navigation a').allInnerTexts();

  it('an agent has a page of their own, and nobody else’s', async () => {
    const page = await enter('Camille Roussel');
    expect(await menu(page)).to.deep.equal(['Contenus', 'Ma formation', 'Ma fiche']);
    await link(page, 'Ma fiche').press('Enter');
    expect(await title(page)).to.equal('Roussel Camille');
    expect(await main(page))
      .to.contain('DRH / Bureau des parcours / Lognes')
      .and.to.contain('1000001 chez https://sso.demo.example');
    expect(await page.locator('#navigation [aria-current]').allInnerTexts()).to.deep.equal(['Ma fiche']);
    expect(await page.locator('main form').count()).to.equal(0);
    expect(await statusOf(page, pageOf('linh-1'))).to.equal(404);
    expect(await statusOf(page, '/people')).to.equal(403);
    expect(await title(page)).to.equal('Accès refusé');
  });

  it('a tutor sees the people of the direction, and none of another', async () => {
    const page = await enter('Hélène Marchand');
    expect(await main(page)).to.contain('Tuteur (DRH)');
    await link(page, 'Personnes').press('Enter');
    expect(await title(page)).to.equal('Personnes');
    expect(await column(page, 1))
      .to.include('Nguyen Linh')
      .and.not.include('Petit Louis');
    expect(new Set(await column(page, 2))).to.deep.equal(new Set(['DRH']));
    expect(await statusOf(page, '/reports')).to.equal(403);
  });

  it('a correspondent finds a colleague by name with the keyboard, and cannot open a neighbour’s page', async () => {
    const page = await enter('Thomas Lefèvre');
    await link(page, 'Personnes').press('Enter');
    await page.getByRole('searchbox').focus();
    await page.keyboard.type('nguyen lin');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=nguyen/);
    expect(await column(page, 1)).to.deep.equal(['Nguyen Linh', 'Nguyen Thi Linh']);
    await link(page, 'Nguyen Linh').press('Enter');
    await page.waitForURL(url(pageOf('linh-1')));
    expect(await title(page)).to.equal('Nguyen Linh');
    expect(await main(page))
      .to.contain('DRH / Paris')
      .and.not.to.contain(HOME);
    expect(await statusOf(page, pageOf('louis-1'))).to.equal(404);
    expect(await title(page)).to.equal('Page introuvable');
    await page.goto(url('/people?q=petit'));
    expect(await main(page)).to.contain('Personne ne correspond');
  });

  it('an analyst opens the reports, and finds the rows of their direction alone', async () => {
    const page = await enter('Nicolas Perrin');
    expect(await link(page, 'Rapports').evaluate((tile) => tile === document.querySelector('main a'))).to.equal(true);
    await link(page, 'Rapports').press('Enter');
    await link(page, 'Indicateurs').click();
    await page.waitForURL('**/reports/figures*');
    await link(page, 'Régularité des horaires').click();
    await page.waitForURL(/report=regularity/);
    expect(await title(page)).to.equal('Tous les indicateurs\u00a0: Régularité des horaires');
    const rows = await column(page, 1);
    expect(rows).to.have.length(2);
    expect(rows[0]).to.contain('DSIC');
    expect(rows[1]).to.equal('Ensemble du ministère');
    expect(await main(page)).not.to.contain('DRH');
    expect(await statusOf(page, '/people')).to.equal(403);
  });

  describe('an administrator', () => {
    let page: Page;
    let malo: Page;
    before(async () => {
      // Whose direction nobody knows.
      malo = await enter('Malo Le Goff');
      page = await enter('Sophie Garnier');
    });

    it('places somebody who waits', async () => {
      expect(await main(malo)).to.contain('un administrateur la précisera');
      expect(await main(page)).to.contain('Une personne attend d’être placée');
      await link(page, 'Les placer').press('Enter');
      await page.getByTitle('Placer Le Goff Malo').press('Enter');
      await page.getByLabel('Direction', { exact: true }).selectOption('DRH');
      await button(page, 'Choisir la direction').press('Enter');
      await page.waitForURL(/direction=DRH/);
      await button(page, 'Placer').press('Enter');
      await page.getByText('La personne est placée.').waitFor();
      await page.goto(url('/people/to-place'));
      expect(await main(page)).to.contain('Personne n’est à placer');
      await malo.reload();
      expect(await main(malo)).to.contain('DRH');
    });

    it('grants a role, which opens its pages at once, and takes it back, which closes them', async () => {
      expect(await statusOf(malo, '/people')).to.equal(403);
      await page.goto(url('/people?q=goff'));
      await link(page, 'Le Goff Malo').press('Enter');
      await page.getByLabel('Rôle', { exact: true }).selectOption('Tuteur');
      await page.locator('select[name=direction]').selectOption('DSIC');
      await button(page, 'Attribuer un rôle').press('Enter');
      await page.getByText('Le rôle est attribué.').waitFor();
      expect(await main(page)).to.contain('Tuteur (DSIC)');
      expect(await statusOf(malo, '/people')).to.equal(200);
      expect(new Set(await column(malo, 2))).to.deep.equal(new Set(['DSIC']));
      await button(page, 'Retirer Tuteur, DSIC').press('Enter');
      await page.getByText('Le rôle est retiré.').waitFor();
      expect(await statusOf(malo, '/people')).to.equal(403);
    });

    it('merges two records of one person, and takes them apart again', async () => {
      await page.goto(url(pageOf('linh-1')));
      await link(page, 'Fusionner avec une autre fiche').press('Enter');
      await page.getByRole('searchbox').fill('nguyen');
      await page.keyboard.press('Enter');
      await page.getByTitle('Comparer avec Nguyen Thi Linh').press('Enter');
      expect(await title(page)).to.equal('Fusionner Nguyen Thi Linh dans Nguyen Linh\u00a0?');
      await button(page, 'Fusionner').press('Enter');
      await page.getByText('Les deux fiches n’en font plus qu’une.').waitFor();
      await page.goto(url(pageOf('linh-2')));
      expect(await title(page), 'the other record leads here').to.equal('Nguyen Linh');
      await button(page, 'Annuler la fusion Nguyen Thi Linh').press('Enter');
      await page.getByText('La fusion est annulée').waitFor();
      await page.goto(url(pageOf('linh-2')));
      expect(await title(page)).to.equal('Nguyen Thi Linh');
    });

    it('adds a direction', async () => {
      await page.locator('#navigation').getByRole('link', { name: 'Directions' }).press('Enter');
      await page.getByLabel('Nom', { exact: true }).fill('DLPAJ');
      await page.keyboard.press('Enter');
      await page.getByText('est ajoutée').waitFor();
      await link(page, 'DLPAJ').press('Enter');
      expect(await title(page)).to.equal('DLPAJ');
    });

    it('makes a key, which opens what was ticked, and revokes it', async () => {
      const group = page.locator('#navigation').getByRole('button', { name: 'Administration' });
      await group.press('Enter');
      await page.locator('#navigation').getByRole('link', { name: 'Clés d’accès' }).press('Enter');
      await link(page, 'Nouvelle clé').press('Enter');
      await page.getByLabel('Usage').fill('Lecteur d’essai');
      await page.getByLabel('Lire les rapports').press('Space');
      await button(page, 'Créer la clé').press('Enter');
      await page.getByText('La clé est créée').waitFor();
      const [key, secret] = await page.locator('main code').allInnerTexts();
      const ask = async (path: string): Promise<number> => {
        const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
        return (await fetch(url(path), { headers: { Authorization: authorization } })).status;
      };
      expect(await ask('/api/reports/regularity?period=2021-Q4')).to.equal(200);
      expect(await ask('/packages')).to.equal(403);
      await link(page, 'Retour aux clés').press('Enter');
      await page.getByTitle(/Révoquer la clé .*Lecteur/).press('Enter');
      await button(page, 'Révoquer').press('Enter');
      await page.waitForURL(url('/keys'));
      expect(await main(page)).to.match(/révoquée/i);
      expect(await ask('/api/reports/regularity?period=2021-Q4')).to.equal(401);
    });
  });
});
