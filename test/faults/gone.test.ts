import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { LivretError } from '../../lrs/errors.ts';
import { openMongoStore } from '../../lrs/store/mongodb/index.ts';
import type { Store } from '../../lrs/store/store.ts';
import { given, ids } from '../contract/given.ts';
import { onOwnMongo } from '../engines/index.ts';
import { type ReplicaSet, startReplicaSet } from '../engines/mongod.ts';

/** ms within which whoever waits for a store that is gone is told. */
const TOLD_WITHIN = 40_000;

onOwnMongo('a MongoDB that goes away', function (mongod) {
  this.timeout(180_000);
  let set: ReplicaSet;
  let store: Store;
  before(async () => {
    set = await startReplicaSet(mongod, { members: 1 });
    store = await openMongoStore(set.address);
  });
  after(async () => {
    await store.close();
    await set.stop();
  });

  const accidents = {
    'is killed': {
      goes: () => set.members[0]?.kill(),
      comes: () => set.members[0]?.restart(),
    },
    hangs: {
      goes: () => set.members[0]?.pause(),
      comes: () => set.members[0]?.resume(),
    },
  };

  for (const [what, { goes, comes }] of Object.entries(accidents)) {
    it(`and ${what} is told of in time, leaves nothing half stored, and works again when it is back`, async () => {
      await store.commit({ statements: [given()] });
      await goes();
      // For a moment after a commit the store is held to be ready without being asked.
      await wait(1_100);
      const batches = Array.from({ length: 8 }, () => Array.from({ length: 3 }, () => given()));
      const began = Date.now();
      const asked = [
        ...batches.map((statements) => store.commit({ statements })),
        store.statements.find({ limit: 1 }),
        store.statements.get(randomUUID()),
        store.ready(),
      ];
      const outcomes = await Promise.allSettled(asked);
      const took = Date.now() - began;
      await comes();
      expect(outcomes.map((outcome) => outcome.status === 'rejected' && codeOf(outcome.reason))).to.deep.equal(
        asked.map(() => 'store.unavailable'),
      );
      expect(took).to.be.lessThan(TOLD_WITHIN);
      await worksAgain(store);
      for (const batch of batches) {
        const kept = await Promise.all(ids(batch).map((id) => store.statements.get(id)));
        expect(new Set(kept.map((each) => each !== undefined)).size, 'half a batch').to.equal(1);
        // Whoever was told that it failed may send it again.
        expect((await store.commit({ statements: batch })).outcomes).to.have.length(3);
      }
    });
  }

  it('and is killed keeps those who ask while others wait no longer than the others', async () => {
    await set.members[0]?.kill();
    // What is known of others' commits is too old to be told by then.
    await wait(1_100);
    const first = store.statements.consistentThrough().catch(codeOf);
    await wait(2_000);
    const second = store.statements.consistentThrough().catch(codeOf);
    expect(await first).to.equal('store.unavailable');
    const began = Date.now();
    expect(await second).to.equal('store.unavailable');
    expect(Date.now() - began).to.be.lessThan(5_000);
    await set.members[0]?.restart();
    await worksAgain(store);
  });
});

const codeOf = (error: unknown): unknown => (error instanceof LivretError ? error.code : error);

async function worksAgain(store: Store): Promise<void> {
  for (const deadline = Date.now() + TOLD_WITHIN; ; await wait(200)) {
    const error = await store.ready().catch((reason: unknown) => reason);
    if (error === undefined) return;
    if (Date.now() > deadline) throw error;
  }
}
