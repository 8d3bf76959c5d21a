import { setTimeout as after } from 'node:timers/promises';
import { expect } from 'chai';
import { CensusTaker } from '../../../lrs/directory/census.ts';
import {
  createDirectory,
  type Directory,
  directionId,
  type PersonRecord,
  unitIdOf,
} from '../../../lrs/directory/index.ts';
import { PEOPLE, stored } from '../../../lrs/directory/person.ts';
import { put } from '../../../lrs/store/store.ts';
import { onEachEngine, withStore } from '../../engines/index.ts';

const key = (name: string): string => `account:https://sso.example|${name}`;

onEachEngine('the tree of directions', (engine) => {
  const store = withStore(engine);
  let directory: Directory;
  beforeEach(() => {
    directory = createDirectory(store);
  });

  const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => 'done',
      (error) => error.code,
    );
  const come = (name: string, direction: string, more: { service?: string; site?: string } = {}) =>
    directory.upsert({ identifiers: [key(name)], membership: { direction, ...more, roles: ['agent'] } });

  it('has the places of people, made with them', async () => {
    await come('ada', 'DRH', { service: 'SDRH', site: 'Lognes' });
    await come('bob', 'DRH', { site: 'Lognes' });
    const tree = await directory.tree();
    const lognes = tree.at({ direction: 'DRH', service: 'SDRH', site: 'Lognes' });
    expect(tree.path(lognes?.id ?? '').map(({ kind, name }) => [kind, name])).to.deep.equal([
      ['direction', 'DRH'],
      ['service', 'SDRH'],
      ['site', 'Lognes'],
    ]);
    expect(tree.children(directionId('DRH')).map(({ kind, name }) => [kind, name])).to.deep.equal([
      ['site', 'Lognes'],
      ['service', 'SDRH'],
    ]);
    expect(tree.direction('drh')).to.equal(undefined);
    const before = await directory.tree();
    await come('eve', 'DRH', { service: 'SDRH', site: 'Lognes' });
    expect(await directory.tree()).to.equal(before);
  });

  it('tells how many belong to each unit now, and again when that has changed', async () => {
    await come('ada', 'DRH', { service: 'SDRH', site: 'Lognes' });
    await come('bob', 'DRH');
    await come('eve', 'DSI', { site: 'Lognes' });
    const [drh, sdrh] = [directionId('DRH'), unitIdOf({ direction: 'DRH', service: 'SDRH' })];
    const counted = async (): Promise<(number | undefined)[]> => {
      const { people } = await directory.census();
      return [drh, sdrh, directionId('DSI')].map((id) => people.get(id));
    };
    expect(await counted()).to.deep.equal([2, 1, 1]);
    await come('ada', 'DSI');
    expect(await counted()).to.deep.equal([1, undefined, 2]);
    expect(await directory.census()).to.equal(await directory.census());
  });

  it('tells what was counted last where counting takes long, and counts anew meanwhile', async () => {
    const records = Array.from({ length: 3000 }, (_, i): PersonRecord => {
      const membership = { direction: 'DRH', roles: ['agent' as const] };
      return { identifiers: [key(`n${i}`)], membership };
    });
    await directory.upsertAll(records);
    const taker = new CensusTaker(store, 0);
    const id = directionId('DRH');
    const first = await taker.take();
    expect(first.people.get(id)).to.equal(3000);
    await come('one more', 'DRH');
    const began = Date.now();
    expect(await taker.take()).to.equal(first);
    expect(first.at).to.be.below(began);
    for (let i = 0; i < 500 && (await taker.take()) === first; i++) await after(10);
    const second = await taker.take();
    expect(second.people.get(id)).to.equal(3001);
    expect(second.at).to.be.at.least(began);
  });

  it('gives directions with all that are below them, in every process as soon as it is so', async () => {
    for (const name of ['Préfectures', 'Rhône', 'Isère', 'Vienne', 'DRH'])
      await directory.addUnit({ kind: 'direction', name });
    const other = createDirectory(store);
    expect(await other.below(['Préfectures'])).to.deep.equal(['Préfectures']);
    await directory.setParent(directionId('Rhône'), directionId('Préfectures'));
    await directory.setParent(directionId('Isère'), directionId('Préfectures'));
    await directory.setParent(directionId('Vienne'), directionId('Isère'));
    expect((await other.below(['Préfectures', 'DRH'])).sort()).to.deep.equal([
      'DRH',
      'Isère',
      'Préfectures',
      'Rhône',
      'Vienne',
    ]);
    expect(await other.below(['Isère', 'nowhere'])).to.deep.equal(['Isère', 'Vienne', 'nowhere']);
    await other.setParent(directionId('Isère'), undefined);
    expect((await directory.below(['Préfectures'])).sort()).to.deep.equal(['Préfectures', 'Rhône']);
  });

  it('has no cycle, not even where two administrators make one together', async () => {
    for (const name of ['A', 'B', 'C']) await directory.addUnit({ kind: 'direction', name });
    const [a, b, c] = ['A', 'B', 'C'].map(directionId) as [string, string, string];
    await directory.setParent(b, a);
    expect(await codeOf(directory.setParent(a, a))).to.equal('direction.parent');
    expect(await codeOf(directory.setParent(a, b))).to.equal('direction.parent');
    const other = createDirectory(store);
    const answers = await Promise.all([codeOf(directory.setParent(a, c)), codeOf(other.setParent(c, b))]);
    expect(answers.sort()).to.deep.equal(['direction.parent', 'done']);
  });

  it('takes what an administrator adds, where it may stand, once', async () => {
    await directory.addUnit({ kind: 'direction', name: ' Préfecture  du Rhône ' });
    const rhone = directionId('Préfecture du Rhône');
    await directory.addUnit({ kind: 'service', name: 'Accueil', parent: rhone });
    const accueil = unitIdOf({ direction: 'Préfecture du Rhône', service: 'Accueil' });
    await directory.addUnit({ kind: 'site', name: 'Lyon', parent: accueil });
    expect(
      (await directory.tree()).at({ direction: 'Préfecture du Rhône', service: 'Accueil', site: 'Lyon' }),
    ).to.include({
      parent: accueil,
      direction: 'Préfecture du Rhône',
    });
    const refusals = [
      directory.addUnit({ kind: 'direction', name: 'Pre\u0301fecture du Rho\u0302ne' }),
      directory.addUnit({ kind: 'direction', name: ' ' }),
      directory.addUnit({ kind: 'service', name: 'Nulle part' }),
      directory.addUnit({ kind: 'direction', name: 'X', parent: accueil }),
      directory.addUnit({ kind: 'site', name: 'X', parent: 'nobody' }),
      directory.setParent(accueil, undefined),
    ];
    expect(await Promise.all(refusals.map(codeOf))).to.deep.equal([
      'direction.exists',
      'direction.name',
      'direction.parent',
      'direction.parent',
      'direction.unknown',
      'direction.parent',
    ]);
  });

  it('knows the directions of a store of before there were trees, and keeps them', async () => {
    const old = { id: 'old', identifiers: [key('old')], memberships: [{ direction: 'Ancienne', roles: [] }] };
    await store.commit({ changes: [put(PEOPLE, old.id, stored(old))] });
    expect((await directory.tree()).direction('Ancienne')).to.include({ name: 'Ancienne' });
    await come('ada', 'DRH');
    expect((await directory.tree()).directions()).to.deep.equal(['Ancienne', 'DRH']);
  });

  it('is the same whoever makes it at once', async () => {
    const others = Array.from({ length: 4 }, () => createDirectory(store));
    await Promise.all(
      others.map((each, i) =>
        each.upsertAll(
          ['A', 'B', `C${i}`].map((direction) => ({
            identifiers: [key(`${direction} ${i}`)],
            membership: { direction, roles: ['agent'] },
          })),
        ),
      ),
    );
    expect((await directory.tree()).directions()).to.deep.equal(['A', 'B', 'C0', 'C1', 'C2', 'C3']);
  });
});
