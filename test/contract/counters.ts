import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { type Engine, withStore } from '../engines/index.ts';

export function countersContract(engine: Engine): void {
  describe('counters', () => {
    const store = withStore(engine);

    it('count each name by itself, none lost among those that come at once', async () => {
      await Promise.all(Array.from({ length: 30 }, () => store.counters.add('a', 60_000)));
      expect((await store.counters.add('b', 60_000)).hits).to.equal(1);
      const counted = await store.counters.add('a', 60_000);
      expect(counted.hits).to.equal(31);
      expect(counted.resets - Date.now()).to.be.within(50_000, 61_000);
      expect(await store.counters.get('a')).to.deep.equal(counted);
    });

    it('begin anew once their time is over', async () => {
      await store.counters.add('a', 100);
      await store.counters.add('a', 100);
      await wait(150);
      expect(await store.counters.get('a')).to.equal(undefined);
      expect((await store.counters.add('a', 100)).hits).to.equal(1);
    });

    it('take back, and forget', async () => {
      await store.counters.add('a', 60_000);
      await store.counters.add('a', 60_000);
      await store.counters.takeBack('a');
      expect((await store.counters.get('a'))?.hits).to.equal(1);
      await store.counters.forget('a');
      expect(await store.counters.get('a')).to.equal(undefined);
    });
  });
}
