import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'chai';
import type { Place } from '../engines/index.ts';
import { sqlite } from '../engines/sqlite.ts';
import { did, openSiteAt } from '../reporting/site.ts';
import { livret } from './livret.ts';

describe('livret reports check', function () {
  this.timeout(60_000);
  let place: Place;
  before(async () => {
    place = await sqlite.place();
    const site = await openSiteAt(place);
    await site.people('DRH', ['ada']);
    await site.commit([did('ada', '2021-11-02T09:00:00Z'), did('ada', '2021-11-02T09:10:00Z')]);
    await site.leave();
  });
  after(() => place.remove());

  it('says what it compared, and ends with 0 where nothing differs', async () => {
    const { code, stdout } = await livret(['reports', 'check'], place);
    expect(stdout).to.match(/^table sessions: 1 compared, 0 differences$/m);
    expect(stdout).to.match(/2 statements, 1 people, 2021-Q4, as of .*Z\n0 differences\n$/);
    expect(code).to.equal(0);
  });

  it('ends with 1 where something differs, and says whose, where and both values', async () => {
    const instance = await DuckDBInstance.create(join(place.folder, 'reports.duckdb'));
    const connection = await instance.connect();
    await connection.run('UPDATE sessions SET worked = 1');
    connection.closeSync();
    instance.closeSync();
    const { code, stdout } = await livret(['reports', 'check', '--report', 'scores'], place);
    expect(stdout).to.match(
      /^ {2}[0-9a-f]{32}, 2021-11-02T09:00:00.000Z: worked: 1 in the reports, 600000 by the store$/m,
    );
    expect(stdout).to.match(/\n1 differences\n$/);
    expect(code).to.equal(1);
  });
});
