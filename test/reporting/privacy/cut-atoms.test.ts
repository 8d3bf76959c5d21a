/** Names that are kept back of somebody who sees names since a publication: as many as the rule of its day asks, and no more. */
import { expect } from 'chai';
import { importHeadcounts } from '../../../reporting/headcounts/import.ts';
import type { ProgressPage } from '../../../reporting/progress/progress.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { type Served, serve } from '../served.ts';
import { did, keyOf, names, openSite, type Site } from '../site.ts';

const Q4 = '2021-Q4';

async function* file(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe('names kept back', function () {
  this.timeout(60_000);
  let site: Site;
  let http: Served;

  /** DAC, where few have begun, is told of together with DRH and with CAB, where nobody has. */
  beforeEach(async () => {
    site = await openSite(sqlite);
    http = await serve(site);
    await site.people('DRH', names('a', 40));
    await site.people('DAC', names('b', 2));
    await site.people('CAB', names('c', 2));
    await site.commit([...names('a', 20), ...names('b', 2)].map((name) => did(name, '2021-11-02T09:00:00Z')));
  });
  afterEach(() => http.close());

  /** What somebody who is named for DRH and DAC after the publication does not see. */
  async function withheld(): Promise<readonly string[]> {
    expect((await site.report('completion', Q4)).cells.map(({ label }) => label)).to.deep.equal(['CAB, DAC et DRH']);
    const { id = '' } = (await site.directory.personByAgentKey(keyOf('a-0039'))) ?? {};
    for (const direction of ['DRH', 'DAC']) {
      await site.directory.grant(id, { role: 'correspondent', direction }, { by: 'test', at: 1 });
    }
    const page = await http.json<ProgressPage>('/api/progress?limit=1000', await http.logIn('a-0039'));
    return page.withheldPeriods;
  }

  it('are none where an imported headcount says that nobody, outside of the perimeter, is nobody of many', async () => {
    await importHeadcounts(site, file('direction;date;effectif\nCAB;2021-12-31;30\n'), {
      by: 'console',
      dryRun: false,
    });
    expect(await withheld()).to.deep.equal([]);
  });

  it('are those of the perimeter where that would be nobody of few', async () => {
    expect(await withheld()).to.deep.equal([Q4]);
  });
});
