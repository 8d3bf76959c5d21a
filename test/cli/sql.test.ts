import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Place } from '../engines/index.ts';
import { sqlite } from '../engines/sqlite.ts';
import { livret } from './livret.ts';

describe('livret sql and livret extract', function () {
  this.timeout(60_000);
  let place: Place;
  let work: string;
  before(async () => {
    place = await sqlite.place();
    work = await mkdtemp(join(tmpdir(), 'livret-work-'));
    expect((await livret(['key', 'add', 'a store'], place)).code).to.equal(0);
  });
  after(async () => {
    await place.remove();
    await rm(work, { recursive: true });
  });

  it('answers as a table', async () => {
    const table = await livret(
      ['sql', "SELECT 'DRH' AS direction, 12 AS n UNION ALL SELECT NULL, 3 ORDER BY n DESC"],
      place,
    );
    expect(table).to.deep.equal({ code: 0, stdout: 'direction  n\nDRH        12\n-          3\n', stderr: '' });
  });

  it('says on one line what is wrong, and where', async () => {
    const { code, stdout, stderr } = await livret(['sql', '--over', 'rows', 'SELECT 1,\n nobody FROM sessions'], place);
    expect([code, stdout]).to.deep.equal([1, '']);
    expect(stderr).to.match(
      /^The database refuses this SQL\. Binder: Referenced column "nobody" not found.*\(line 2, column 2\)\n$/,
    );
  });

  it('writes the file to take along', async () => {
    const file = join(work, 'cells.duckdb');
    const { code, stdout } = await livret(['extract', file], place);
    expect([code, stdout]).to.deep.equal([
      0,
      `${(await readFile(file)).byteLength.toLocaleString('en-US')} bytes in ${file}\n`,
    ]);
    expect((await readFile(file)).subarray(8, 12).toString()).to.equal('DUCK');
  });
});
