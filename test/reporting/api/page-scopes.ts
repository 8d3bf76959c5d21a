/** The pages of reports say what they show: of whom, of what, and why there is no more. */
import { expect } from 'chai';
import type { Answer } from '../../../reporting/index.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { rowsOf } from '../page-tables.ts';
import { serve } from '../served.ts';
import { openSite } from '../site.ts';
import type { Ground } from './ground.ts';
import { learnInServices, WORD } from './story.ts';

export function pageScopes(ground: () => Ground): void {
  describe('pages that say what they show', () => {
    const page = async (path: string, headers = ground().key): Promise<string> => {
      const { status, text } = await ground().served.get(path, {
        ...headers,
        accept: 'text/html',
        'accept-language': 'en',
      });
      if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
      return text;
    };
    const answer = (path: string, headers = ground().key): Promise<Answer> =>
      ground().served.json(`/api/reports/${path}`, headers);

    it('show the modules of the parcours that is chosen alone, each with whom it covers', async () => {
      const asked = `period=2021-Q4&parcours=${WORD}`;
      const { cells } = await answer(`completion?by=module&lang=en&${asked}`);
      const own = cells.filter(({ module }) => module?.startsWith(WORD));
      expect(own.length).to.be.below(cells.length);
      const html = await page(`/reports/parcours?${asked}`);
      const [, ...rows] = rowsOf(html, 'modules-table');
      expect(rows.map(([, count]) => count)).to.have.members(own.map(({ byModule }) => String(byModule)));
      expect(rows.map(([name]) => name)).to.include.members(['Discover (CAB and DAC)', 'Discover [1]']);
      expect(html).to.include('<li>[1] DRH and DSIC: Word processing</li>');
      expect(new Set(rows.map(([name]) => name)).size).to.equal(own.length);
      const one = await page(`/reports/parcours?${asked}&direction=DRH`);
      expect(one).to.match(/<h2[^>]*id="modules-title"[^>]*>Completed modules: DRH/);
    });

    it('say that the ministry beside one parcours has all parcours, and how many are enrolled behind a module', async () => {
      const html = await page(`/reports/parcours?period=2021-Q4&parcours=${WORD}`);
      expect(rowsOf(html, 'directions-table').at(-1)?.[0]).to.equal('Whole ministry, all courses');
      expect(html).to.include('At least 5 people enrolled behind each row').and.include('At least 5 people behind');
      const all = await page('/reports/parcours?period=2021-Q4');
      expect(rowsOf(all, 'completion-table').at(-1)?.[0]).to.equal('Whole ministry');
    });

    it('say why no module is named after which people stop', async () => {
      const { cells } = await answer('dropouts?period=2021-Q4&by=module&direction=DSIC');
      expect(cells).to.deep.equal([]);
      const html = await page('/reports/modules?period=2021-Q4&direction=DSIC');
      expect(rowsOf(html, 'dropouts-table')[1]).to.deep.equal([
        'Too few people stopped after any one module for it to be named.',
      ]);
    });

    it('say whom the modules cover', async () => {
      const correspondent = await ground().served.logIn('drh-0001', [{ role: 'analyst', direction: 'DRH' }]);
      for (const [headers, whom] of [
        [ground().key, 'Whole ministry'],
        [correspondent, 'DRH'],
      ] as const) {
        const html = await page('/reports/modules?period=2021-Q4', headers);
        expect(html).to.include(`>Completed modules: ${whom}</h2>`);
        expect(html).to.match(new RegExp(`<caption id="modules-table-caption">Completed modules: ${whom}, Q4 2021`));
      }
    });

    it('say why a direction has one row by service, or by site', async () => {
      const site = await openSite(sqlite);
      await learnInServices(site);
      const { cells } = await site.report('completion', '2021-Q4', { direction: 'NORTH', by: 'service' });
      expect(cells.map(({ services }) => services)).to.deep.equal([['Accounts', 'Post']]);
      const served = await serve(site);
      try {
        const headers = { ...(await served.key('reports/read')), accept: 'text/html', 'accept-language': 'en' };
        const said = async (direction: string, id: string) => {
          const { text } = await served.get(`/reports/directions?direction=${direction}`, headers);
          const panel = new RegExp(`<section[^>]* id="${id}".*?One row alone: ([^<]*)`, 's').exec(text);
          return panel?.[1];
        };
        expect(await said('NORTH', 'services')).to.equal('too few people by service for them to be told apart.');
        expect(await said('NORTH', 'sites')).to.match(/^the directory does not divide/);
        expect(await said('SOUTH', 'services')).to.match(/^the directory does not divide/);
      } finally {
        await served.close();
      }
    });

    it('name in the title the direction, the topic or the indicator', async () => {
      for (const [path, title] of [
        ['/reports/directions?direction=DRH', 'Reports by direction: DRH'],
        [`/reports/parcours?parcours=${WORD}&direction=DRH`, 'Reports by course: Word processing, DRH'],
        ['/reports/scheduling?topic=slots', 'Managing time: Slots'],
        ['/reports/scheduling', 'Managing time: Rhythm'],
        ['/reports/figures?report=slots', 'All indicators: Slots kept'],
        ['/reports/figures', 'All indicators'],
      ] as const) {
        const html = await page(path);
        expect(html).to.match(new RegExp(`<h1[^>]*>${title}</h1>`));
        expect(html).to.match(new RegExp(`<title>${title} - `));
      }
    });

    it('say that a later period, or the same, is not compared with', async () => {
      const said = async (query: string) =>
        /No comparison: the period “[^<]*/.exec(await page(`/reports?${query}`))?.[0];
      for (const [compare, name] of [
        ['2021-Q4', 'Q4 2021'],
        ['2021-Q3', 'Q3 2021'],
      ])
        expect(await said(`period=2021-Q3&compare=${compare}`)).to.equal(
          `No comparison: the period “${name}” is not before the one that is shown, “Q3 2021”.`,
        );
      for (const compare of ['2021-Q3', 'none'])
        expect(await said(`period=2021-Q4&compare=${compare}`)).to.equal(undefined);
    });
  });
}
