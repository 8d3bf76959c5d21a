import { expect } from 'chai';
import { sqlite } from '../../engines/sqlite.ts';
import { did, names, openSite, type Site } from '../site.ts';

describe('reports check', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite(sqlite);
  });
  afterEach(() => site.close());

  it('agrees with the reports about the first and the last years that statements can have', async () => {
    await site.people('DRH', names('a', 4));
    await site.commit([
      did('a-0000', '0000-01-01T09:00:00Z'),
      did('a-0001', '0001-01-01T09:00:00Z'),
      did('a-0002', '9999-12-31T23:59:59-14:00'),
      did('a-0003', '0000-01-01T00:00:00+14:00'),
    ]);
    expect(await site.run('reports.check')).to.deep.include({ differences: [], total: 0 });
  });
});
