import { expect } from 'chai';
import { type Engine, withStore } from '../engines/index.ts';
import { given, refused } from './given.ts';

export function closingContract(engine: Engine): void {
  describe('closing', () => {
    const store = withStore(engine);

    it('finishes what was accepted, and takes nothing from then on', async () => {
      const accepted = Array.from({ length: 20 }, () => store.commit({ statements: [given()] }));
      const closing = store.close();
      await refused(store.commit({ statements: [given()] }), 'store.unavailable');
      await closing;
      expect((await Promise.all(accepted)).flatMap(({ outcomes }) => outcomes)).to.have.length(20);
      await refused(store.statements.get(given().id), 'store.unavailable');
      await store.reopen();
      expect(await store.statements.count()).to.equal(20);
    });

    it('closes once, however often it is asked to', async () => {
      await Promise.all([store.close(), store.close()]);
      await store.close();
    });
  });
}
