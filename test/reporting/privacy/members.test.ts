import { expect } from 'chai';
import { openStore, type Store } from '../../../lrs/index.ts';
import { atomsIn, putAtoms, putSums } from '../../../reporting/privacy/atom-parts.ts';
import { type Member, putMembers, putStages, readKept, type Version } from '../../../reporting/privacy/members.ts';
import { ATOMS, MEMBERS } from '../../../reporting/privacy/records.ts';
import type { Sums } from '../../../reporting/privacy/sums.ts';
import { onEachEngine, type Place } from '../../engines/index.ts';
import { names } from '../site.ts';

const NAME = { metric: 'completion', period: '2021-11' };
const leaf = ['DRH'] as const;

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
        ...putAtoms(NAME, [{ number: 0, version: 1, leaves: [leaf], sums: {} }], 0),
        ...putMembers(NAME, [version], 0),
      ],
    });
    // 24 MB: more than a document of MongoDB holds.
    const byModule = Array.from({ length: 40 }, (_, n) => `https://content.test/${'module'.repeat(30)}/${n}`);
    const stage = { values: [40], keys: { byModule } };
    const kept = await readKept(store, NAME.metric, NAME.period, 1);
    await store.commit({ changes: putStages(kept, 1, () => stage) });
    const parts = await store.collection(MEMBERS).find({ index: 'publication', equals: [NAME.metric, NAME.period] });
    expect(parts.map(({ value }) => value.part)).to.deep.equal(parts.map((_, part) => part));
    expect(Math.max(...parts.map(({ value }) => value.rows.length))).to.be.below(2 ** 21);
    const after = await readKept(store, NAME.metric, NAME.period, 2);
    const found = after.versions.flat().flatMap((each) => each.members);
    expect(found.map(({ person }) => person)).to.deep.equal(people);
    expect(found.every(({ stages }) => stages[1]?.keys?.byModule?.length === 40)).to.equal(true);
  });

  it('have sums that fit into documents, however many modules they tell of', async () => {
    const atoms = Array.from({ length: 120 }, (_, number) => ({ number, version: 1, leaves: [leaf], sums: {} }));
    const name = { metric: 'completion', period: '2021-12' };
    await store.commit({ changes: putAtoms(name, atoms, 0) });
    const find = { index: 'publication', equals: [name.metric, name.period] };
    const byModule = Object.fromEntries(
      Array.from({ length: 200 }, (_, n) => [`https://content.test/${'module'.repeat(30)}/${n}`, 20]),
    );
    for (const through of ['2021-12', '2022-01']) {
      const parts = await store.collection(ATOMS).find(find);
      await store.commit({
        changes: putSums(parts, through, (): Sums => ({ units: 20, shown: 20, parts: { byModule } })),
      });
    }
    const parts = await store.collection(ATOMS).find(find);
    // 10 MB in all.
    expect(parts.length).to.be.above(1);
    expect(Math.max(...parts.map(({ value }) => value.rows.length))).to.be.below(5_000_000);
    const kept = atomsIn(parts);
    expect(kept.map(({ number }) => number).sort((a, b) => a - b)).to.deep.equal(atoms.map(({ number }) => number));
    expect(kept.every((atom) => Object.keys(atom.sums).length === 2)).to.equal(true);
  });
});
