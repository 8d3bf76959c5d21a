import { expect } from 'chai';
import { openStore, type Store } from '../../../lrs/index.ts';
import { type KeptAtom, putAtoms, putSums, sumsIn } from '../../../reporting/privacy/atom-parts.ts';
import {
  type Member,
  putMembers,
  putStages,
  readKept,
  readMembers,
  type Version,
} from '../../../reporting/privacy/members.ts';
import { MEMBERS, SUMS } from '../../../reporting/privacy/records.ts';
import type { Sums } from '../../../reporting/privacy/sums.ts';
import { onEachEngine, type Place } from '../../engines/index.ts';
import { names } from '../site.ts';

const NAME = { metric: 'completion', period: '2021-11' };
const leaf = ['DRH'] as const;
const NONE = { leaves: 0, sums: {} };

onEachEngine('members of a publication', function (engine) {
  this.timeout(30_000);
  let place: Place;
  let store: Store;
  before(async () => {
    place = await engine.place();
    store = await openStore(place);
  });
  after(async () => {
    await store.close();
    await place.remove();
  });

  it('fit into documents, however much they grow from one horizon to the next', async () => {
    const people = names('a', 3000);
    const members = people.map(
      (person): Member => ({ person, leaf, stages: [{ values: [0], keys: { byModule: [] } }] }),
    );
    const version: Version = { number: 0, version: 1, leaves: [leaf], members };
    await store.commit({
      changes: [
        ...putAtoms(NAME, [{ number: 0, version: 1, leaves: [leaf], sums: {} }], NONE),
        ...putMembers(NAME, [version], 0),
      ],
    });
    // 24 MB: more than a document of MongoDB holds.
    const byModule = Array.from({ length: 40 }, (_, n) => `https://content.test/${'module'.repeat(30)}/${n}`);
    const stage = { values: [40], keys: { byModule } };
    const kept = await readMembers(store, NAME, 1);
    await store.commit({ changes: putStages(kept, 1, () => stage) });
    const parts = await store.collection(MEMBERS).find({ index: 'publication', equals: [NAME.metric, NAME.period] });
    expect(parts.map(({ value }) => value.part)).to.deep.equal(parts.map((_, part) => part));
    expect(Math.max(...parts.map(({ value }) => value.rows.length))).to.be.below(2 ** 21);
    const after = await readMembers(store, NAME, 2);
    const found = after.versions.flat().flatMap((each) => each.members);
    expect(found.map(({ person }) => person)).to.deep.equal(people);
    expect(found.every(({ stages }) => stages[1]?.keys?.byModule?.length === 40)).to.equal(true);
  });

  it('have sums that fit into documents, however many modules they tell of, and only those of a horizon are read', async () => {
    const name = { metric: 'completion', period: '2021-12' };
    const horizons = ['2021-12', '2022-01'];
    const sumsOf = (number: number, shown: number): Sums => ({
      ...{ units: 20, shown },
      // Of another number of modules, none of the same name.
      parts: {
        mean: [2, 3],
        none: [],
        byModule: Object.fromEntries(
          Array.from({ length: 200 }, (_, n) => [`https://content.test/${'module'.repeat(30)}/${number}/${n}`, n]),
        ),
        empty: {},
      },
    });
    const atoms = Array.from({ length: 120 }, (_, number): KeptAtom => {
      return { number, version: 1, leaves: [leaf], sums: { '2021-12': sumsOf(number, 1) } };
    });
    await store.commit({ changes: putAtoms(name, atoms, NONE) });
    const later = atoms.map(({ number, version }) => ({ number, version, sums: sumsOf(number, 2) }));
    await store.commit({ changes: putSums(name, '2022-01', later, 0) });
    const parts = await store.collection(SUMS).find({ index: 'publication', equals: [name.metric, name.period] });
    // 10 MB in all.
    expect(parts.length).to.be.above(2);
    expect(Math.max(...parts.map(({ value }) => value.rows.length))).to.be.below(5_000_000);
    const equals = [name.metric, name.period, '2022-01'];
    expect(sumsIn(await store.collection(SUMS).find({ index: 'publication', equals }))).to.deep.equal(later);
    const again: KeptAtom = { number: 7, version: 2, leaves: [leaf], sums: { '2022-01': sumsOf(7, 3) } };
    const { after } = await readKept(store, name, 2);
    await store.commit({ changes: putAtoms(name, [again], after) });
    const kept = await readKept(store, name, 2);
    const expected = atoms.map((atom, place) => ({ ...atom, sums: { ...atom.sums, '2022-01': later[place]?.sums } }));
    expect(kept.atoms).to.deep.equal([...expected, again]);
    expect(Object.keys(kept.after.sums)).to.deep.equal(horizons);
  });
});
