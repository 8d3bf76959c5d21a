import { expect } from 'chai';
import { createDirectory, type Directory } from '../../../lrs/directory/index.ts';
import { openStore, type Store } from '../../../lrs/index.ts';
import { forgetKept, KEPT, type Kept, KeptQueries, MOST_KEPT, type Seen } from '../../../reporting/sql/kept/index.ts';
import { onEachEngine, type Place } from '../../engines/index.ts';
import { keyOf } from '../site.ts';

const NOW = Date.UTC(2026, 10, 26);
const ACT = { by: 'test', at: NOW };

onEachEngine('queries kept by name', (engine) => {
  let place: Place;
  let store: Store;
  let directory: Directory;
  let kept: KeptQueries;
  let [ana, ben] = ['', ''];

  const person = async (name: string): Promise<string> => {
    await directory.upsert({ identifiers: [keyOf(name)], membership: { direction: 'DRH', roles: ['analyst'] } });
    return (await directory.personByAgentKey(keyOf(name)))?.id ?? '';
  };
  beforeEach(async () => {
    place = await engine.place();
    store = await openStore({ engine: place.engine, folder: place.folder });
    directory = createDirectory(store);
    kept = new KeptQueries(store, () => NOW);
    [ana, ben] = [await person('ana'), await person('ben')];
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
  });

  const seen = (done: Kept): Seen => {
    if ('problem' in done) throw new Error(done.problem);
    return done.kept;
  };
  const problem = (done: Kept): string => ('problem' in done ? done.problem : 'none');
  const names = async (owner: string, over: 'cells' | 'rows' = 'cells'): Promise<string[]> =>
    (await kept.list(owner, over)).map(({ value }) => value.name);

  it('are those of one person, over cells or over rows', async () => {
    const { id } = seen(await kept.keep(ana, 'cells', 'Temps', 'FROM cells'));
    await kept.keep(ana, 'rows', 'Temps', 'FROM sessions');
    await kept.keep(ben, 'cells', 'Autre', 'FROM metrics');
    expect([await names(ana), await names(ana, 'rows'), await names(ben)]).to.deep.equal([
      ['Temps'],
      ['Temps'],
      ['Autre'],
    ]);
    expect((await kept.get(ana, 'cells', id))?.value.sql).to.equal('FROM cells');
    expect(await kept.get(ben, 'cells', id)).to.equal(undefined);
    expect(await kept.get(ana, 'rows', id)).to.equal(undefined);
    expect(problem(await kept.replace(ben, 'cells', { id, version: 1 }, 'FROM metrics'))).to.equal('gone');
    await kept.remove(ben, 'cells', { id, version: 1 });
    expect(await names(ana)).to.deep.equal(['Temps']);
  });

  it('are as many as they may be, however many come at once, by two processes', async () => {
    const other = new KeptQueries(store, () => NOW);
    const elsewhere = await openStore({ engine: place.engine, folder: place.folder }).catch(() => undefined);
    const there = elsewhere ? new KeptQueries(elsewhere, () => NOW) : other;
    for (let n = 0; n < MOST_KEPT - 3; n++) await kept.keep(ana, 'cells', `first ${n}`, 'FROM cells');
    const done = await Promise.all(
      Array.from({ length: 12 }, (_, n) => (n % 2 ? kept : there).keep(ana, 'cells', `at once ${n}`, 'FROM cells')),
    );
    expect(done.map(problem).filter((each) => each === 'none')).to.have.length(3);
    expect(done.map(problem).filter((each) => each === 'tooMany')).to.have.length(9);
    expect(await kept.list(ana, 'cells')).to.have.length(MOST_KEPT);
    await elsewhere?.close();
  });

  it('are texts', async () => {
    for (const wrong of ['a\0b', 'a\ud800b', '\udc00'])
      expect(problem(await kept.keep(ana, 'cells', 'name', wrong))).to.equal('sqlText');
    for (const wrong of ['a\0b', 'a\ud800b'])
      expect(problem(await kept.keep(ana, 'cells', wrong, 'FROM cells'))).to.equal('name');
    expect(problem(await kept.keep(ana, 'cells', '😀', "SELECT '😀'"))).to.equal('none');
  });

  it('have one name each, whatever its case and accents', async () => {
    await kept.keep(ana, 'cells', ' Durée  par direction ', 'FROM cells');
    expect(await names(ana)).to.deep.equal(['Durée par direction']);
    expect(problem(await kept.keep(ana, 'cells', 'DUREE PAR DIRECTION', 'FROM cells'))).to.equal('nameTaken');
    const other = seen(await kept.keep(ana, 'cells', 'Autre', 'FROM cells'));
    expect(problem(await kept.rename(ana, 'cells', other, 'durée par Direction'))).to.equal('nameTaken');
    const renamed = seen(await kept.rename(ana, 'cells', other, 'AUTRE'));
    expect(await names(ana)).to.deep.equal(['AUTRE', 'Durée par direction']);
    expect(await kept.remove(ana, 'cells', renamed)).to.equal(undefined);
    expect(await names(ana)).to.deep.equal(['Durée par direction']);
  });

  it('are not changed over what another tab has made of them', async () => {
    const first = seen(await kept.keep(ana, 'cells', 'Temps', 'FROM cells'));
    const second = seen(await kept.replace(ana, 'cells', first, 'FROM metrics'));
    expect(problem(await kept.replace(ana, 'cells', first, 'FROM figures'))).to.equal('changed');
    expect(problem(await kept.rename(ana, 'cells', first, 'Autre'))).to.equal('changed');
    expect(await kept.remove(ana, 'cells', first)).to.equal('changed');
    expect((await kept.get(ana, 'cells', second.id))?.value).to.include({ name: 'Temps', sql: 'FROM metrics' });
  });

  it('have limits', async () => {
    expect(problem(await kept.keep(ana, 'cells', '  ', 'FROM cells'))).to.equal('name');
    expect(problem(await kept.keep(ana, 'cells', 'x'.repeat(101), 'FROM cells'))).to.equal('name');
    expect(problem(await kept.keep(ana, 'cells', 'Temps', ' \n'))).to.equal('sqlMissing');
    expect(problem(await kept.keep(ana, 'cells', 'Temps', 'x'.repeat(20_001)))).to.equal('sqlTooLong');
    for (let n = 0; n < MOST_KEPT; n++) await kept.keep(ana, 'cells', `Requête ${n}`, 'FROM cells');
    expect(problem(await kept.keep(ana, 'cells', 'Une de plus', 'FROM cells'))).to.equal('tooMany');
    expect(problem(await kept.keep(ben, 'cells', 'La première', 'FROM cells'))).to.equal('none');
  });

  describe('of who is gone', () => {
    beforeEach(async () => {
      for (const owner of [ana, ben]) await kept.keep(owner, 'cells', 'Temps', 'FROM cells');
    });

    it('stay while nobody has gone', async () => {
      expect(await forgetKept(store, directory, NOW)).to.equal(0);
      expect(await store.collection(KEPT).count()).to.equal(2);
    });

    it('go with whoever leaves', async () => {
      await directory.close([ana], ACT);
      expect(await forgetKept(store, directory, NOW)).to.equal(1);
      expect([await names(ana), await names(ben)]).to.deep.equal([[], ['Temps']]);
    });

    it('go with whoever is erased, or put under a pseudonym', async () => {
      kept = new KeptQueries(store, Date.now);
      await kept.keep(ben, 'rows', 'Lignes', 'FROM sessions');
      await store.erase({ id: 'one', agents: [keyOf('ana')], mode: 'erase' });
      await store.erase({ id: 'two', agents: [keyOf('ben')], mode: 'pseudonymise', replacement: keyOf('nobody') });
      expect(await forgetKept(store, directory, NOW)).to.equal(3);
      expect(await store.collection(KEPT).count()).to.equal(0);
      // Not what they keep after it.
      await new Promise((resolve) => setTimeout(resolve, 2));
      await kept.keep(ana, 'cells', 'De retour', 'FROM cells');
      expect(await forgetKept(store, directory, NOW)).to.equal(0);
    });

    it('keep names that can be kept again, however long, under whoever they have become part of', async () => {
      // What has to give way ends within a pair of surrogates.
      const long = `${'x'.repeat(95)}😀abc`;
      for (const owner of [ana, ben]) await kept.keep(owner, 'cells', long, 'FROM cells');
      await directory.merge(ben, ana, ACT);
      await forgetKept(store, directory, NOW);
      const moved = (await kept.list(ben, 'cells')).find(
        ({ value }) => / \(2\)$/.test(value.name) && value.name.length > 50,
      );
      expect(moved?.value.name).to.equal(`${'x'.repeat(95)} (2)`);
      if (moved) expect(problem(await kept.rename(ben, 'cells', moved, moved.value.name))).to.equal('none');
    });

    it('are those of the one whom they have become part of', async () => {
      await directory.merge(ben, ana, ACT);
      expect(await forgetKept(store, directory, NOW)).to.equal(0);
      expect(await names(ben)).to.deep.equal(['Temps', 'Temps (2)']);
      expect(await names(ana)).to.deep.equal([]);
    });
  });
});
