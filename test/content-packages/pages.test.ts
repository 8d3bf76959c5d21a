import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express, { type ErrorRequestHandler } from 'express';
import type { LivretError } from '../../lrs/index.ts';
import { createShell } from '../../web/index.ts';
import { onEachEngine } from '../engines/index.ts';
import { au, block, COURSE, courseXml, smallPackage } from './course-maker.ts';
import { openSite, type Site } from './site.ts';
import { makeZip } from './zip-maker.ts';

const basic = ({ key, secret }: { key: string; secret: string }): string =>
  `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;

onEachEngine('packages over HTTP', (engine) => {
  let site: Site;
  let server: ReturnType<ReturnType<typeof express>['listen']>;
  let origin: string;
  let reader: string;
  let stranger: string;

  before(async () => {
    site = await openSite(engine);
    reader = basic(await site.access.keys.add({ label: 'reader', scopes: ['packages/read'] }));
    stranger = basic(await site.access.keys.add({ label: 'stranger', scopes: ['statements/read'] }));
    const app = express();
    app.use(createShell({ frame: () => ({ navigation: site.part.navigation }) }));
    app.use(site.part.routes);
    const status: ErrorRequestHandler = (error: LivretError, _request, response, _next) =>
      void response.status(error.status ?? 500).json({ code: error.code, message: error.message });
    app.use(status);
    await new Promise<void>((resolve) => {
      server = app.listen(0, '127.0.0.1', () => resolve());
    });
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    await new Promise((resolve) => server.close(resolve));
    await site.close();
  });

  const get = (path: string, authorization = reader, language = 'fr') =>
    fetch(`${origin}${path}`, { headers: { authorization, 'accept-language': language, connection: 'close' } });

  it('lists and shows them as JSON and as pages', async () => {
    expect(await (await get('/packages')).text()).to.contain('Aucun contenu pour l’instant');
    const { id } = await site.import(smallPackage());
    const { packages } = (await (await get('/api/packages')).json()) as { packages: { id: string }[] };
    expect(packages).to.have.length(1);
    expect(packages[0]).to.include({ id, course: COURSE, version: 1 });
    const list = await (await get('/packages')).text();
    expect(list).to.contain(`<a href="/packages/${id}">Cours</a>`).and.to.contain('aria-current="page"');
    expect(await (await get('/packages?lang=en')).text()).to.contain(`<a href="/packages/${id}?lang=en">`);
    const page = await (await get(`/packages/${id}`, reader, 'en')).text();
    expect(page).to.contain('<h1 lang="fr-FR">Cours</h1>').and.to.contain('no condition').and.to.contain('index.html');
    expect(page).to.contain('<span lang="fr-FR">À propos de Cours</span>');
    expect(list).not.to.contain('<span lang=');
    const shown = await (await get(`/api/packages/${id}`)).json();
    expect(shown).to.have.nested.property('structure.children[0].moveOn', 'NotApplicable');
  });

  it('shows blocks, and no markup or entitlement key of the author', async () => {
    const unit = au('https://livret.test/x', { attributes: 'masteryScore="0.75" moveOn="Passed"' })
      .replace('Unité', '&lt;script&gt;')
      .replace('</au>', '<entitlementKey>secret-key</entitlementKey></au>');
    const { id } = await site.import(
      makeZip([
        { name: 'cmi5.xml', data: courseXml(block('https://livret.test/b', unit)) },
        { name: 'index.html', data: 'x' },
      ]),
    );
    const page = await (await get(`/packages/${id}`)).text();
    expect(page).to.contain('Bloc').and.to.contain('seuil 0,75').and.to.contain('à réussir');
    expect(page).to.contain('&lt;script').and.not.to.contain('<script>');
    expect(page).not.to.contain('secret-key');
    expect(await (await get(`/api/packages/${id}`)).text()).not.to.contain('secret-key');
  });

  it('lets in only who may read packages', async () => {
    for (const path of ['/packages', '/api/packages', '/packages/x', '/api/packages/x']) {
      expect((await fetch(`${origin}${path}`, { headers: { connection: 'close' } })).status, path).to.equal(401);
      expect((await get(path, stranger)).status, path).to.equal(403);
    }
  });

  it('answers 404 for one that is not there', async () => {
    expect((await get('/api/packages/nothing')).status).to.equal(404);
    expect((await get('/packages/nothing')).status).to.equal(404);
  });
});
