import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { openStore, type StoreOptions } from '../../lrs/store/open.ts';
import { onOwnMongo } from '../engines/index.ts';
import { type ReplicaSet, startReplicaSet } from '../engines/mongod.ts';
import { Ledger } from './ledger.ts';
import { startWriting, type Writing } from './writing.ts';

onOwnMongo('two processes on a MongoDB of three members', function (mongod) {
  this.timeout(180_000);
  let set: ReplicaSet;
  let place: StoreOptions;
  let both: Writing[];
  before(async () => {
    set = await startReplicaSet(mongod, { members: 3 });
  });
  after(() => set.stop());
  beforeEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'livret-faults-'));
    place = { engine: set.address.replace('/?', '/faults?'), folder };
    both = [];
  });
  afterEach(async () => {
    await Promise.all(both.map((each) => each.kill()));
    await rm(place.folder, { recursive: true });
  });

  const faults: Record<string, () => Promise<void>> = {
    'the primary steps down': () => set.stepDown(),
    'the primary is killed': async () => {
      const primary = await set.primary();
      await primary.kill();
      await set.primary();
      await primary.restart();
    },
    'the primary hangs, and comes back believing that it still is': async () => {
      const primary = await set.primary();
      primary.pause();
      await set.primary();
      await wait(1_000);
      primary.resume();
    },
  };

  for (const [what, fault] of Object.entries(faults)) {
    it(`lose nothing, double nothing and go on when ${what}`, async () => {
      const ledger = new Ledger();
      both = [startWriting(ledger, place), startWriting(ledger, place)];
      await Promise.all(both.map((each) => each.goesOn(20)));
      await fault();
      await Promise.all(both.map((each) => each.goesOn(40)));
      await Promise.all(both.map((each) => each.endWriting()));
      const batches = ledger.acknowledged.map(({ batch }) => batch);
      await Promise.all(both.map((each) => each.hasRead(batches)));
      await Promise.all(both.map((each) => each.kill()));
      const store = await openStore(place);
      await ledger.holdsIn(store);
      await store.close();
      const codes = ledger.accounts.flatMap(({ refused }) => refused.map(({ code }) => code));
      expect(codes.filter((code) => code !== 'store.unavailable')).to.deep.equal([]);
    });
  }
});
