/** What comes between the look at a period and its publication: nothing is frozen by what stood no more. */
import { expect } from 'chai';
import { MEMBERS, PUBLICATIONS } from '../../../reporting/privacy/records.ts';
import { Perimeters } from '../../../reporting/progress/perimeters.ts';
import { onEachEngine } from '../../engines/index.ts';
import { did, keyOf, names, openSite, type Site } from '../site.ts';

const Q4 = '2021-Q4';

onEachEngine('a publication that something comes in between of', function (engine) {
  this.timeout(60_000);
  let site: Site;
  beforeEach(async () => {
    site = await openSite(engine);
  });
  afterEach(async () => {
    expect(site.errors).to.deep.equal([]);
    await site.close();
  });

  const begin = (who: readonly string[], time = '2021-11-02T09:00:00Z') =>
    site.commit(who.map((name) => did(name, time)));

  /** Once everything was looked at, just before the first publication is committed. */
  function beforeCommit(work: () => Promise<unknown>): void {
    const { store } = site;
    const commit = store.commit.bind(store);
    store.commit = async (changes) => {
      if (changes.changes?.some(({ collection }) => collection.name === PUBLICATIONS.name)) {
        store.commit = commit;
        await work();
      }
      return commit(changes);
    };
  }

  it('is cut for those who have seen names meanwhile', async () => {
    await site.people('CAB', names('c', 4));
    await site.people('DAC', names('d', 69));
    await site.people('DICOM', names('i', 95));
    await begin([...names('c', 4), ...names('d', 69), ...names('i', 95)]);
    // As another process notes it.
    beforeCommit(() => new Perimeters(site.store).note(['DAC'], site.clock.now));
    const { cells } = await site.report('completion', Q4);
    expect(cells.map(({ label }) => label)).to.deep.equal(['CAB, DAC et DICOM']);
  });

  describe('and the job that forgets who was erased', () => {
    const forget = () => site.part.jobs.find(({ name }) => name === 'reports.forget')?.run();
    const members = async () =>
      (await site.store.collection(MEMBERS).find()).flatMap(({ value }) =>
        (JSON.parse(value.rows) as [string][]).map(([person]) => person),
      );
    let gone: string;
    const erase = async () => {
      await site.store.erase({ id: 'gone', agents: [keyOf('a-0000')], mode: 'erase' });
      await forget();
    };
    beforeEach(async () => {
      await site.people('DRH', names('a', 40));
      await begin(names('a', 20));
      gone = (await site.directory.personByAgentKey(keyOf('a-0000')))?.id ?? '';
    });

    it('does not keep somebody who was erased meanwhile', async () => {
      beforeCommit(erase);
      expect((await site.report('completion', Q4)).ministry).to.deep.include({ enrolments: 19 });
      expect(await members())
        .to.have.length(19)
        .and.to.not.include(gone);
    });

    it('nor where it is published again', async () => {
      await site.report('completion', Q4);
      await begin(names('a', 30));
      beforeCommit(erase);
      await site.report('completion', Q4, { republish: true });
      expect(await members()).to.not.include(gone);
    });
  });

  it('counts nobody who was counted for another period meanwhile', async () => {
    await site.people('DRH', names('a', 20));
    await begin(names('a', 20), '2022-02-02T09:00:00Z');
    beforeCommit(async () => {
      await begin(names('a', 12));
      expect((await site.report('completion', Q4)).ministry).to.deep.include({ enrolments: 12 });
    });
    expect((await site.report('completion', '2022-Q1')).ministry).to.deep.include({ enrolments: 8 });
  });
});
