import { expect } from 'chai';
import { createDirectory, type Directory } from '../../../lrs/directory/index.ts';
import { importHeadcounts } from '../../../reporting/headcounts/import.ts';
import { importedHeadcounts } from '../../../reporting/headcounts/index.ts';
import { readHeadcounts } from '../../../reporting/headcounts/records.ts';
import { onEachEngine, withStore } from '../../engines/index.ts';

async function* file(...pieces: (string | Buffer)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield Buffer.from(piece);
}

onEachEngine('headcounts from a file', (engine) => {
  const store = withStore(engine);
  let directory: Directory;
  beforeEach(async () => {
    directory = createDirectory(store);
    for (const name of ['DRH', 'Été', 'CAB']) await directory.addUnit({ kind: 'direction', name });
  });

  const bring = (input: AsyncIterable<Uint8Array>, dryRun = false) =>
    importHeadcounts({ store, directory }, input, { by: 'console', dryRun });
  const kept = async () =>
    (await readHeadcounts(store)).map(({ day, direction, people }) => `${day} ${direction} ${people}`);

  it('are read as spreadsheets in France save them, and stored once', async () => {
    const text =
      '\uFEFFDirection;Date;Effectif;Source\r\nDRH;31/12/2021;1\u202f234;SIRH\r\nÉté;2021-12-31;0;\r\n;;;\r\nDRH;1/7/2022;1 300;\r\n';
    const counts = { lines: 3, unchanged: 0, changed: 0, refused: 0, problems: [] };
    expect(await bring(file(text), true)).to.deep.equal({ ...counts, new: 3, stored: false });
    expect(await kept()).to.deep.equal([]);
    expect(await bring(file(text))).to.deep.equal({ ...counts, new: 3, stored: true });
    const all = ['2021-12-31 DRH 1234', '2021-12-31 Été 0', '2022-07-01 DRH 1300'];
    expect(await kept()).to.deep.equal(all);
    expect(await bring(file(text))).to.deep.equal({ ...counts, new: 0, unchanged: 3, stored: true });
    // Commas, no BOM, Windows-1252, cut anywhere, and one figure corrected.
    const other = Buffer.from('EFFECTIF,date,direction\n"73",2021-12-31,\xc9t\xe9\n', 'latin1');
    const corrected = await bring(file(other.subarray(0, 40), other.subarray(40)));
    expect(corrected).to.include({ new: 0, changed: 1, stored: true });
    await store.reopen();
    expect(await kept()).to.deep.equal(all.with(1, '2021-12-31 Été 73'));
  });

  it('are not stored by half: what is wrong is told by line and column', async () => {
    const text = [
      'direction;date;effectif',
      'DRH;2021-12-31;12',
      'Drh;31/02/2021;1.234',
      ';2021-12-31;-3',
      'CAB;2021-12-31',
      'DRH;2021-12-31;13',
      'DRH;31/12/2021;12',
    ].join('\n');
    const { problems, ...counts } = await bring(file(text));
    expect(counts).to.deep.equal({ lines: 6, new: 1, changed: 0, unchanged: 1, refused: 4, stored: false });
    expect(problems.map(({ line, column, problem }) => `${line} ${column} ${problem}`)).to.deep.equal([
      '3 direction is none of the directions',
      '3 date is not a date (YYYY-MM-DD or DD/MM/YYYY)',
      '3 effectif is not a whole number of people',
      '4 direction is empty',
      '4 effectif is not a whole number of people',
      '5 null has 2 cells, not as many as the header',
      '6 effectif is another one than in line 2',
    ]);
    expect(await kept()).to.deep.equal([]);
  });

  it('are refused where the file makes no sense', async () => {
    const refusalOf = async (...pieces: string[]): Promise<string> => {
      try {
        return JSON.stringify(await bring(file(...pieces)));
      } catch (error) {
        return `${(error as { code: string }).code} ${(error as { detail: string }).detail}`;
      }
    };
    expect(await refusalOf('')).to.equal('headcounts.file It is empty.');
    expect(await refusalOf('direction;effectif\n')).to.equal('headcounts.file Columns missing: date.');
    expect(await refusalOf('direction;date;date;effectif\n')).to.equal('headcounts.file Columns there twice: date.');
    expect(await refusalOf('PK\x03\x04')).to.match(/^headcounts\.file This is a workbook/);
    expect(await refusalOf('direction;date;effectif\n"DRH;2021-12-31;12\n')).to.match(/^headcounts\.file Not CSV/);
  });

  it('hold from their day on, until the direction becomes another one', async () => {
    await bring(file('direction;date;effectif\nDRH;2021-06-30;50\nDRH;2022-06-30;60\nCAB;2022-06-30;4\n'));
    const at = async (direction: string, day: string) => (await importedHeadcounts(store, day)).get(direction);
    const all = async (day: string) => Object.fromEntries(await importedHeadcounts(store, day));
    expect(await at('DRH', '2021-06-29')).to.equal(undefined);
    expect(await at('DRH', '2021-06-30')).to.equal(50);
    expect(await at('DRH', '2022-06-29')).to.equal(50);
    expect(await at('DRH', '2026-01-01')).to.equal(60);
    expect(await all('2022-06-29')).to.deep.equal({ DRH: 50 });
    expect(await all('2022-06-30')).to.deep.equal({ DRH: 60, CAB: 4 });
    await directory.succeed({ from: ['CAB', 'DRH'], to: ['DRH', 'X'], day: '2022-01-01' }, { by: 'console', at: 1 });
    expect(await at('DRH', '2022-01-01')).to.equal(undefined);
    expect(await at('DRH', '2021-12-31')).to.equal(50);
    expect(await at('DRH', '2022-06-30')).to.equal(60);
    expect(await all('2022-01-01')).to.deep.equal({});
  });
});
