import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { type CsvDialect, type ExportRow, writeCsv } from '../../../reporting/exports/index.ts';
import type { Language } from '../../../web/index.ts';
import { onPrograms } from '../../servers/programs.ts';
import { bytesOf, columns, FORMULAS, rows, sample } from './sample.ts';

const [table] = sample.tables;
if (!table) throw new Error('no table');

const csv = (of: readonly ExportRow[], lang: Language = 'fr', dialect?: CsvDialect): Promise<Buffer> =>
  bytesOf(writeCsv({ ...table, rows: of }, { lang, ...(dialect && { dialect }) }));

/** A strict parser: RFC 4180 quotes, every record of one length. */
const strict = (bytes: Buffer): string[][] =>
  parse(bytes, {
    bom: true,
    delimiter: ';',
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: false,
    relax_column_count: false,
  });

/** What a program makes of the cells again. */
function figures(records: string[][], comma: boolean): ExportRow[] {
  return records.slice(1).map((cells) =>
    cells.map((cell, i) => {
      if (cell === '') return null;
      const { type } = columns[i] ?? { type: 'text' };
      if (type === 'text') return FORMULAS.some((text) => cell === `'${text}`) ? cell.slice(1) : cell;
      if (type === 'date' || type === 'instant') return cell;
      return Number(comma ? cell.replace(',', '.') : cell);
    }),
  );
}

const asWritten = (given: readonly ExportRow[]): ExportRow[] =>
  given.map((row) => row.map((value, i) => (i === 5 && value !== null ? new Date(value).toISOString() : value)));

/** As a spreadsheet is given them. */
const rounded = (given: readonly ExportRow[]): ExportRow[] =>
  asWritten(given).map((row) =>
    row.map((value) => (Number.isInteger(value) || typeof value !== 'number' ? value : Number(value.toPrecision(12)))),
  );

describe('CSV of an export', () => {
  it('has a BOM, `;`, CRLF, and headings with their units', async () => {
    const text = (await csv(rows.slice(0, 1))).toString();
    expect(text).to.equal(
      '\uFEFFDirection;Temps moyen (h);Effectif;Part;Jour;Relevé\r\nDRH;1,25;73;0,425;2021-12-31;2021-12-31T23:00:00.000Z\r\n',
    );
  });

  it('has the decimal point where the language does, and for programs, with the names of the columns', async () => {
    expect((await csv(rows.slice(0, 1), 'en')).toString()).to.include('DRH;1.25;73;0.425;');
    const forPrograms = (await csv(rows.slice(0, 1), 'fr', 'program')).toString();
    expect(forPrograms).to.match(/^\uFEFFdirection;mean;people;share;day;at\r\nDRH;1\.25;73;0\.425;/);
  });

  it('has twelve digits for people, and all of them for programs', async () => {
    const long: ExportRow[] = [['DRH', 0.1 + 0.2, 9_007_199_254_740_991, 0.9999999999999999, null, null]];
    expect((await csv(long)).toString()).to.include('DRH;0,3;9007199254740991;1;');
    expect((await csv(long, 'en')).toString()).to.include('DRH;0.3;9007199254740991;1;');
    expect((await csv(long, 'fr', 'program')).toString()).to.include(
      'DRH;0.30000000000000004;9007199254740991;0.9999999999999999;',
    );
  });

  it('gives a strict parser the same figures', async () => {
    expect(figures(strict(await csv(rows)), true)).to.deep.equal(rounded(rows));
    expect(figures(strict(await csv(rows, 'fr', 'program')), false)).to.deep.equal(asWritten(rows));
  });

  it('lets no text or heading begin as a formula, and leaves negative numbers numbers', async () => {
    const records = strict(await csv(FORMULAS.map((text) => [text, -1.5, -2, -0.5, null, null])));
    expect(records.slice(1)).to.deep.equal(FORMULAS.map((text) => [`'${text}`, '-1,5', '-2', '-0,5', '', '']));
    const [, hours] = sample.tables;
    if (!hours) throw new Error('no table');
    expect((await bytesOf(writeCsv(hours, { lang: 'fr' }))).toString()).to.equal('\uFEFF\'=Heure\r\n9\r\n""\r\n17\r\n');
  });

  it('gives back whatever text is put in', async () => {
    const text = fc.string({ unit: 'binary' }).filter((value) => value !== '');
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async (texts) => {
        const cells = strict(await csv(texts.map((value) => [value, null, null, null, null, null]))).slice(1);
        for (const [i, [cell = '']] of cells.entries()) {
          const escaped = /^(?:[\t\r\n]|[\s\0]*[=+\-@＝＋－＠])/.test(texts[i] ?? '');
          expect(cell).to.equal(escaped ? `'${texts[i]}` : texts[i]);
          expect(cell).to.not.match(/^[=+\-@\t\r]/);
        }
        expect(cells.length).to.equal(texts.length);
      }),
      { numRuns: 50 },
    );
  });

  it('refuses a value that is not what its column says', async () => {
    const wrong: ExportRow[] = [
      [1, null, null, null, null, null],
      [null, '1,25', null, null, null, null],
      [null, Number.NaN, null, null, null, null],
      [null, null, 1.5, null, null, null],
      [null, null, null, null, '2021-02-30', null],
      [null, null, null, null, null, '2021-02-03'],
      [null],
    ];
    for (const row of wrong) {
      const outcome = await csv([row]).catch((error: unknown) => error);
      expect(outcome, JSON.stringify(row)).to.be.instanceOf(TypeError);
    }
  });

  it('holds a part of the rows at a time', async () => {
    let made = 0;
    async function* many(): AsyncGenerator<ExportRow> {
      for (; made < 20_000; made += 1) yield ['DRH', made, made, null, null, null];
    }
    const pieces = writeCsv({ ...table, rows: many() }, { lang: 'fr' });
    await pieces.next();
    await pieces.next();
    expect(made).to.be.below(2000);
    const rest = (await bytesOf(pieces)).toString();
    expect(rest.trimEnd().split('\r\n').at(-1)).to.equal('DRH;19999;19999;;;');
  });

  onPrograms(['python3'], 'read by Python', () => {
    it('gives the same cells, strictly', async () => {
      const bytes = await csv(rows);
      const read = `import csv, io, json, sys
text = io.TextIOWrapper(sys.stdin.buffer, encoding='utf-8-sig', newline='')
print(json.dumps(list(csv.reader(text, delimiter=';', strict=True))))`;
      const records = JSON.parse(execFileSync('python3', ['-c', read], { input: bytes }).toString());
      expect(figures(records, true)).to.deep.equal(rounded(rows));
    });
  });
});
