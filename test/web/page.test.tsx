import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import { Chart, createShell, DataTable, Form, renderErrorPage, renderPage, sendPage } from '../../web/index.ts';

const navigation = [
  { path: '/packages', label: { fr: 'Contenus', en: 'Packages' } },
  { path: '/reports', label: { fr: 'Rapports', en: 'Reports' } },
];

const hostile = `<script>alert("1")</script>' & "x"`;

const page = renderPage({
  lang: 'fr',
  title: hostile,
  lead: hostile,
  navigation,
  path: `/packages/12?lang=fr&q=${encodeURIComponent(hostile)}`,
  children: (
    <>
      <Chart
        id="c"
        lang="fr"
        title={hostile}
        description={hostile}
        labels={[hostile]}
        series={[{ name: hostile, values: [1] }]}
      />
      <DataTable
        id="t"
        lang="fr"
        caption={hostile}
        rows={[hostile]}
        columns={[{ heading: hostile, value: (row) => row }]}
      />
    </>
  ),
});

describe('a page', () => {
  it('is a whole document in its language, with one h1, a skip link and a viewport', () => {
    expect(page).to.match(/^<!DOCTYPE html><html lang="fr" data-fr-scheme="system">/);
    expect(page.match(/<h1>/g)).to.have.length(1);
    expect(page).to.contain('href="#content"').and.to.contain('id="content"');
    expect(page).to.contain('name="viewport"');
  });

  it('lets nothing a person wrote become markup', () => {
    expect(page).not.to.contain('<script>').and.not.to.contain('alert("1")');
    expect(page).to.contain('&lt;script');
  });

  it('has no inline style, script or handler, charts included: the policy would refuse them', () => {
    expect(page).not.to.match(/<style|<script(?![^>]* src="\/assets\/)/i);
    expect(page).not.to.match(/<[^>]+\s(style|on[a-z]+)=/i);
  });

  it('marks where the reader is, and offers the other language with the filters kept', () => {
    expect(page).to.contain('<a class="fr-nav__link" href="/packages" aria-current="true">Contenus</a>');
    const there = renderPage({ lang: 'en', title: 'x', navigation, path: '//elsewhere.test/?period=2021-Q4' });
    expect(there).to.contain('href="?period=2021-Q4&amp;lang=fr"').and.not.to.contain('elsewhere');
  });

  it('greets who is logged in, whose forms carry their token, and lets others log in', () => {
    const visitor = { name: 'Ada Lovelace', csrf: 'token-1' };
    const inside = renderPage({
      lang: 'fr',
      title: 'x',
      navigation,
      visitor,
      path: '/',
      children: <Form action="/a" />,
    });
    expect(inside).to.contain('Ada Lovelace').and.not.to.contain('href="/login"');
    const forms = inside.match(
      /<form method="post" action="\/(logout|a)"[^>]*><input type="hidden" name="_csrf" value="token-1"/g,
    );
    expect(forms).to.have.length(2);
    expect(page).to.contain('href="/login"').and.not.to.contain('_csrf');
  });

  it('shows no mark of the State unless the site has the right to', () => {
    expect(page).not.to.match(/fr-logo|marianne|\/state\//i);
    const site = { stateMarks: true, ministry: 'Ministère de l’Intérieur', accessibility: 'none' } as const;
    const marked = renderPage({ lang: 'fr', title: 'x', navigation, path: '/', site });
    expect(marked).to.contain('<p class="fr-logo">Ministère<br/>de l’Intérieur</p>').and.to.contain('/state/dsfr.css');
  });

  it('states its accessibility: none is claimed that no audit found', () => {
    expect(page).to.contain('Accessibilité\u00a0: non conforme');
  });

  it('says an error in the language of the reader, with its code and nothing else', () => {
    const error = renderErrorPage({ lang: 'fr', navigation, path: '/x', status: 404, code: 'request.path' });
    expect(error).to.contain('Il n’y a rien à cette adresse.').and.to.contain('request.path');
  });

  it('says in which language the detail of an error is', () => {
    const error = renderErrorPage({ lang: 'fr', navigation, path: '/x', status: 400, detail: 'Wrong quarter.' });
    expect(error).to.contain('<html lang="fr"').and.to.contain('<p lang="en">Wrong quarter.</p>');
  });
});

/** More than what is not worth compressing. */
const LONG = 'x'.repeat(2000);

describe('the shell over HTTP', () => {
  const app = express();
  app.use(createShell({ frame: () => ({ navigation }) }));
  app.get('/packages', (request, response) => sendPage(request, response, { title: 'T', children: LONG }));
  app.get('/refused', (request, response) => sendPage(request, response, { title: 'T', status: 422 }));
  let server: ReturnType<typeof app.listen>;
  let origin: string;
  before((done) => {
    server = app.listen(0, '127.0.0.1', () => {
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      done();
    });
  });
  after((done) => void server.close(done));

  it('sends the strict policy, and serves every asset of the page immutable', async () => {
    const response = await fetch(`${origin}/packages`, { headers: { 'accept-language': 'en-GB,en;q=0.9' } });
    expect(response.headers.get('content-security-policy')).to.equal(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';" +
        "connect-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
    );
    expect(response.headers.get('referrer-policy')).to.equal('same-origin');
    expect(response.headers.get('vary')).to.contain('Accept-Language').and.to.contain('Cookie');
    const html = await response.text();
    expect(html).to.contain('<html lang="en" ').and.to.contain('>Reports<');
    const addresses = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((match) => match[1]);
    expect(addresses).to.have.length.greaterThan(7);
    for (const address of addresses) {
      const asset = await fetch(`${origin}${address}`);
      expect(asset.status, address).to.equal(200);
      expect(asset.headers.get('cache-control')).to.equal('public, max-age=31536000, immutable');
      await asset.arrayBuffer();
    }
    const state = addresses[0]?.replace(/[^/]+$/, 'state/dsfr.css') ?? '';
    expect((await fetch(`${origin}${state}`)).status, 'what belongs to the State').to.equal(404);
  });

  it('compresses pages, unless a page of another site asked for one', async () => {
    expect((await fetch(`${origin}/packages`)).headers.get('content-encoding')).to.equal('gzip');
    const elsewhere = await fetch(`${origin}/packages`, { headers: { 'sec-fetch-site': 'cross-site' } });
    expect(elsewhere.headers.get('content-encoding')).to.equal(null);
  });

  it('remembers the language that was chosen by hand, and the theme', async () => {
    const chosen = await fetch(`${origin}/packages?lang=en`);
    expect(chosen.headers.get('set-cookie')).to.match(
      /^livret_lang=en; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/i,
    );
    const cookie = 'livret_lang=en; livret_theme=dark';
    const later = await (await fetch(`${origin}/packages`, { headers: { cookie, 'accept-language': 'fr' } })).text();
    expect(later).to.contain('<html lang="en" data-fr-scheme="dark" data-fr-theme="dark">');
    const wrong = 'livret_lang=xx; livret_theme=pink';
    const other = await (await fetch(`${origin}/packages`, { headers: { cookie: wrong } })).text();
    expect(other).to.contain('<html lang="fr" data-fr-scheme="system">');
  });

  it('says with 422 in the title of the window that a form was refused', async () => {
    expect(await (await fetch(`${origin}/refused`)).text()).to.contain('<title>Erreur\u00a0: T - Livret</title>');
  });
});
