import { expect } from 'chai';
import { LivretError } from '../../lrs/index.ts';
import { refused } from '../contract/given.ts';
import { sqlite } from '../engines/sqlite.ts';
import { did, names, openSite, type Site } from './site.ts';

const Q4 = '2021-Q4';

describe('publishing by the console', function () {
  this.timeout(30_000);
  let site: Site;
  beforeEach(async () => {
    site = await openSite(sqlite);
    await site.people('DRH', names('a', 20));
    await site.commit(names('a', 20).map((name) => did(name, '2021-11-02T09:00:00Z')));
  });
  afterEach(() => site.close());

  it('stops where the store is lost, which is no refusal of a report', async () => {
    let asked = 0;
    site.store.commit = async () => {
      asked++;
      throw new LivretError('store.unavailable');
    };
    await refused(site.run('reports.publish', { periods: [Q4] }), 'store.unavailable');
    expect(asked).to.equal(1);
  });

  it('goes on after a report that cannot be published', async () => {
    const empty = await openSite(sqlite);
    const counts = await empty.run('reports.publish', { periods: [Q4], reports: ['completion', 'regularity'] });
    expect(counts).to.deep.equal({ published: 0, refused: 2 });
    await empty.close();
  });

  it('does not pass over an end without a beginning', async () => {
    await refused(site.run('reports.publish', { periods: [Q4], to: '2022-Q1' }), 'request.parameter');
  });
});
