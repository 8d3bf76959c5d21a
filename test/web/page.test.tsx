import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import { Chart, createShell, DataTable, renderErrorPage, renderPage, sendPage } from '../../web/index.ts';

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
    expect(page).to.match(/^<!DOCTYPE html><html lang="fr">/);
    expect(page.match(/<h1>/g)).to.have.length(1);
    expect(page).to.contain('href="#content"').and.to.contain('id="content"');
    expect(page).to.contain('name="viewport"');
  });

  it('lets nothing a person wrote become markup', () => {
    expect(page).not.to.contain('<script');
    expect(page).to.contain('&lt;script');
  });

  it('has no inline style, script or handler, charts included: the policy would refuse them', () => {
    expect(page).not.to.match(/<style/i);
    expect(page).not.to.match(/<[^>]+\s(style|on[a-z]+)=/i);
  });

  it('marks where the reader is, and keeps a chosen language and the filters in its links', () => {
    expect(page).to.contain('<a href="/packages?lang=fr" aria-current="true">Contenus</a>');
    const languages = renderPage({ lang: 'en', title: 'x', navigation, path: '//elsewhere.test/?period=2021-Q4' });
    expect(languages).to.contain('href="?period=2021-Q4&amp;lang=fr"');
    expect(languages).not.to.contain('elsewhere');
    expect(languages).to.contain('<a href="/packages">Packages</a>');
  });

  it('says an error in the language of the reader, with its code and nothing else', () => {
    const error = renderErrorPage({ lang: 'fr', navigation, path: '/x', status: 404, code: 'request.path' });
    expect(error).to.contain('Il n’y a rien à cette adresse.').and.to.contain('request.path');
  });
});

describe('the shell over HTTP', () => {
  const app = express();
  app.use(createShell({ frame: () => ({ navigation }) }));
  app.get('/packages', (request, response) => sendPage(request, response, { title: 'T' }));
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
    expect(response.headers.get('vary')).to.contain('Accept-Language');
    const html = await response.text();
    expect(html).to.contain('<html lang="en">').and.to.contain('>Reports<');
    const addresses = [...html.matchAll(/href="(\/assets\/[^"]+)"/g)].map((match) => match[1]);
    expect(addresses).to.have.length(2);
    for (const address of addresses) {
      const asset = await fetch(`${origin}${address}`);
      expect(asset.status, address).to.equal(200);
      expect(asset.headers.get('cache-control')).to.equal('public, max-age=31536000, immutable');
      await asset.arrayBuffer();
    }
  });
});
