import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { openMongoStore } from '../../lrs/store/mongodb/index.ts';
import { collectionsOf, type MetaRow } from '../../lrs/store/mongodb/schema.ts';
import { given } from '../contract/given.ts';
import { onOwnMongo } from '../engines/index.ts';
import { type ReplicaSet, startReplicaSet } from '../engines/mongod.ts';

/** ms: the slowest answer that is none of a hanging store. */
const PROMPT = 3_000;

onOwnMongo('what a process leaves behind that is killed between its last write and its commit', function (mongod) {
  this.timeout(120_000);
  let set: ReplicaSet;
  before(async () => {
    set = await startReplicaSet(mongod, { members: 1 });
  });
  after(() => set.stop());

  it('holds up no commit and no answer of the others, and their feed no longer than MongoDB keeps it', async () => {
    const client = await MongoClient.connect(set.address);
    // MongoDB's own is 60 s; long enough for it to be in the way when it is given up for lost.
    await client.db('admin').command({ setParameter: 1, transactionLifetimeLimitSeconds: 20 });
    const address = set.address.replace('/?', '/left-behind?');
    const store = await openMongoStore(address);
    await store.commit({ statements: [given()] });
    const left = await leaveTransaction(client, 'left-behind');
    const slow: string[] = [];
    const timed = async (what: string, work: Promise<unknown>): Promise<void> => {
      const began = Date.now();
      const outcome = await work.then(
        () => 'done',
        (error: Error) => error.message,
      );
      if (outcome !== 'done' || Date.now() - began > PROMPT) slow.push(`${what}: ${outcome} ${Date.now() - began} ms`);
    };
    let through = 0;
    const promise = async (): Promise<void> => {
      through = await store.statements.consistentThrough();
    };
    for (const deadline = Date.now() + 90_000; through < left && Date.now() < deadline; await wait(200)) {
      await Promise.all([
        timed('commit', store.commit({ statements: [given()] })),
        timed('find', store.statements.find({ limit: 1 })),
        timed('feed', store.statements.feed(0, 10)),
        timed('consistentThrough', promise()),
      ]);
    }
    expect(slow).to.deep.equal([]);
    expect(through).to.be.at.least(left);
    await store.close();
    await client.close();
  });
});

/** Does what the store does up to its commit; gives the `stored` that it took. */
async function leaveTransaction(client: MongoClient, database: string): Promise<number> {
  const { meta, commits } = collectionsOf(client.db(database));
  const next = [{ $set: { ticket: { $add: ['$ticket', 1] }, stored: { $add: ['$stored', 1] } } }];
  const clock: MetaRow | null = await meta.findOneAndUpdate({ _id: 'clock' }, next, { returnDocument: 'after' });
  const { ticket = 0, stored = 0 } = clock ?? {};
  const session = client.startSession();
  session.startTransaction();
  await commits.insertOne({ _id: ticket, by: 'the dead', first: stored, last: stored }, { session });
  return stored;
}
