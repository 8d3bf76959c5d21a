import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import {
  type CollectionSpec,
  type Commit,
  type HeldLease,
  type LeaseOptions,
  put,
  type Store,
  withLease,
} from '../../../lrs/index.ts';
import { onEachEngine, withStore } from '../../engines/index.ts';

onEachEngine('a lease', (engine) => {
  const store = withStore(engine);

  const options = (holder: string, more: Partial<LeaseOptions> = {}): LeaseOptions => ({
    holder,
    term: 10_000,
    pause: 0,
    signal: new AbortController().signal,
    ...more,
  });

  it('lets one of many do the work at a time, each with a greater fence', async () => {
    let inside = 0;
    const fences: number[] = [];
    const work = async ({ fence }: HeldLease): Promise<void> => {
      expect(++inside).to.equal(1);
      fences.push(fence);
      await wait(20);
      inside--;
    };
    const together = await Promise.all(
      ['a', 'b', 'c', 'd'].map((holder) => withLease(store, 'x', options(holder), work)),
    );
    expect(together.filter(Boolean)).to.have.length(1);
    expect(await withLease(store, 'x', options('e'), work)).to.equal(true);
    expect(fences).to.deep.equal([1, 2]);
  });

  it('has a pause after the work, for everybody, also when the work failed', async () => {
    const failing = async (): Promise<void> => {
      throw new Error('no luck');
    };
    const error = await withLease(store, 'x', options('a', { pause: 150 }), failing).catch((thrown) => thrown);
    expect(error.message).to.equal('no luck');
    expect(await withLease(store, 'x', options('b'), async () => {})).to.equal(false);
    await wait(160);
    expect(await withLease(store, 'x', options('b'), async () => {})).to.equal(true);
  });

  it('is kept for as long as the work takes', async () => {
    const long = withLease(store, 'x', options('a', { term: 90 }), async () => wait(300));
    await wait(200);
    expect(await withLease(store, 'x', options('b'), async () => {})).to.equal(false);
    expect(await long).to.equal(true);
  });

  it('goes to another once its holder shows no sign of life, and tells the holder', async () => {
    const spec = { name: 'leases', indexes: {} };
    let aborted = false;
    await withLease(store, 'x', options('a', { term: 90 }), async ({ signal }) => {
      // What happens to a process that stood still for longer than its term: another has taken over.
      const taken = { holder: 'b', until: Date.now() + 60_000, fence: 2 };
      await store.commit({ changes: [put(spec, 'x', taken)] });
      await wait(100);
      aborted = signal.aborted;
    });
    expect(aborted).to.equal(true);
    const found = await store.collection(spec).get('x');
    expect(found?.value).to.include({ holder: 'b', fence: 2 });
  });

  it('is lost when its renewal hangs for longer than the term', async () => {
    let hangs = false;
    // A store that stops answering, as one at the other end of a broken connection does.
    const stalling: Store = Object.create(store, {
      collection: { value: (spec: CollectionSpec<object>) => store.collection(spec) },
      commit: { value: async (commit: Commit) => store.commit(hangs ? await wait(900, commit) : commit) },
    });
    let aborted = false;
    await withLease(stalling, 'x', options('a', { term: 150 }), async ({ signal }) => {
      hangs = true;
      await wait(500);
      aborted = signal.aborted;
      hangs = false;
    });
    expect(aborted).to.equal(true);
  });

  it('passes on that the process is stopping', async () => {
    const stopping = new AbortController();
    await withLease(store, 'x', options('a', { signal: stopping.signal }), async ({ signal }) => {
      stopping.abort();
      expect(signal.aborted).to.equal(true);
    });
  });
});
