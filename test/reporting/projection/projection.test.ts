import { randomUUID } from 'node:crypto';
import { cp, truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'chai';
import { type DumpEntry, openStore } from '../../../lrs/index.ts';
import { onEachEngine } from '../../engines/index.ts';
import { agent, COMPLETED, did, keyOf, names, openSite, openSiteAt, removable, type Site, VOIDED } from '../site.ts';

const WORD = 'https://courses.test/word';
const SMALL = { kCompletion: 2, kBehaviour: 2 };

onEachEngine('the read model', function (engine) {
  this.timeout(60_000);
  let site: Site;
  beforeEach(async () => {
    site = await openSite(engine, SMALL);
    await site.people('DRH', names('ada', 3));
    await site.people('DSIC', names('bob', 3));
  });
  afterEach(async () => {
    expect(site.errors).to.deep.equal([]);
    await site.close();
  });

  const everyone = () => [...names('ada', 3), ...names('bob', 3)];
  const began = (time = '2021-11-02T09:00:00Z') => everyone().map((name) => did(name, time));
  const completed = (name: string, unit: string, time = '2021-11-03T09:00:00Z') =>
    did(name, time, { verb: { id: COMPLETED }, object: { id: `https://units.test/${unit}` } });
  const voiding = (id: string | undefined) =>
    did('admin', '2021-11-05T09:00:00Z', {
      verb: { id: VOIDED },
      object: { objectType: 'StatementRef', id: id ?? '' },
    });

  /** enrolments and completed units by direction, the freshest there are. */
  async function figures(period = '2021-Q4'): Promise<Record<string, unknown>> {
    const { cells } = await site.report('completion', period);
    return Object.fromEntries(cells.map((cell) => [cell.label, [cell.enrolments, cell.completedModules]]));
  }

  it('counts what is stored when it is asked, and each statement once however it is fed', async () => {
    await site.commit(began());
    await site.commit([completed('ada-0000', 'one'), completed('bob-0000', 'one'), completed('bob-0001', 'two')]);
    expect(await figures()).to.deep.equal({ DRH: [3, 1], DSIC: [3, 2] });
  });

  it('forgets a statement that is voided, before or after it has read it', async () => {
    const [early, late, kept] = ['one', 'two', 'three'].map((unit) => completed('ada-0000', unit));
    await site.commit(began());
    await site.commit([early, late, kept].flatMap((each) => each ?? []));
    await site.commit([voiding(early?.id)]);
    await site.part.drain();
    await site.commit([voiding(late?.id)]);
    // A voiding that comes before what it voids.
    const ahead = completed('bob-0000', 'four');
    await site.commit([voiding(ahead.id)]);
    await site.commit([ahead]);
    expect(await figures()).to.deep.equal({ DRH: [3, 1], DSIC: [3, 0] });
  });

  it('drops who is erased, and keeps the count of who is pseudonymised', async () => {
    await site.people('DSIC', ['mask']);
    await site.people('DRH', names('more', 1));
    await site.commit([...began(), did('more-0000', '2021-11-02T09:00:00Z'), completed('bob-0000', 'one')]);
    await site.part.drain();
    await site.store.erase({ id: randomUUID(), agents: [keyOf('more-0000')], mode: 'erase' });
    await site.store.erase({
      id: randomUUID(),
      agents: [keyOf('bob-0000')],
      mode: 'pseudonymise',
      replacement: keyOf('mask'),
    });
    expect(await figures()).to.deep.equal({ DRH: [3, 0], DSIC: [3, 1] });
  });

  it('counts a statement where its timestamp says, however late it is stored', async () => {
    await site.commit(began('2022-02-01T09:00:00Z'));
    await site.part.drain();
    await site.commit(names('ada', 3).map((name) => did(name, '2021-12-31T23:59:00+01:00')));
    expect(await figures('2021-Q4')).to.deep.equal({ DRH: [3, 0], DSIC: [0, 0] });
    expect(await figures('2022-Q1')).to.deep.equal({ DRH: [0, 0], DSIC: [3, 0] });
  });

  it('sees one person behind several identifiers, also when it learns so later', async () => {
    await site.commit(began());
    await site.commit([did('zoe', '2021-11-02T09:00:00Z'), completed('zoe', 'one'), completed('ada-0000', 'one')]);
    await site.part.drain();
    await site.directory.upsert({ identifiers: [keyOf('ada-0000'), keyOf('zoe')] });
    expect(await figures()).to.deep.equal({ DRH: [3, 1], DSIC: [3, 0] });
  });

  it('counts one person where two were merged, and two where that was undone', async () => {
    await site.people('DSIC', ['zoe', 'yan']);
    const more = ['zoe', 'yan'].flatMap((name) => [did(name, '2021-11-02T09:00:00Z'), completed(name, 'one')]);
    await site.commit([...began(), ...more]);
    await site.part.drain();
    const id = async (name: string) => (await site.directory.personByAgentKey(keyOf(name)))?.id ?? '';
    const act = { by: 'console', at: Date.now() };
    await site.directory.merge(await id('ada-0000'), await id('zoe'), act);
    const undone = await site.directory.merge(await id('ada-0001'), await id('yan'), act);
    await site.part.drain();
    await site.directory.unmerge(undone, act);
    expect(await figures()).to.deep.equal({ DRH: [3, 1], DSIC: [4, 1] });
  });

  it('counts a statement for one course only, the outermost', async () => {
    const type = 'http://adlnet.gov/expapi/activities/course';
    const inner = { id: 'https://courses.test/module', definition: { type } };
    const context = { contextActivities: { grouping: [{ id: WORD, definition: { type } }], parent: [inner] } };
    await site.commit(began());
    await site.commit([did('ada-0000', '2021-11-03T09:00:00Z', { context, verb: { id: COMPLETED }, object: inner })]);
    expect(await figures()).to.deep.equal({ DRH: [3, 1], DSIC: [3, 0] });
  });

  it('takes no group for a person', async () => {
    await site.commit(began());
    const group = { objectType: 'Group' as const, member: [agent('ada-0000')] };
    await site.commit([{ ...completed('ada-0000', 'one'), actor: group }]);
    expect(await figures()).to.deep.equal({ DRH: [3, 0], DSIC: [3, 0] });
  });

  describe('after a restart', () => {
    const file = () => join(site.folder, 'reports.duckdb');
    /** The figures of a site whose read model met `accident` between two halves of its statements. */
    async function figuresAfter(accident: () => Promise<void>): Promise<Record<string, unknown>> {
      await site.commit([...began(), completed('ada-0000', 'one')]);
      await site.part.drain();
      await site.reopen(accident);
      await site.commit([completed('ada-0001', 'one'), completed('bob-0000', 'one')]);
      return figures();
    }
    const whole = { DRH: [3, 2], DSIC: [3, 1] };

    it('goes on where it was', async () => {
      expect(await figuresAfter(async () => {})).to.deep.equal(whole);
    });

    it('forgets what came after the backup that was put in the place of the store', async () => {
      await site.commit([...began(), completed('ada-0000', 'one')]);
      const backup: DumpEntry[] = [];
      for await (const entry of site.store.dump()) backup.push(entry);
      await site.commit([completed('bob-0000', 'one')]);
      await site.part.drain();
      const place = await engine.place();
      await site.leave();
      await cp(file(), join(place.folder, basename(file())));
      await site.removePlace();
      const store = await openStore(place);
      await store.load(Readable.from(backup));
      // Its time is later than what the read model has seen.
      await store.commit({});
      await store.close();
      site = removable(await openSiteAt(place, SMALL), place);
      await site.commit([completed('ada-0001', 'one')]);
      expect(await figures()).to.deep.equal({ DRH: [3, 2], DSIC: [3, 0] });
    });

    it('reads the store anew when the file is no database', async () => {
      expect(await figuresAfter(() => writeFile(file(), 'not a database'.repeat(5000)))).to.deep.equal(whole);
    });

    it('reads the store anew when the file is cut short', async () => {
      expect(await figuresAfter(() => truncate(file(), 8192))).to.deep.equal(whole);
    });

    it('reads the store anew when the file is of another version, or of another store', async () => {
      const altered = (key: string) => async () => {
        const instance = await DuckDBInstance.create(file());
        const connection = await instance.connect();
        await connection.run(`UPDATE meta SET value = 'other' WHERE key = '${key}'; DELETE FROM events`);
        connection.closeSync();
        instance.closeSync();
      };
      expect(await figuresAfter(altered('schema'))).to.deep.equal(whole);
      await site.reopen(altered('store'));
      await site.people('DRH', ['late']);
      await site.commit([
        did('late', '2021-07-02T09:00:00Z'),
        did('bob-0002', '2021-07-02T09:00:00Z', { course: 'https://c.test/x' }),
      ]);
      expect(await figures('2021-Q3')).to.deep.equal({ 'DRH et DSIC': [2, 0] });
    });
  });
});
