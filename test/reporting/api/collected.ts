/** What is put together from published cells: the claims of 2006, and people added up beside targets. */
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import type { Answer } from '../../../reporting/answer.ts';
import type { Claims, Judged } from '../../../reporting/claims/index.ts';
import type { Cumulative } from '../../../reporting/cumulative/index.ts';
import { rowsOfParquet } from '../exports/read-parquet.ts';
import type { Served } from '../served.ts';
import type { Site } from '../site.ts';
import type { Ground } from './ground.ts';

const CLAIMS = '/api/reports/claims?period=2021-Q4';

export const collected = (ground: () => Ground): Mocha.Suite =>
  describe('put together from published cells', () => {
    let site: Site;
    let served: Served;
    let key: Record<string, string>;
    before(() => {
      ({ site, served, key } = ground());
    });

    const judged = ({ claims }: Claims, name: string): Judged => {
      const found = claims.flatMap(({ criteria }) => criteria).find((each) => each.name === name);
      if (!found) throw new Error(`no criterion ${name}`);
      return found;
    };
    const refused = async (path: string, headers = key) => {
      const { status, text } = await served.get(path, headers);
      const { code, detail } = (JSON.parse(text) as { error: { code: string; detail: string } }).error;
      return `${status} ${code} ${detail}`;
    };

    it('say of each claim that nothing is published yet, and publish nothing by being asked', async () => {
      for (let round = 0; round < 2; round++) {
        const { claims } = await served.json<Claims>('/api/reports/claims?period=2019-Q4', key);
        expect(new Set(claims.map(({ verdict }) => verdict))).to.deep.equal(new Set(['noFigures']));
        expect(new Set(claims.flatMap(({ criteria }) => criteria.map(({ empty }) => empty)))).to.deep.equal(
          new Set(['notPublished']),
        );
      }
      const empty = await served.json<Cumulative>('/api/reports/cumulative?from=2020-Q3&to=2020-Q4', key);
      expect(empty.missing).to.deep.equal(['2020-Q3', '2020-Q4']);
    });

    describe('once published', () => {
      it('judge each claim by the figures that the reports give', async () => {
        const found = await served.json<Claims>(CLAIMS, key);
        expect(found.claims.map(({ name }) => name)).to.deep.equal([
          ...['path', 'trained', 'oneHour', 'calendar', 'calendarBetter', 'urgent', 'autonomy', 'access'],
        ]);
        const slots = await served.json<Answer>('/api/reports/slots?period=2021-Q4', key);
        const kept = judged(found, 'keptShare');
        expect(kept).to.deep.include({
          report: 'slots',
          verdict: 'supports',
          empty: null,
          label: 'Ensemble du ministère',
        });
        expect([kept.value, kept.n]).to.deep.equal([slots.ministry?.keptShare, slots.ministry?.n]);
        expect(Number(kept.value) - Number(kept.low)).to.be.closeTo(Number(slots.ministry?.keptShareMargin), 1e-12);
        const { ministry } = await served.json<Answer>('/api/reports/completion?period=2021-Q4', key);
        expect(judged(found, 'started').value).to.be.closeTo(
          Number(ministry?.started) / Number(ministry?.enrolments),
          1e-12,
        );
        // 77 people in two of the eight quarters: fewer than 900, but six quarters are missing.
        expect(judged(found, 'trained')).to.deep.include({ value: 77, verdict: 'undecided' });
        for (const { criteria } of found.claims) {
          for (const { verdict, empty, value } of criteria) {
            expect(verdict === 'noFigures' || value === null).to.equal(empty !== null);
          }
        }
      });

      it('judge them for a direction, and say where a figure holds more', async () => {
        const drh = await served.json<Claims>(`${CLAIMS}&direction=DRH`, key);
        const completion = await served.json<Answer>(
          '/api/reports/completion?period=2021-Q4&by=total&direction=DRH',
          key,
        );
        expect(judged(drh, 'diagnosed')).to.deep.include({ n: completion.cells[0]?.enrolments, wider: false });
        const cab = judged(await served.json<Claims>(`${CLAIMS}&direction=CAB`, key), 'diagnosed');
        expect(cab).to.deep.include({ label: 'CAB et DAC', wider: true });
        // Medians are given of 44 people and more.
        expect(judged(await served.json<Claims>(`${CLAIMS}&direction=DSIC`, key), 'minutesMedian').empty).to.equal(
          'withheld',
        );
      });

      it('refuse what there is not, and what the reader does not see', async () => {
        expect(await refused(`${CLAIMS}&direction=Nowhere`)).to.match(/^400 request\.parameter .*CAB, DAC, DRH, DSIC/);
        expect(await refused('/api/reports/claims?period=2021-11')).to.match(/^400 report\.period/);
        expect(await refused('/api/reports/claims?period=2026-Q4')).to.match(/^409 report\.notClosed/);
        expect(await refused(`${CLAIMS}&by=site`)).to.match(
          /^400 request\.parameter "by" is none of: period, direction/,
        );
        expect(await refused('/api/reports/cumulative?from=2021-Q4&to=2021-Q3')).to.match(/^400 request\.parameter/);
        const cookie = await served.logIn('drh-0000', [{ role: 'correspondent', direction: 'DRH' }]);
        expect(await refused(`${CLAIMS}&direction=DSIC`, cookie)).to.match(/takes one of: DRH\.$/);
        expect(judged(await served.json<Claims>(`${CLAIMS}&direction=DRH`, cookie), 'started').label).to.equal('DRH');
        const agent = await served.logIn('drh-0001');
        for (const path of [CLAIMS, '/api/reports/cumulative'])
          expect((await served.get(path, agent)).status).to.equal(403);
      });

      it('give the claims as files, one row a criterion', async () => {
        const { claims } = await served.json<Claims>(CLAIMS, key);
        const expected = claims.flatMap(({ criteria }) =>
          criteria.map(({ name, value, low, high, n }) => [name, value, low, high, n]),
        );
        const { text } = await served.get(`${CLAIMS}&format=csv&dialect=program`, key);
        const rows: Record<string, string>[] = parse(text, { bom: true, delimiter: ';', columns: true });
        const number = (value: string | undefined) => (value === '' ? null : Number(value));
        const given = rows.map((row) => [row.criterion, ...[row.value, row.low, row.high, row.n].map(number)]);
        expect(given).to.deep.equal(expected);
        expect(new Set(rows.map(({ claimVerdict }) => claimVerdict))).to.include('confirme');
      });

      it('add up people over cohorts, each once, beside targets', async () => {
        const { id } = await site.run<{ id: string }>('targets.set', {
          figure: 'newPeople',
          people: 70,
          by: '2021-12-31',
        });
        await site.run('targets.set', { figure: 'newGraduates', people: '1000', by: '2022-12-31' });
        await site.run('targets.set', { figure: 'newPeople', people: 10, by: '2021-09-30', direction: 'CAB' });
        const all = await served.json<Cumulative>('/api/reports/cumulative', key);
        expect([all.from, all.to, all.missing]).to.deep.equal(['2021-Q3', '2021-Q4', []]);
        // Everybody began in the first quarter; in the second they began something else.
        expect(all.periods.map(({ counts }) => counts?.newPeople)).to.deep.equal([77, 0]);
        expect(all.sums.newPeople).to.equal(77);
        expect(all.targets.map(({ figure, reached, since, over }) => [figure, reached, since, over])).to.deep.equal([
          // Of the first cohort nothing is published up to the end of the second period, of 2022 nothing at all.
          ['newPeople', 77, '2021-Q3', null],
          ['newGraduates', all.sums.newGraduates, null, null],
        ]);
        const cab = await served.json<Cumulative>('/api/reports/cumulative?direction=CAB', key);
        expect(cab.periods[0]).to.deep.include({ label: 'CAB et DAC', wider: true });
        expect(cab.sums.newPeople).to.equal(13);
        expect(cab.targets).to.have.length(1);
        expect(cab.targets[0]).to.deep.include({ reached: 13, wider: true, since: '2021-Q3' });
        const asPage = { ...key, accept: 'text/html', 'accept-language': 'en' };
        const { text: page } = await served.get('/reports?direction=CAB&period=2021-Q4', asPage);
        const shown = page.slice(page.indexOf('id="cumulative"'));
        for (const said of ['a column says with whom', '>CAB and DAC<', '>at most 13<', 'at most 130'])
          expect(shown).to.include(said);
        const { text: whole } = await served.get('/reports?period=2021-Q4', asPage);
        expect(whole.slice(whole.indexOf('id="cumulative"'))).not.to.include('at most');
        const response = await fetch(`${served.base}/api/reports/cumulative?format=parquet`, { headers: key });
        const rows = await rowsOfParquet(Buffer.from(await response.arrayBuffer()));
        expect(rows.map((row) => Number(row.newPeopleSum))).to.deep.equal([77, 77]);
        await site.run('targets.remove', { id });
        expect(await site.run('targets.list')).to.have.length(2);
      });

      it('refuse a target that is none', async () => {
        const code = async (args: Record<string, string | number>): Promise<unknown> =>
          site.run('targets.set', args).then(
            () => 'taken',
            (error: { code: string }) => error.code,
          );
        expect(await code({ figure: 'started', people: 3, by: '2022-12-31' })).to.equal('report.target');
        expect(await code({ figure: 'newPeople', people: 0, by: '2022-12-31' })).to.equal('report.target');
        expect(await code({ figure: 'newPeople', people: 5, by: '2022-02-30' })).to.equal('report.target');
        expect(await code({ figure: 'newPeople', people: 5, by: '2022-12-31', direction: 'Nowhere' })).to.equal(
          'direction.unknown',
        );
        const gone = site.run('targets.remove', { id: 'newPeople:2000-01-01' });
        expect(await gone.catch((error: { code: string }) => error.code)).to.equal('report.target');
      });

      it('are on the command line too', async () => {
        const { claims } = await site.run<Claims>('report', { name: 'claims', period: '2021-Q4' });
        expect(claims).to.deep.equal((await served.json<Claims>(CLAIMS, key)).claims);
        const { file } = await site.run<{ file: string }>('report', { name: 'cumulative', format: 'xlsx' });
        expect(file).to.equal('livret-cumulative-2021-Q3-2021-Q4.xlsx');
      });
    });
  });
