import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { type Db, MongoClient } from 'mongodb';
import { uuidBinary } from '../../../lrs/store/mongodb/encoding.ts';
import { memberKey } from '../../../lrs/store/mongodb/member-keys.ts';
import { type CollectionSpec, type NewStatement, put } from '../../../lrs/store/store.ts';
import { agentKey, Usage } from '../../../lrs/xapi/index.ts';
import { collect, withAttachment } from '../../contract/dump.ts';
import { agent, given, reference, VOIDED, verb } from '../../contract/given.ts';
import { type EngineStore, onEachEngine } from '../../engines/index.ts';

const BOOKS: CollectionSpec<{ code?: string; year: number }> = {
  name: 'books',
  indexes: { code: { fields: ['code'], unique: true }, year: { fields: ['year'] } },
};

type Names = 'plain' | 'target' | 'referring' | 'voided' | 'voiding' | 'attached';

/** Each corruption is planted in the database, and must be found: what is in `where`, under which kind. */
onEachEngine('verify finds what was planted', (engine) => {
  // In SQLite's file it is planted by other means, see verify.test.ts.
  if (engine.name !== 'MongoDB') return;
  let opened: EngineStore;
  let client: MongoClient;
  let statements: Record<Names, NewStatement>;
  beforeEach(async () => {
    opened = await engine.create();
    const { store } = opened;
    const target = given({ actor: agent('ben') });
    const voided = given();
    statements = {
      plain: given(),
      target,
      referring: given({ object: reference(target.id), actor: agent('zoe') }),
      voided,
      voiding: given({ verb: VOIDED, object: reference(voided.id) }),
      attached: await withAttachment(store, randomBytes(500)),
    };
    await store.commit({ statements: Object.values(statements) });
    await store.commit({ changes: [put(BOOKS, 'a', { code: 'x', year: 1 }), put(BOOKS, 'b', { year: 2 })] });
    await store.documents.put({
      scope: { kind: 'activity-profile', activity: 'https://a.example' },
      id: 'd',
      contents: Buffer.from('contents'),
      contentType: 'text/plain',
    });
    client = await MongoClient.connect(opened.place.engine);
  });
  afterEach(async () => {
    await client.close();
    await opened.destroy();
  });

  async function findings(): Promise<string[]> {
    const names = new Map(Object.entries(statements).map(([name, { id }]) => [id, name]));
    const all = await collect(opened.store.verify());
    return all.map(({ kind, where, problem }) => `${kind} ${names.get(where) ?? where}: ${problem}`).sort();
  }

  const rowOf = (name: Names) => ({ _id: uuidBinary(statements[name].id) as never });
  const DID = memberKey('verb', verb('did').id, Usage.DIRECT);
  const BEN = memberKey('agent', agentKey(agent('ben')) ?? '', Usage.DIRECT);

  const planted: Record<string, { plant: (database: Db) => Promise<unknown>; finds: string[] }> = {
    nothing: { plant: async () => {}, finds: [] },
    'a key that is gone': {
      plant: (database) =>
        database.collection('statements').updateOne(rowOf('plain'), { $pull: { members: DID as never } }),
      finds: ['index plain: It is not found by everything it says.'],
    },
    'a key too many': {
      plant: (database) =>
        database.collection('statements').updateOne(rowOf('plain'), { $push: { members: BEN as never } }),
      finds: ['index plain: It is found by something that it does not say.'],
    },
    'an inherited key that is gone': {
      plant: (database) =>
        database.collection('statements').updateOne(rowOf('referring'), { $pull: { members: BEN as never } }),
      finds: ['reference referring: It is not found by what it refers to, or by something else.'],
    },
    'a reference that is gone': {
      plant: (database) => database.collection('references').deleteOne(rowOf('referring')),
      finds: [
        'index referring: It is found by something that it does not say.',
        'reference referring: That it refers is not known.',
      ],
    },
    'a voided statement that is not marked': {
      plant: (database) =>
        database.collection('statements').updateOne(rowOf('voided'), { $bit: { flags: { and: ~1 } } }),
      finds: [
        'voiding voided: A statement voids it, and it is not marked so.',
        'voiding voided: An event tells that it was voided, and it is not marked so.',
      ],
    },
    'an event that is gone': {
      plant: (database) => database.collection('events').deleteMany({}),
      finds: ['voiding voided: It is marked as voided, and no event tells so.'],
    },
    'a text that is another': {
      plant: async (database) => {
        const other = await database.collection('statements').findOne(rowOf('target'));
        await database.collection('statements').updateOne(rowOf('plain'), { $set: { text: other?.text } });
      },
      finds: [
        'index plain: It is found by something that it does not say.',
        'index plain: It is not found by everything it says.',
        'statement plain: Its text has another id.',
      ],
    },
    'a key of an item that is gone': {
      plant: (database) => database.collection('item_keys').deleteOne({ collection: 'books', index: 'year', id: 'a' }),
      finds: ['item books a: It is not found by its index year.'],
    },
    'an item that is gone': {
      plant: (database) => database.collection('items').deleteOne({ collection: 'books', id: 'b' }),
      finds: [
        'item books b: It is gone, and found by the index code.',
        'item books b: It is gone, and found by the index year.',
      ],
    },
    'a document that was changed': {
      plant: (database) => database.collection('documents').updateOne({ id: 'd' }, { $set: { etag: '0'.repeat(40) } }),
      finds: ['document activity-profile "d": Its ETag is not that of its contents.'],
    },
    'a blob that is cut': {
      plant: (database) => database.collection('blobs.chunks').deleteMany({}),
      finds: ['blob'],
    },
  };

  for (const [what, { plant, finds }] of Object.entries(planted)) {
    it(what, async () => {
      await plant(client.db());
      const told = await findings();
      expect(told.map((each) => (each.startsWith('blob') ? 'blob' : each))).to.deep.equal(finds);
    });
  }
});
