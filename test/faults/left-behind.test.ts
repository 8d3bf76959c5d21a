import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { uuidBinary } from '../../lrs/store/mongodb/encoding.ts';
import { openMongoStore } from '../../lrs/store/mongodb/index.ts';
import { collectionsOf, type MetaRow, StatementFlag } from '../../lrs/store/mongodb/schema.ts';
import { given, reference, VOIDED } from '../contract/given.ts';
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

onOwnMongo('a statement that somebody else is about to store', function (mongod) {
  this.timeout(60_000);
  let set: ReplicaSet;
  before(async () => {
    set = await startReplicaSet(mongod, { members: 1 });
  });
  after(() => set.stop());

  it('holds up who sends it as well, and nobody else', async () => {
    const store = await openMongoStore(set.address.replace('/?', '/in-the-way?'));
    const client = await MongoClient.connect(set.address);
    const statement = given();
    const session = client.startSession();
    session.startTransaction();
    const { statements } = collectionsOf(client.db('in-the-way'));
    await statements.insertOne({ _id: uuidBinary(statement.id) }, { session });
    let answered = false;
    const held = store.commit({ statements: [statement] }).finally(() => {
      answered = true;
    });
    await wait(100);
    const began = Date.now();
    for (let n = 0; n < 5; n++) await store.commit({ statements: [given()] });
    expect(Date.now() - began).to.be.lessThan(PROMPT);
    expect(answered).to.equal(false);
    await session.abortTransaction();
    expect((await held).outcomes).to.deep.equal(['stored']);
    await client.close();
    await store.close();
  });
});

onOwnMongo('what a process leaves behind that is killed between its commit and its answer', function (mongod) {
  this.timeout(60_000);
  let set: ReplicaSet;
  before(async () => {
    set = await startReplicaSet(mongod, { members: 1 });
  });
  after(() => set.stop());

  it('is done when the statement is sent again and answered', async () => {
    const store = await openMongoStore(set.address.replace('/?', '/left-undone?'));
    const target = given();
    const voiding = given({ verb: VOIDED, object: reference(target.id) });
    await store.commit({ statements: [target] });
    await store.commit({ statements: [voiding] });
    const client = await MongoClient.connect(set.address);
    const { statements, references } = collectionsOf(client.db('left-undone'));
    await statements.updateMany({}, { $bit: { flags: { and: ~StatementFlag.VOIDED } } });
    await references.updateMany({}, { $set: { settled: false } });
    expect((await store.statements.get(target.id))?.voided).to.equal(false);
    expect((await store.commit({ statements: [voiding] })).outcomes).to.deep.equal(['same']);
    expect((await store.statements.get(target.id))?.voided).to.equal(true);
    await client.close();
    await store.close();
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
