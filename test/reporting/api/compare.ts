/** Beside an earlier period: of the same places, and of those that they were made of. */
import { expect } from 'chai';
import type { Answer } from '../../../reporting/answer.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { openSite, type Site } from '../site.ts';
import type { Ground } from './ground.ts';
import { learnAndMerge, WORD } from './story.ts';

export const compared = (ground: () => Ground): Mocha.Suite =>
  describe('compared with an earlier period', () => {
    let site: Site;
    before(() => {
      ({ site } = ground());
    });

    const compare = (name: string, more: Record<string, string> = {}): Promise<Answer> =>
      site.report(name, '2021-Q4', { compare: '2021-Q3', ...more });

    it('has the figures that the earlier period has by itself', async () => {
      for (const name of ['completion', 'time-on-task']) {
        const { cells, ministry, compared } = await compare(name);
        const then = await site.report(name, '2021-Q3');
        expect(compared, name).to.deep.include({ period: '2021-Q3', state: 'published', settings: {} });
        expect(cells.map(({ earlier }) => earlier?.kind)).to.deep.equal(cells.map(() => 'same'));
        expect(cells.map(({ earlier }) => earlier?.cell)).to.deep.equal(then.cells);
        expect({ ...ministry?.earlier?.cell }).to.deep.equal({ ...then.ministry });
      }
    });

    it('by parcours too, and within one', async () => {
      const { cells } = await compare('completion', { by: 'parcours' });
      const then = await site.report('completion', '2021-Q3', { by: 'parcours' });
      const label = cells.map(({ earlier }) => earlier?.cell?.label ?? earlier?.says?.fr);
      expect(label.filter((each) => each?.startsWith('DRH et DSIC'))).to.have.length(2);
      for (const { earlier } of cells) {
        if (earlier?.cell)
          expect(then.cells.map((each) => JSON.stringify(figures(each)))).to.include(
            JSON.stringify(figures(earlier.cell)),
          );
        else expect(earlier?.says?.en).to.match(/^No comparison/);
      }
      const word = await compare('completion', { parcours: WORD, direction: 'DRH' });
      expect(word.cells[0]?.earlier?.cell?.parcours).to.deep.equal([WORD]);
    });

    it('divides no direction that others came out of, and says so', async () => {
      const succession = { from: ['DSIC'], to: ['DSIC', 'DRH'], day: '2021-10-01' };
      const { id } = await site.directory.succeed(succession, act);
      const { cells } = await compare('completion');
      await site.directory.forgetSuccession(id);
      const by = (name: string) => cells.find(({ label }) => label === name)?.earlier;
      expect(by('DRH')).to.deep.include({ kind: 'none', cell: null });
      expect(by('DRH')?.says?.fr).to.match(/^Pas de comparaison pour DRH/);
      expect(by('CAB et DAC')?.kind).to.equal('same');
    });

    it('adds up directions that have become one', async () => {
      const merged = await openSite(sqlite);
      try {
        await learnAndMerge(merged);
        for (const name of ['completion', 'time-on-task']) {
          const then = await merged.report(name, '2021-Q4');
          await merged.report(name, '2022-Q1');
          expect(then.cells.map(({ label }) => label)).to.deep.equal(['EAST', 'WEST']);
        }
        await merged.directory.succeed({ from: ['EAST', 'WEST'], to: ['NORTH'], day: '2022-01-01' }, act);
        const { cells } = await merged.report('completion', '2022-Q1', { compare: '2021-Q4' });
        expect(cells.map(({ label }) => label)).to.deep.equal(['NORTH']);
        const { kind, says, cell } = cells[0]?.earlier ?? {};
        expect([kind, says?.fr]).to.deep.equal([
          'sum',
          'Comparé à EAST et WEST : c’est ce qui est devenu NORTH le 1er janvier 2022.',
        ]);
        expect(cell).to.deep.include({ directions: ['EAST', 'WEST'], enrolments: 40 });
        const csv = await merged.run<{ bytes: number }>('report', {
          ...{ name: 'completion', period: '2022-Q1', compare: '2021-Q4', format: 'csv' },
        });
        expect(csv.bytes).to.be.greaterThan(500);
      } finally {
        await merged.close();
      }
    });

    it('refuses a period that is not earlier', async () => {
      const refused = await compare('completion', { compare: '2021-Q4' }).catch((error: unknown) => error);
      expect(refused).to.include({ code: 'request.parameter' });
    });

    it('says that the earlier period is not published', async () => {
      const { served, key } = ground();
      const path = '/api/reports/completion?period=2021-Q4&compare=2020-Q1';
      const { compared, cells } = await served.json<Answer>(path, key);
      expect(compared).to.deep.include({ period: '2020-Q1', state: 'notPublished' });
      expect(cells.every(({ earlier }) => earlier === undefined)).to.equal(true);
      // At the console it is published first.
      expect((await compare('completion', { compare: '2020-Q1' })).compared?.state).to.equal('nobody');
    });
  });

const act = { by: 'test', at: Date.UTC(2026, 0, 1) };

const figures = ({ label: _label, ...rest }: object & { label: string }) => rest;
