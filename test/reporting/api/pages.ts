/** The pages of reports say what the API answers, to whom it answers it. */
import { expect } from 'chai';
import { type Claims, claimWords } from '../../../reporting/claims/index.ts';
import type { Answer, AnswerCell } from '../../../reporting/index.ts';
import { rowsOf, textOf } from '../page-tables.ts';
import type { Ground } from './ground.ts';
import { WORD } from './story.ts';

/** The drawing of a chart, by its id. */
const chartOf = (html: string, id: string): string =>
  new RegExp(`<svg[^>]*aria-labelledby="${id}-title .*?</svg>`, 's').exec(html)?.[0] ?? '';

export function pages(ground: () => Ground): void {
  describe('pages', () => {
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

    it('show completion by direction as the API answers it', async () => {
      const { cells, ministry } = await answer('completion?period=2021-Q4&lang=en');
      const [heading = [], ...rows] = rowsOf(await page('/reports/directions?period=2021-Q4'), 'completion-table');
      const at = (name: string) => heading.indexOf(name);
      const expected = [...cells, ministry].map((cell) => [
        cell?.label,
        String(cell?.enrolled),
        String(cell?.completed),
      ]);
      expect(rows.map((row) => [row[0], row[at('Enrolled')], row[at('Completed')]])).to.deep.equal(expected);
    });

    it('show the key figures of the ministry', async () => {
      const { ministry } = await answer('time-on-task?period=2021-Q4');
      const html = await page('/reports?period=2021-Q4');
      const mean = Number(ministry?.meanMinutes);
      const written = mean.toFixed(mean >= 100 ? 0 : 1).replace(/\.0$/, '');
      expect(textOf(html)).to.include(`Time spent per person, mean ${written} min`);
    });

    it('put the earlier period beside, of the same or of nothing', async () => {
      const asked = 'period=2021-Q4&compare=2021-Q3';
      const { cells } = await answer(`time-on-task?${asked}&lang=en`);
      const [heading = [], ...rows] = rowsOf(await page(`/reports/scheduling?${asked}`), 'time-on-task-table');
      expect(heading.at(-1)).to.match(/, Q3 2021 \(min\)$/);
      for (const [index, cell] of cells.entries()) {
        const then = cell.earlier?.cell as AnswerCell | null;
        expect(rows[index]?.at(-1)?.startsWith('–') === true).to.equal(then === null, cell.label);
        if (then) expect(Number(rows[index]?.at(-1))).to.be.closeTo(Number(then.meanMinutes), 0.5);
      }
      // What comes later is no earlier period: nothing is compared then.
      const later = await page('/reports/scheduling?period=2021-Q3&compare=2021-Q4');
      const headings = rowsOf(later, 'time-on-task-table')[0] ?? [];
      expect(headings.filter((each) => /, Q\d 2021/.test(each))).to.deep.equal([]);
    });

    it('compare with the period before on the page of comparison, until the reader chooses to compare with none', async () => {
      const compared = await page('/reports/comparison?period=2021-Q4');
      expect(compared).to.match(/<option value="2021-Q3" selected/);
      expect(textOf(compared)).to.include('(before: ');
      // Of 2021-Q3 no sessions are published.
      const [heading = [], ...rows] = rowsOf(compared, 'comparison');
      const sessions = heading.findIndex((each) => each.startsWith('Sessions'));
      expect(rows.find(([name]) => name === 'DRH')?.[sessions]).to.match(/\(before: –\)/);
      expect(textOf(compared)).to.include('A dash in brackets: ');
      // True of two columns alone.
      expect(textOf(compared)).to.include(
        'Courses completed (share of enrolments): the earlier period is counted at the',
      );
      const [, none = ''] = /<option value="([^"]*)"[^>]*>No comparison</.exec(compared) ?? [];
      const alone = await page(`/reports/comparison?period=2021-Q4&compare=${none}`);
      expect(alone).to.match(/<option[^>]* selected[^>]*>No comparison</);
      expect(textOf(alone)).to.not.include('(before: ').and.not.include('the same age');
      // The other pages know it too, where the tabs take it.
      expect(await page(`/reports/scheduling?period=2021-Q4&compare=${none}`)).to.not.include(', Q3 2021');
    });

    it('compare each direction by the row that holds it, and say which that is', async () => {
      const { cells } = await answer('time-on-task?period=2021-Q4&lang=en');
      const html = await page('/reports/comparison?period=2021-Q4');
      const [heading = [], ...rows] = rowsOf(html, 'comparison');
      const column = heading.findIndex((each) => each.startsWith('Time spent'));
      for (const { directions, label } of cells) {
        for (const direction of directions) {
          const row = rows.find(([name]) => name === direction) ?? [];
          const number = /\[(\d+)\]/.exec(row[column] ?? '')?.[1];
          if (directions.length === 1) expect(number, direction).to.equal(undefined);
          else expect(textOf(html)).to.include(`[${number}] Figure of “${label}”`);
        }
      }
      expect(rows.map(([name]) => name)).to.include.members(['DRH', 'CAB', 'Whole ministry']);
    });

    it('compare shares as shares: in the chart, and beside the counts in its table', async () => {
      const { cells, ministry } = await answer('completion?period=2021-Q4&compare=2021-Q3&lang=en');
      const share = (of: AnswerCell | null | undefined): string =>
        of?.enrolled ? `${Math.round((Number(of.completed) / Number(of.enrolled)) * 100)}%` : '–';
      const title = 'Courses completed (share of enrolments)';
      for (const compare of ['2021-Q3', 'none']) {
        const html = await page(`/reports/comparison?period=2021-Q4&figure=completed&compare=${compare}`);
        const chart = chartOf(html, 'completion-chart');
        const written = [...chart.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text);
        expect(written).to.include.members(['Whole ministry', share(ministry), ...cells.map((cell) => share(cell))]);
        const [heading = [], ...rows] = rowsOf(html, 'completion-table');
        expect(heading.slice(1, 4)).to.deep.equal(['Enrolled', 'Completed', title]);
        expect(rows.map((row) => row[3])).to.deep.equal([...cells, ministry].map(share));
        if (compare === 'none') continue;
        expect(heading[4]).to.equal(`${title}, Q3 2021`);
        const then = [...cells, ministry].map((cell) => share((cell?.earlier as { cell?: AnswerCell } | null)?.cell));
        expect(rows.map((row) => row[4]?.replace(/ no value$/, ''))).to.deep.equal(then);
      }
    });

    it('draw the week of the ministry, and of none that is too small for it', async () => {
      const { ministry } = await answer('hours?period=2021-Q4');
      const active = ministry?.active as number[];
      const week = await page('/reports/scheduling?topic=hours&period=2021-Q4');
      const rows = rowsOf(week, 'week-table');
      const ten = rows.find(([hour]) => hour === '10:00') ?? [];
      expect(ten.slice(1).map(Number)).to.deep.equal([0, 1, 2, 3, 4, 5, 6].map((day) => active[day * 24 + 10]));
      expect(week).to.include(' civil time. Q4 2021: Whole ministry.</figcaption>');
      const small = await page('/reports/scheduling?topic=hours&period=2021-Q4&direction=DSIC');
      expect(small).to.include('only shown for 44 people or more').and.not.include('id="week-table"');
    });

    it('say whose key figures and whose funnel stand there', async () => {
      const correspondent = await ground().served.logIn('drh-0001', [{ role: 'correspondent', direction: 'DRH' }]);
      for (const [query, whose, reader] of [
        ['', 'Whole ministry', ground().key],
        ['', 'Whole ministry', correspondent],
        ['&direction=DRH', 'DRH', correspondent],
        ['&direction=CAB', 'CAB and DAC', ground().key],
      ] as const) {
        const html = await page(`/reports?period=2021-Q4${query}`, reader);
        const { cells, ministry } = await answer(`completion?period=2021-Q4&by=total&lang=en${query}`, reader);
        const row = query === '' ? ministry : cells[0];
        expect(row?.label).to.equal(whose);
        expect(html).to.match(new RegExp(`<h2[^>]*>Key figures: ${query === '&direction=CAB' ? 'CAB' : whose}</h2>`));
        const chart = chartOf(html, 'funnel-chart');
        expect(chart).to.include(`From the need to the completed course, Q4 2021: ${whose}`);
        expect(chart).to.include(`>${row?.started}</text>`);
      }
    });

    it('draw no funnel where no row holds all who are asked for', async () => {
      const { cells } = await answer(`completion?period=2021-Q4&by=total&lang=en&parcours=${WORD}`);
      expect(cells.map(({ label }) => label)).to.deep.equal(['CAB and DAC', 'DRH and DSIC: Word processing']);
      const html = await page(`/reports/parcours?period=2021-Q4&parcours=${WORD}`);
      expect(html).to.not.include('id="funnel-chart');
      expect(textOf(html)).to.include('in several rows');
      const one = await page(`/reports/parcours?period=2021-Q4&parcours=${WORD}&direction=DRH`);
      expect(chartOf(one, 'funnel-chart')).to.include('DRH: Word processing');
    });

    it('draw what is aimed at beside the people added up, where a figure has one target', async () => {
      const aim = (people: number, by: string) =>
        ground().site.run<{ id: string }>('targets.set', { figure: 'newGraduates', people, by });
      await aim(41, '2022-12-31');
      const drawn = async () => chartOf(await page('/reports?period=2021-Q4'), 'cumulative-chart');
      expect(await drawn()).to.include('>Target (Completed, added up): 41<');
      const { id } = await aim(82, '2023-12-31');
      expect(await drawn()).to.not.include('Target (Completed');
      await ground().site.run('targets.remove', { id });
    });

    it('name the parcours that is chosen, and the way back', async () => {
      for (const [path, title] of [
        ['/reports/parcours', 'Reports by course'],
        ['/reports/modules', 'Reports by module'],
      ]) {
        const html = await page(`${path}?period=2021-Q4&parcours=${WORD}`);
        expect(html).to.match(new RegExp(`<h1[^>]*>${title}: Word processing</h1>`));
        expect(html).to.match(/href="[^"]*\?period=2021-Q4" title="Remove the filter “Course: Word processing”"/);
        expect(html).to.match(/<p class="livret-printed">[^<]*Course: Word processing/);
        // Figures that no parcours has of its own are left to the page of all.
        expect(html).to.not.include('Nobody has contributed');
        // It is known from another period.
        expect(await page(`${path}?period=2020-Q4&parcours=${WORD}`)).to.include('Word processing');
        const none = `${path}?parcours=https://courses.test/none`;
        expect((await ground().served.get(none, ground().key)).status, none).to.equal(400);
      }
    });

    it('show of a direction what its reader may see, whatever the link says', async () => {
      const { served } = ground();
      const correspondent = await served.logIn('drh-0001', [{ role: 'correspondent', direction: 'DRH' }]);
      const [, ...rows] = rowsOf(await page('/reports/directions?period=2021-Q4', correspondent), 'completion-table');
      const { cells } = await answer('completion?period=2021-Q4&lang=en', correspondent);
      expect(rows.map(([name]) => name)).to.deep.equal([...cells.map(({ label }) => label), 'Whole ministry']);
      const own = await page('/reports/directions?period=2021-Q4&compare=2021-Q3&direction=DRH', correspondent);
      expect(own).to.include('href="/reports/scheduling?period=2021-Q4&amp;compare=2021-Q3&amp;direction=DRH"');
      expect(own).to.include('href="/progress?direction=DRH"');
      // A link of somebody who sees more.
      const other = await page('/reports/directions?period=2021-Q4&direction=DSIC', correspondent);
      expect(other).to.include('You may not see a direction called “DSIC”');
      expect(rowsOf(other, 'completion-table')).to.deep.equal(
        rowsOf(await page('/reports/directions?period=2021-Q4', correspondent), 'completion-table'),
      );
      const analyst = await served.logIn('drh-0001', [{ role: 'analyst', direction: 'DRH' }]);
      expect(await page('/reports/directions?direction=DRH', analyst)).to.not.include('/progress');
    });

    it('keep what is chosen from page to page, and refuse what is no choice', async () => {
      const html = await page('/reports/directions?period=2021-Q4&compare=2021-Q3&direction=DRH');
      expect(html).to.include('href="/reports/claims?period=2021-Q4&amp;compare=2021-Q3&amp;direction=DRH"');
      for (const path of [
        '/reports?colour=blue',
        '/reports/scheduling?topic=sleep',
        '/reports/figures?report=sessions&by=colour',
      ]) {
        expect((await ground().served.get(path, ground().key)).status, path).to.equal(400);
      }
    });

    it('take rows that an indicator does not have for its first ones, and say so', async () => {
      // What the form of the page sends where another indicator is chosen in it.
      const html = await page('/reports/figures?report=sessions&by=service&period=2021-Q4');
      expect(html).to.include('no rows by service: here they are by direction.');
      expect(html).to.match(/<option value="direction" selected/);
      expect(rowsOf(html, 'sessions-table').length).to.be.above(2);
      expect(await page('/reports/figures?report=sessions&period=2021-Q4')).to.not.include('no rows by');
    });

    it('give each claim its verdict and its interval', async () => {
      const html = await page('/reports/claims?period=2021-Q4');
      expect(textOf(html)).to.match(/\d+% \(\d+% – \d+%\)/);
      const { claims } = await ground().served.json<Claims>('/api/reports/claims?period=2021-Q4', ground().key);
      for (const { name, verdict } of claims) {
        const badge = new RegExp(`<section[^>]* id="${name}".*?<span class="fr-badge[^"]*">([^<]*)</span>`, 's').exec(
          html,
        );
        expect(badge?.[1], name).to.equal(claimWords.en.verdicts[verdict]);
      }
      expect(new Set(claims.map(({ verdict }) => verdict)).size).to.be.above(1);
    });
  });
}
