import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { LivretError } from '../../lrs/errors.ts';
import { openMongoStore } from '../../lrs/store/mongodb/index.ts';
import type { Store } from '../../lrs/store/store.ts';
import { collect } from '../contract/dump.ts';
import { given } from '../contract/given.ts';
import { onOwnMongo } from '../engines/index.ts';
import { type ReplicaSet, startReplicaSet } from '../engines/mongod.ts';

/** More than MongoDB gives out at once. */
const DOCUMENTS = 400;

onOwnMongo('a dump that is read more slowly than MongoDB keeps what was there', function (mongod) {
  this.timeout(120_000);
  let set: ReplicaSet;
  let store: Store;
  before(async () => {
    set = await startReplicaSet(mongod, { members: 1 });
    const client = await MongoClient.connect(set.address);
    await client.db('admin').command({ setParameter: 1, minSnapshotHistoryWindowInSeconds: 1 });
    await client.close();
    store = await openMongoStore(set.address.replace('/?', '/old-snapshot?'));
  });
  after(async () => {
    await store.close();
    await set.stop();
  });

  it('says which setting of MongoDB that is', async () => {
    await store.commit({ statements: [given()] });
    for (let n = 0; n < DOCUMENTS; n++) await putDocument(n);
    const reading = store.dump()[Symbol.asyncIterator]();
    await reading.next();
    for (const deadline = Date.now() + 6_000; Date.now() < deadline; await wait(100)) await putDocument(0);
    const error = await collect({ [Symbol.asyncIterator]: () => reading }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(LivretError);
    expect(error).to.include({ code: 'store.unavailable' });
    expect((error as LivretError).detail).to.contain('minSnapshotHistoryWindowInSeconds');
  });

  function putDocument(n: number): Promise<unknown> {
    const scope = { kind: 'activity-profile', activity: 'https://a.example' } as const;
    return store.documents.put({ scope, id: `d${n}`, contents: Buffer.alloc(1000), contentType: 'text/plain' });
  }
});
