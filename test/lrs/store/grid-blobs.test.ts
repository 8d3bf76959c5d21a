import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { collectionsOf } from '../../../lrs/store/mongodb/schema.ts';
import { withAttachment } from '../../contract/dump.ts';
import { type EngineStore, onEachEngine } from '../../engines/index.ts';
import { countKept } from '../../faults/kept-blobs.ts';

onEachEngine('the sweep, after a MongoDB that went away in the middle of an upload', (engine) => {
  if (engine.name !== 'MongoDB') return;
  let opened: EngineStore;
  let client: MongoClient;
  beforeEach(async () => {
    opened = await engine.create();
    client = await MongoClient.connect(opened.place.engine);
  });
  afterEach(async () => {
    await client.close();
    await opened.destroy();
  });

  it('keeps a blob that is whole and in use, whose upload was never struck off', async () => {
    const { store } = opened;
    const statement = await withAttachment(store, randomBytes(500));
    await store.commit({ statements: [statement] });
    const { blobs, uploads } = collectionsOf(client.db());
    const file = await blobs.findOne({});
    await uploads.insertOne({ _id: file?._id ?? expect.fail('no blob'), begun: Date.now() });
    await store.blobs.sweep(-1);
    for (const { blob } of statement.attachments) expect(await store.blobs.get(blob)).to.have.length(500);
    expect(await uploads.countDocuments()).to.equal(0);
  });

  it('clears one that has no name yet, and its chunks', async () => {
    const { store } = opened;
    await store.blobs.put(randomBytes(500));
    const { blobs, uploads } = collectionsOf(client.db());
    const file = await blobs.findOneAndUpdate({}, { $set: { filename: 'incoming' }, $unset: { 'metadata.named': '' } });
    await uploads.insertOne({ _id: file?._id ?? expect.fail('no blob'), begun: Date.now() });
    await store.blobs.sweep(-1);
    expect(await countKept(opened.place)).to.equal(0);
    expect(await uploads.countDocuments()).to.equal(0);
  });
});
