import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import { respondError, type Scope } from '../../lrs/index.ts';
import { COLLECTED } from '../../reporting/all-collected.ts';
import type { Answer } from '../../reporting/index.ts';
import { METRICS } from '../../reporting/metrics/index.ts';
import { onEachEngine } from '../engines/index.ts';
import { did, names, openSite, type Site } from './site.ts';

onEachEngine('reports over HTTP', function (engine) {
  this.timeout(30_000);
  let site: Site;
  let base: string;
  let stop: () => Promise<void>;
  const headers: Record<string, string> = {};

  const basic = async (...scopes: Scope[]): Promise<string> => {
    const { key, secret } = await site.access.keys.add({ label: 'reader', scopes });
    return `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
  };
  const get = (path: string, more: Record<string, string> = {}) =>
    fetch(`${base}${path}`, { headers: { ...headers, ...more } });
  const codeOf = async (response: Response): Promise<[number, string]> => {
    const { error } = (await response.json()) as { error: { code: string } };
    return [response.status, error.code];
  };

  before(async () => {
    site = await openSite(engine);
    await site.people('DRH', names('a', 50));
    await site.people('CAB', names('c', 3));
    await site.people('<b>DSIC</b>', names('b', 20));
    const all = [...names('a', 50), ...names('b', 20), ...names('c', 3)];
    await site.commit(all.flatMap((name) => [did(name, '2021-11-02T09:00:00Z'), did(name, '2021-11-03T09:00:00Z')]));
    const app = express()
      .use(site.part.routes)
      .use(respondError(() => {}));
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    stop = async () => {
      server.close();
      server.closeAllConnections();
      await site.close();
    };
    headers.authorization = await basic('reports/read');
  });
  after(() => stop());

  it('are for keys with their scope only', async () => {
    const own = site.part.permissions.filter(
      ({ path, anyOf }) =>
        anyOf !== 'public' &&
        !/^\/api\/(sql|extract|me)\/|^\/(api\/)?progress|^\/learning$|^\/reports\/(sql|digests)/.test(path),
    );
    for (const { path } of own) {
      const anonymous = await fetch(`${base}${path}?period=2021-Q4`);
      expect(anonymous.status, path).to.equal(401);
      expect(anonymous.headers.get('www-authenticate')).to.match(/^Basic /);
      const authorization = await basic('all/read', 'feed/read');
      expect((await get(`${path}?period=2021-Q4`, { authorization })).status, path).to.equal(403);
    }
    expect(own.map(({ path }) => path)).to.have.members([
      '/api/reports',
      ...[...METRICS, ...COLLECTED].map(({ name }) => `/api/reports/${name}`),
      ...['', '/directions', '/parcours', '/modules', '/scheduling', '/comparison', '/claims', '/figures'].map(
        (page) => `/reports${page}`,
      ),
    ]);
  });

  it('say that a period is not published, and publish nothing by being asked', async () => {
    for (let round = 0; round < 2; round++) {
      const response = await get('/api/reports/completion?period=2021-Q4');
      expect(response.status).to.equal(200);
      expect(await response.json()).to.deep.include({ state: 'notPublished', asOf: null, cells: [], ministry: null });
    }
    expect(await (await get('/reports?period=2021-Q4')).text()).to.include('pas encore publiés');
  });

  it('say on the page when figures come, and how to have them at once', async () => {
    const html = await (await get('/reports')).text();
    expect(html)
      .to.include('7 jours après sa fin')
      .and.match(/livret report completion --period 20\d\d-Q\d/);
  });

  it('say how far the store has been followed, which moves on by itself', async () => {
    const asked = Date.now();
    await site.commit([did('a-0001', '2021-11-04T09:00:00Z')]);
    for (;;) {
      const { freshness } = (await (await get('/api/reports/completion?period=2021-Q4')).json()) as Answer;
      if (Date.parse(freshness) >= asked) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(Date.now() - asked).to.be.lessThan(5_000);
  });

  it('refuse what is no period, and one that is not over', async () => {
    expect(await codeOf(await get('/api/reports/completion'))).to.deep.equal([400, 'report.period']);
    expect(await codeOf(await get('/api/reports/completion?period=2021-Q4&period=2021-Q3'))).to.deep.equal([
      400,
      'request.parameter',
    ]);
    expect(await codeOf(await get('/api/reports/regularity?period=2026-Q4'))).to.deep.equal([409, 'report.notClosed']);
    const page = await get('/reports?period=2026-Q4', { 'accept-language': 'en' });
    expect([page.status, await page.text()].join(' ')).to.match(/^200 <!DOCTYPE html>.*This period is not over yet/s);
    const refused = await get('/reports?period=2021-11');
    expect([refused.status, await refused.text()].join(' ')).to.match(/^400 <!DOCTYPE html>.*report\.period/s);
    expect((await get('/reports/figures?report=happiness')).status).to.equal(404);
  });

  it('open on the newest figures there are, of whichever report', async () => {
    await site.report('regularity', '2021-Q4');
    const html = await (await get('/reports/scheduling', { 'accept-language': 'en' })).text();
    expect(html).to.match(/<caption[^>]*>Regularity of hours, Q4 2021/);
    const other = await (
      await get('/reports/figures?report=regularity&period=2021-Q3', { 'accept-language': 'en' })
    ).text();
    expect(other).to.include('See the latest published period: Q4 2021');
  });

  describe('once published', () => {
    let published: Answer;
    before(async () => {
      published = await site.report('completion', '2021-Q4');
      await site.report('regularity', '2021-Q4');
    });

    it('answer what the command answers', async () => {
      const { freshness: _then, ...answer } = (await (
        await get('/api/reports/completion?period=2021-Q4')
      ).json()) as Answer;
      const { freshness: _now, ...expected } = published;
      expect(answer).to.deep.equal(JSON.parse(JSON.stringify(expected)));
    });

    it('show the last published period with its chart, its table and its definitions, in French first', async () => {
      const html = await (await get('/reports/directions')).text();
      expect(html).to.include('<html lang="fr"').and.include('4e trimestre 2021');
      expect(html).to.match(/<svg[^>]*role="img"/);
      const link = /href="(\/api\/reports\/\w+\?[^"]*format=xlsx[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
      const file = await get(link ?? 'no link');
      expect(file.headers.get('content-disposition')).to.match(/livret-\w+-2021-Q4\.xlsx/);
      expect(html).to.match(/<caption[^>]*>Parcours achevés par direction, 4e trimestre 2021/);
      expect(html).to.include('Données au ').and.include('Europe/Paris').and.include('Ensemble du ministère');
      expect(html).to.include('&lt;b>DSIC&lt;/b> et CAB').and.not.include('<b>DSIC');
      expect(html).to.not.match(/ style=|<style|<script(?! (type="module" )?src="\/assets)/);
    });

    it('are there in English, and say where a median is kept back', async () => {
      const html = await (
        await get('/reports/figures?report=regularity&period=2021-Q4', { 'accept-language': 'en-GB' })
      ).text();
      expect(html).to.include('<html lang="en"').and.include('Data as of ').and.include('Regularity of hours');
      expect(html).to.include('for 44 people or more');
    });
  });
});
