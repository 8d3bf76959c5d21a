/** The reports over HTTP: what can be asked, by whom, and in which formats; every way out gives the same figures. */
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import type { Answer, AnswerCell } from '../../../reporting/answer.ts';
import type { Catalogue } from '../../../reporting/catalogue.ts';
import { METRICS } from '../../../reporting/metrics/index.ts';
import { byOf, fieldsOf } from '../../../reporting/privacy/index.ts';
import { onPrograms } from '../../servers/programs.ts';
import { openInLibreOffice } from '../exports/libreoffice.ts';
import { rowsOfParquet } from '../exports/read-parquet.ts';
import type { Served } from '../served.ts';
import type { Ground } from './ground.ts';
import { MESSAGES, WORD } from './story.ts';

const COMPLETION = '/api/reports/completion?period=2021-Q4';

export const asked = (ground: () => Ground): Mocha.Suite =>
  describe('what is asked', () => {
    let served: Served;
    let key: Record<string, string>;
    before(() => {
      ({ served, key } = ground());
    });

    const answer = (path: string, headers = key): Promise<Answer> => served.json<Answer>(path, headers);
    const refusal = async (path: string, headers = key) => {
      const { status, text } = await served.get(path, headers);
      const { code, detail } = (JSON.parse(text) as { error: { code: string; detail: string } }).error;
      return { status, code, detail };
    };

    it('lists every report with its figures, texts and published periods', async () => {
      const { reports, period, lastClosed } = await served.json<Catalogue>('/api/reports', key);
      expect([period, lastClosed]).to.deep.equal(['quarter', '2026-Q3']);
      expect(reports.map(({ name }) => name)).to.deep.equal(METRICS.map(({ name }) => name));
      const published = reports.filter(({ periods }) => periods.length > 0);
      expect(published.length).to.be.greaterThan(METRICS.length / 2);
      for (const { name, periods, texts, figures, minimum, family } of reports) {
        const { state } = await answer(`/api/reports/${name}?period=2021-Q4`);
        expect(periods[0], name).to.equal(state === 'published' ? '2021-Q4' : undefined);
        expect(texts.fr.title).to.not.equal('');
        expect(figures[0]?.kind).to.equal('people');
        expect(minimum).to.equal(family === 'behaviour' ? 11 : 5);
      }
    });

    it('names directions as it did before there were other rows', async () => {
      const { cells } = await answer(COMPLETION);
      expect(cells.map(({ direction }) => direction)).to.deep.equal(['CAB et DAC', 'DRH', 'DSIC']);
      for (const cell of cells) expect(cell.direction).to.equal(cell.label);
      const byParcours = await answer(`${COMPLETION}&by=parcours`);
      const labels = byParcours.cells.map(({ label }) => label);
      expect(labels).to.deep.equal([
        'CAB et DAC',
        'DRH et DSIC\u00a0: Messagerie',
        'DRH et DSIC\u00a0: Traitement de texte',
      ]);
      for (const cell of byParcours.cells) expect(cell.direction).to.equal(undefined);
    });

    it('narrows by place and parcours, and says where a row holds more than was asked', async () => {
      const { cells } = await answer(`${COMPLETION}&direction=CAB&by=total`);
      expect(cells).to.have.length(1);
      expect(cells[0]).to.deep.include({ label: 'CAB et DAC', wider: true });
      const word = await answer(`${COMPLETION}&parcours=${encodeURIComponent(WORD)}&direction=DRH`);
      expect(word.cells.map(({ parcours }) => parcours)).to.deep.equal([[WORD]]);
    });

    it('refuses what it does not know, and says what there is', async () => {
      const unknown = await refusal(`${COMPLETION}&colour=red`);
      expect(unknown).to.deep.include({ status: 400, code: 'request.parameter' });
      expect(unknown.detail).to.include('"colour"').and.include('by, direction, parcours');
      expect((await refusal(`${COMPLETION}&by=colour`)).detail).to.include('direction, parcours, service, site');
      expect((await refusal(`${COMPLETION}&direction=Nowhere`)).detail).to.include('CAB, DAC, DRH, DSIC');
      expect((await refusal(`${COMPLETION}&parcours=word`)).detail).to.include(MESSAGES);
      expect((await refusal(`${COMPLETION}&through=2022-Q4`)).detail).to.include('2021-Q4');
      expect((await refusal(`${COMPLETION}&format=pdf`)).detail).to.include('json, csv, xlsx, parquet');
      expect((await refusal('/api/reports/regularity?period=2021-Q4&by=parcours')).detail).to.include(
        'direction, total',
      );
      expect((await refusal('/api/reports?period=2021-Q4')).code).to.equal('request.parameter');
      expect(await refusal(`${COMPLETION}&format=csv&table=none`)).to.deep.include({
        status: 404,
        code: 'report.table',
      });
      expect(await refusal('/api/reports/completion?period=2026-Q4&format=csv')).to.deep.include({
        status: 409,
        code: 'report.notClosed',
      });
    });

    it('gives the format that is accepted, unless the address names one', async () => {
      const type = async (path: string, accept: string): Promise<string | null> =>
        (await served.get(path, { ...key, accept })).headers.get('content-type');
      expect(await type(COMPLETION, '*/*')).to.match(/^application\/json/);
      expect(await type(COMPLETION, 'text/csv')).to.match(/^text\/csv/);
      expect(await type(COMPLETION, 'application/vnd.apache.parquet')).to.equal('application/vnd.apache.parquet');
      expect(await type(`${COMPLETION}&format=json`, 'text/csv')).to.match(/^application\/json/);
      const { headers } = await served.get(`${COMPLETION}&format=xlsx&by=parcours`, key);
      expect(headers.get('content-disposition')).to.include('livret-completion-2021-Q4-by-parcours.xlsx');
      const ofOne = await served.get(`${COMPLETION}&format=csv&direction=DRH`, key);
      expect(ofOne.headers.get('content-disposition')).to.include('livret-completion-2021-Q4-DRH.csv');
    });

    describe('for people', () => {
      const labels = ({ cells }: Answer): string[] => cells.map(({ label }) => label);

      it('shows a correspondent their own directions and the whole ministry, whatever is asked and in every format', async () => {
        const cookie = await served.logIn('drh-0000', [{ role: 'correspondent', direction: 'DRH' }]);
        const own = await answer(COMPLETION, cookie);
        expect(labels(own)).to.deep.equal(['DRH']);
        expect(own.ministry?.enrolments ?? own.ministry?.enrolled).to.be.greaterThan(40);
        for (const by of METRICS[0] ? byOf(METRICS[0]) : []) {
          for (const cell of (await answer(`${COMPLETION}&by=${by}`, cookie)).cells)
            expect(cell.directions, by).to.deep.equal(['DRH']);
        }
        expect((await refusal(`${COMPLETION}&direction=DSIC`, cookie)).detail).to.match(/takes one of: DRH\.$/);
        const { text } = await served.get(`${COMPLETION}&format=csv&dialect=program`, cookie);
        expect(csv(text).map(({ label }) => label)).to.deep.equal(['DRH', 'Ensemble du ministère']);
      });

      it('shows the correspondent of a small direction the row that holds it', async () => {
        const cookie = await served.logIn('cab-0000', [{ role: 'correspondent', direction: 'CAB' }]);
        expect(labels(await answer(COMPLETION, cookie))).to.deep.equal(['CAB et DAC']);
      });

      it('is nothing for agents and tutors, and everything for an administrator', async () => {
        for (const role of ['agent', 'tutor'] as const) {
          const cookie = await served.logIn('drh-0001', [{ role, direction: 'DRH' }]);
          for (const path of ['/api/reports', COMPLETION, `${COMPLETION}&format=csv`])
            expect((await served.get(path, cookie)).status, `${role} ${path}`).to.equal(403);
        }
        expect(labels(await answer(COMPLETION, await served.byLink()))).to.have.length(3);
      });
    });

    describe('as files', () => {
      /** What each row of a metric says, by label: what is one number alone. */
      const figuresOf = ({ report, cells, ministry }: Answer): Record<string, Record<string, unknown>> => {
        const single = METRICS.filter(({ name }) => name === report)
          .flatMap(({ figures }) => figures)
          .filter(({ kind }) => kind !== 'tally' && kind !== 'histogram')
          .flatMap(fieldsOf);
        const numbersIn = (cell: AnswerCell) => Object.fromEntries(single.map((name) => [name, cell[name]]));
        return Object.fromEntries(
          [...cells, ...(ministry ? [ministry] : [])].map((cell) => [cell.label, numbersIn(cell)]),
        );
      };

      const bytes = async (path: string): Promise<Buffer> => {
        const response = await fetch(served.base + path, { headers: key });
        expect(response.status, path).to.equal(200);
        return Buffer.from(await response.arrayBuffer());
      };

      it('gives the figures of the API as CSV, for each metric', async () => {
        for (const { name } of METRICS) {
          const path = `/api/reports/${name}?period=2021-Q4`;
          const expected = figuresOf(await answer(path));
          const rows = csv((await bytes(`${path}&format=csv&dialect=program`)).toString());
          const given = rows.map((row) => {
            const label = row.label ?? '';
            const names = Object.keys(expected[label] ?? {});
            return [
              label,
              Object.fromEntries(names.map((each) => [each, row[each] === '' ? null : Number(row[each])])),
            ];
          });
          expect(Object.fromEntries(given), name).to.deep.equal(expected);
        }
      });

      it('has the ministry once where it is asked for as a row, as the API has it in both places', async () => {
        const path = '/api/reports/time-on-task?period=2021-Q4&by=total';
        expect((await answer(path)).cells).to.have.length(1);
        for (const dialect of ['program', 'spreadsheet'])
          expect(csv((await bytes(`${path}&format=csv&dialect=${dialect}`)).toString())).to.have.length(1);
        const [row] = csv((await bytes(`${path}&format=csv&dialect=program`)).toString());
        expect(row).to.include({ scope: 'ministry', label: 'Ensemble du ministère' });
      });

      it('has words for people where programs are given codes', async () => {
        const path = '/api/reports/time-on-task?period=2021-Q4&format=csv';
        const codes = csv((await bytes(`${path}&dialect=program`)).toString());
        const french = csv((await bytes(path)).toString());
        const english = csv((await bytes(`${path}&lang=en`)).toString());
        const withheld = codes.findIndex((row) => row.withheld !== '');
        expect(codes[withheld]?.withheld).to.equal('minutesQ1; minutesMedian; minutesQ3');
        expect(french[withheld]).to.include({
          Portée: 'ligne',
          'Chiffres retenus':
            'Temps par personne, 1er quartile; Temps par personne, médiane; Temps par personne, 3e quartile',
        });
        expect(english[withheld]).to.include({ Scope: 'row' });
        expect(english[withheld]?.['Figures kept back']).to.match(/, first quartile; .*, third quartile$/);
        expect(french.at(-1)).to.include({ Portée: 'ministère' });
      });

      it('gives the figures of the API as Parquet, for each metric', async () => {
        for (const { name } of METRICS) {
          const path = `/api/reports/${name}?period=2021-Q4`;
          const expected = figuresOf(await answer(path));
          const rows = await rowsOfParquet(await bytes(`${path}&format=parquet`));
          const given = rows.map((row) => {
            const label = String(row.label);
            const names = Object.keys(expected[label] ?? {});
            return [label, Object.fromEntries(names.map((each) => [each, numberOf(row[each])]))];
          });
          expect(Object.fromEntries(given), name).to.deep.equal(expected);
        }
      });

      onPrograms(['libreoffice'], 'opened by LibreOffice', () => {
        it('gives the figures of the API as a workbook that LibreOffice opens, with definitions', async () => {
          const expected = figuresOf(await answer(COMPLETION));
          const sheets = await openInLibreOffice(await bytes(`${COMPLETION}&format=xlsx`), 40);
          expect(sheets[0]?.name).to.equal('completion');
          expect(sheets.at(-1)?.name).to.equal('definitions');
          const definitions = (sheets.at(-1)?.rows ?? []).map((row) => row.map((cell) => cell?.value).join(' | '));
          expect(definitions.join('\n')).to.include('Données au').and.include('Effectif minimal (k) | 5');
          const named = csv((await bytes(`${COMPLETION}&format=csv&dialect=program&table=completion`)).toString());
          const columns = Object.keys(named[0] ?? {});
          for (const row of sheets[0]?.rows.slice(1) ?? []) {
            const label = String(row[columns.indexOf('label')]?.value);
            const figures = expected[label] ?? {};
            for (const [figure, value] of Object.entries(figures))
              expect(row[columns.indexOf(figure)]?.value ?? null, `${label} ${figure}`).to.equal(value);
          }
        });
      });

      it('has each tally as a table of its own, with the names of what is counted', async () => {
        const { cells, ministry } = await answer(COMPLETION);
        for (const { name, kind } of METRICS[0]?.figures ?? []) {
          if (kind !== 'tally') continue;
          const rows = csv(
            (await bytes(`${COMPLETION}&format=csv&dialect=program&table=completion-${name}`)).toString(),
          );
          const expected = [...cells, ministry].flatMap((cell) =>
            Object.entries((cell?.[name] as Record<string, number>) ?? {}).map(([at, n]) => [
              cell?.label,
              at,
              String(n),
            ]),
          );
          expect(rows.map((row) => [row.label, row.key, row.count])).to.deep.equal(expected);
        }
      });
    });
  });

const csv = (text: string): Record<string, string>[] => parse(text, { bom: true, delimiter: ';', columns: true });

const numberOf = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));
