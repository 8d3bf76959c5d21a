import { expect } from 'chai';
import { createDirectory, type Directory, type PeopleQuery, type PersonRecord } from '../../../lrs/directory/index.ts';
import type { CollectionSpec, Store } from '../../../lrs/store/store.ts';
import { onEachEngine, withStore } from '../../engines/index.ts';

const NOW = 1_000;
const record = (name: string, familyName: string, givenName: string, direction: string): PersonRecord => ({
  identifiers: [`account:https://sso.example|${name}`],
  familyName,
  givenName,
  email: `${givenName}.${familyName}@interieur.example`.normalize('NFD').replace(/[^\x21-\x7e]/g, ''),
  membership: { direction, from: 10, roles: ['agent'] },
});

onEachEngine('searching people', (engine) => {
  const store = withStore(engine);
  let directory: Directory;
  beforeEach(async () => {
    directory = createDirectory(store);
    await directory.upsertAll(
      [
        record('rio1001', 'LEFÈVRE', 'Marie-Claire', 'DRH'),
        record('rio1002', 'Dupont', 'Zoé', 'DSI'),
        record('rio1003', 'Dupont-Dumas', 'Éric', 'DRH'),
        record('x-77.a', 'de La Tour', 'Jean', 'CAB'),
        record('jdo', 'Œillet', 'Dominique', 'CAB'),
      ],
      { at: NOW },
    );
  });

  async function found(query: Partial<PeopleQuery>): Promise<string[]> {
    const names: string[] = [];
    for (let after: string | undefined = ''; after !== undefined; ) {
      const page = await directory.search({ limit: 50, at: NOW, ...query, ...(after && { after }) });
      expect(page.people.length).to.be.at.most(query.limit ?? 50);
      names.push(...page.people.map(({ familyName = '', identifiers }) => familyName || (identifiers[0] ?? '')));
      after = page.next;
      // It stands in an address, and might name somebody of another direction.
      expect(after ?? '').not.to.match(/dup|martin|lef|tour|rio/);
    }
    return names;
  }
  const of = (text: string) => found({ text });

  it('lists everybody by name, without regard to accents and case', async () => {
    const all = ['de La Tour', 'Dupont', 'Dupont-Dumas', 'LEFÈVRE', 'Œillet'];
    expect(await found({})).to.deep.equal(all);
    for (const limit of [1, 2, 4, 5]) expect(await found({ limit })).to.have.members(all);
  });

  it('finds by the beginning of any name, all that was typed, however it is written', async () => {
    expect(await of('lefe')).to.deep.equal(['LEFÈVRE']);
    expect(await of('claire LEFEVRE')).to.deep.equal(['LEFÈVRE']);
    expect(await of('Marie-Cl')).to.deep.equal(['LEFÈVRE']);
    expect(await of('dup')).to.deep.equal(['Dupont', 'Dupont-Dumas']);
    expect(await of('oeil')).to.deep.equal(['Œillet']);
    expect(await of('tour jea')).to.deep.equal(['de La Tour']);
    expect(await of('tour zoe')).to.deep.equal([]);
    expect(await of('fèvre')).to.deep.equal([]);
    expect(await of(' - ')).to.deep.equal([]);
  });

  it('finds by number and by address, with or without what stands between', async () => {
    expect(await of('RIO1002')).to.deep.equal(['Dupont']);
    expect(await of('rio100')).to.have.length(3);
    expect(await of('x77a')).to.deep.equal(['de La Tour']);
    expect(await of('X-77.A')).to.deep.equal(['de La Tour']);
    expect(await of('jdo')).to.deep.equal(['Œillet']);
    expect(await of('zoe.dupont@interieur')).to.deep.equal(['Dupont']);
    expect(await of('zoe dupont')).to.deep.equal(['Dupont']);
  });

  it('gives somebody once who is found by two words, however small the pages are', async () => {
    for (const limit of [1, 2, 3])
      expect((await found({ text: 'du', limit })).sort()).to.deep.equal(['Dupont', 'Dupont-Dumas']);
    for (const limit of [1, 2, 3])
      expect((await found({ text: 'd', limit })).sort()).to.deep.equal(
        ['Dupont', 'Dupont-Dumas', 'de La Tour', 'Œillet'].sort(),
      );
  });

  it('stays within directions: where people belong now, or belonged last', async () => {
    await directory.upsertAll(
      [
        {
          identifiers: ['account:https://sso.example|rio1003'],
          membership: { direction: 'DSI', from: 500, roles: [] },
        },
        {
          identifiers: ['account:https://sso.example|rio1001'],
          membership: { direction: 'DRH', from: 10, to: 600, roles: [] },
        },
        { identifiers: ['account:https://sso.example|new'], membership: { direction: 'DRH', from: 5_000, roles: [] } },
      ],
      { at: NOW },
    );
    expect(await found({ directions: ['DRH'] })).to.deep.equal(['LEFÈVRE']);
    expect(await found({ directions: ['DSI', 'DRH'], limit: 1 })).to.deep.equal(['LEFÈVRE', 'Dupont', 'Dupont-Dumas']);
    expect(await found({ directions: ['DRH'], text: 'dup' })).to.deep.equal([]);
    expect(await found({ directions: ['DSI'], text: 'dup', limit: 1 })).to.deep.equal(['Dupont', 'Dupont-Dumas']);
    expect(await found({ directions: [] })).to.deep.equal([]);
    expect(await found({ directions: ['nowhere'], text: 'dup' })).to.deep.equal([]);
  });

  it('finds nobody who was merged away, but the one who stays, by either name', async () => {
    const [zoe, eric] = (await directory.search({ text: 'dup', limit: 9, at: NOW })).people;
    await directory.merge(zoe?.id ?? '', eric?.id ?? '', { by: 'boss', at: NOW });
    expect(await of('dup')).to.deep.equal(['Dupont']);
    expect(await of('rio1003')).to.deep.equal(['Dupont']);
    expect(await found({})).to.have.length(4);
  });

  it('skips nobody where those of a page are renamed before the next one', async () => {
    const rename = (name: string, familyName: string) =>
      directory.upsert({ identifiers: [`account:https://sso.example|${name}`], familyName });
    for (const query of [{}, { directions: ['CAB', 'DRH', 'DSI'] }, { text: 'interieur' }, { text: 'd' }]) {
      const before = (await directory.search({ limit: 50, at: NOW, ...query })).people.map(({ id }) => id);
      for (const renamed of [['x-77.a'], ['x-77.a', 'rio1002', 'rio1003', 'rio1001', 'jdo']]) {
        const first = await directory.search({ limit: 2, at: NOW, ...query });
        for (const name of renamed) await rename(name, 'text' in query && query.text === 'd' ? 'Dzz' : 'Zzz');
        const rest = await directory.search({ limit: 50, at: NOW, ...query, after: first.next ?? '' });
        const seen = [...first.people, ...rest.people].map(({ id }) => id);
        expect(seen, JSON.stringify([query, renamed])).to.include.members(before);
        await directory.upsertAll([
          record('rio1001', 'LEFÈVRE', 'Marie-Claire', 'DRH'),
          record('rio1002', 'Dupont', 'Zoé', 'DSI'),
          record('rio1003', 'Dupont-Dumas', 'Éric', 'DRH'),
          record('x-77.a', 'de La Tour', 'Jean', 'CAB'),
          record('jdo', 'Œillet', 'Dominique', 'CAB'),
        ]);
      }
    }
  });

  it('asks no more than it must, however many directions there are', async () => {
    const names = Array.from({ length: 400 }, (_, i) => `E${String(i).padStart(3, '0')}`);
    let asked = 0;
    const watched: Store = Object.assign(Object.create(store), {
      collection<T extends object>(spec: CollectionSpec<T>) {
        asked += 1;
        return store.collection(spec);
      },
    });
    const page = await createDirectory(watched).search({ limit: 50, at: NOW, directions: ['CAB', ...names, 'DSI'] });
    expect(page.people.map(({ familyName }) => familyName)).to.have.members(['de La Tour', 'Œillet', 'Dupont']);
    expect(asked).to.be.below(12);
    // Where people of elsewhere stand between them, the page ends before it has asked for each, and goes on.
    await directory.upsertAll(
      names.map((name) => record(name, 'Between', 'X', `${name}b`)),
      { at: NOW },
    );
    asked = 0;
    const some = await createDirectory(watched).search({ limit: 50, at: NOW, directions: [...names, 'Z'] });
    expect(asked).to.be.below(250);
    expect(some.next).to.be.a('string');
    expect(await found({ directions: ['CAB', ...names, 'DSI'] })).to.have.length(3);
  });

  it('passes over a crowd in pages that are short, and finds who is at its end', async function () {
    this.timeout(60_000);
    const crowd = Array.from({ length: 2_300 }, (_, i) => record(`c${i}`, `Martin${i}`, 'Al', 'X'));
    await directory.upsertAll([...crowd, record('last', 'Martin', 'Zz', 'DRH')], { at: NOW });
    expect(await found({ text: 'martin', directions: ['DRH'] })).to.deep.equal(['Martin']);
    expect(await found({ text: 'martin al', limit: 500 })).to.have.length(2_300);
    expect(await of('mart zz')).to.deep.equal(['Martin']);
    // One page is enough to find who stands behind some thousands.
    const [only] = (await directory.search({ text: 'mart zz', limit: 50, at: NOW })).people;
    expect(only?.givenName).to.equal('Zz');
  });
});
