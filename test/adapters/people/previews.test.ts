import { expect } from 'chai';
import { Previews } from '../../../adapters/people/pages/previews.ts';
import { onEachEngine, withStore } from '../../engines/index.ts';

onEachEngine('previews of an import', (engine) => {
  const store = withStore(engine);
  const BLOB = 'a'.repeat(64);

  it('are used once, by their maker, for a quarter of an hour', async () => {
    let now = 1_000_000;
    const previews = new Previews(store, () => now);
    const wanted = { blob: BLOB, by: 'ada', complete: true, left: 3 };
    const id = await previews.make(wanted);
    expect(await previews.take(id, 'bob')).to.equal(undefined);
    // Of two tabs that confirm at once, one does.
    const taken = await Promise.all([previews.take(id, 'ada'), previews.take(id, 'ada')]);
    expect(taken.filter(Boolean)).to.have.length(1);
    expect(taken.find(Boolean)).to.include(wanted);
    expect(await previews.take(id, 'ada')).to.equal(undefined);

    const late = await previews.make(wanted);
    now += 15 * 60_000;
    expect(await previews.take(late, 'ada')).to.equal(undefined);
  });

  it('name their file no longer than that', async () => {
    let now = 1_000_000;
    const previews = new Previews(store, () => now);
    const wanted = { blob: BLOB, by: 'ada', complete: false, left: 0 };
    for (let i = 0; i < 3; i++) await previews.make(wanted);
    expect(await previews.count()).to.equal(3);
    now += 15 * 60_000;
    await previews.sweep();
    expect(await previews.count()).to.equal(0);
  });
});
