import { buffer } from 'node:stream/consumers';
import { expect } from 'chai';
import { fromBufferPromise } from 'yauzl';
import { type ExportRow, writeXlsx } from '../../../reporting/exports/index.ts';
import { sheetNames } from '../../../reporting/exports/sheet-names.ts';
import { MOST_ROWS } from '../../../reporting/exports/xlsx.ts';
import { onPrograms } from '../../servers/programs.ts';
import { openInLibreOffice, type ReadCell } from './libreoffice.ts';
import { columns, rows, sample } from './sample.ts';

/** The parts of a workbook by name. */
async function partsOf(workbook: Uint8Array): Promise<Map<string, string>> {
  const zip = await fromBufferPromise(Buffer.from(workbook), { lazyEntries: true });
  const parts = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    parts.set(entry.fileName, (await buffer(await zip.openReadStreamPromise(entry))).toString());
  }
  return parts;
}

const KINDS = {
  text: 'string',
  number: 'float',
  integer: 'float',
  percent: 'percentage',
  date: 'date',
  instant: 'date',
};

/** Spaces and tabs are elements of their own in what LibreOffice writes. */
const bare = (text: string): string => text.replace(/\s/g, '');

function expectSame(read: ReadCell, value: string | number | null, i: number): void {
  const { type, name } = columns[i] ?? { type: 'text', name: '' };
  if (value === null || read === undefined) {
    expect(read, name).to.equal(value ?? undefined);
    return;
  }
  expect(read.kind, name).to.equal(KINDS[type]);
  expect(read.formula, name).to.equal(false);
  // LibreOffice writes 15 digits.
  if (typeof value === 'number') expect(read.value).to.be.closeTo(value, Math.abs(value) * 1e-14);
  else if (type === 'instant') expect(Date.parse(`${read.value}${midnight(read.value)}Z`)).to.equal(Date.parse(value));
  else expect(bare(String(read.value))).to.equal(bare(value));
}

/** LibreOffice leaves it out. */
const midnight = (value: string | number): string => (String(value).includes('T') ? '' : 'T00:00:00');

describe('XLSX of an export', () => {
  it('has a sheet a table and one of definitions, each with its header frozen', async () => {
    const parts = await partsOf(await writeXlsx(sample));
    const names = [...(parts.get('xl/workbook.xml') ?? '').matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(
      ([, name]) => name,
    );
    expect(names).to.deep.equal(['completion', 'heures jours   tout  ce qui est', 'definitions']);
    for (const number of [1, 2, 3]) {
      const sheet = parts.get(`xl/worksheets/sheet${number}.xml`) ?? '';
      expect(sheet).to.match(/<pane ySplit="1"[^>]*state="frozen"/);
      expect(sheet).to.match(/<col min="1" max="1" width="\d+" customWidth="1"\/>/);
    }
    expect([...parts.values()].join('')).to.not.include('<f>');
  });

  it('refuses what is too much for a workbook before giving any of it', async () => {
    function* many(): Generator<ExportRow> {
      for (let i = 0; i <= MOST_ROWS; i += 1) yield [i];
    }
    const [, table] = sample.tables;
    if (!table) throw new Error('no table');
    const refusal = await writeXlsx({ ...sample, tables: [{ ...table, rows: many() }] }).catch(
      (error: unknown) => error,
    );
    expect(refusal).to.have.property('code', 'report.tooManyRows');
  });

  it('names sheets as Excel takes them', () => {
    const long = 'x'.repeat(40);
    expect(sheetNames(["'a'", 'A', 'History', long, long, '[/]', ''])).to.deep.equal([
      'a',
      'A 2',
      'History 2',
      'x'.repeat(31),
      `${'x'.repeat(29)} 2`,
      'table',
      'table 2',
    ]);
  });

  onPrograms(['libreoffice'], 'opened by LibreOffice', () => {
    it('gives the same figures, each of its type, and no formula', async function () {
      this.timeout(60_000);
      const [completion, hours, definitions] = await openInLibreOffice(await writeXlsx(sample), columns.length);
      const read = completion?.rows.slice(1, 1 + rows.length) ?? [];
      expect(read.length).to.equal(rows.length);
      for (const [r, row] of rows.entries()) for (const [i, value] of row.entries()) expectSame(read[r]?.[i], value, i);
      expect(hours?.rows.slice(0, 4).map(([cell]) => cell?.value)).to.deep.equal(['=Heure', 9, undefined, 17]);
      const texts = definitions?.rows.map((row) => row.slice(0, 3).map((cell) => cell?.value));
      expect(texts).to.deep.include(['Complétion par direction', 'Données au', '2022-01-08T00:00:00Z']);
      expect(texts).to.deep.include([undefined, 'Complétion', '=NA() est un texte ici']);
    });
  });
});
