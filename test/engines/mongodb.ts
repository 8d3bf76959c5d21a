import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { openMongoStore } from '../../lrs/store/mongodb/index.ts';
import { DatabasePool } from './database-pool.ts';
import { type Engine, engineAt } from './engine.ts';
import type { FoundMongo } from './find-mongod.ts';
import { type ReplicaSet, startReplicaSet } from './mongod.ts';

/** The second engine, on one server for the whole run of the tests: it is started when the first store is asked for. */
export function mongodbOn(found: Exclude<FoundMongo, { missing: string }>): Engine {
  let server: ReplicaSet | undefined;
  let pool: Promise<DatabasePool> | undefined;

  async function start(): Promise<DatabasePool> {
    if ('binary' in found) server = await startReplicaSet(found.binary, { members: 1 });
    const address = 'binary' in found ? (server?.address ?? '') : found.address;
    return new DatabasePool(address, async (database) => (await openMongoStore(database)).close());
  }

  // At the end of everything, wherever this was first asked for.
  after(async () => {
    await (await pool)?.close();
    await server?.stop();
  });

  return engineAt({
    name: 'MongoDB',
    shared: true,
    async place() {
      pool ??= start();
      const databases = await pool;
      const folder = await mkdtemp(join(tmpdir(), 'livret-mongodb-'));
      const engine = await databases.take();
      return {
        engine,
        folder,
        async remove() {
          await databases.giveBack(engine);
          await rm(folder, { recursive: true });
        },
      };
    },
    async isLoading({ engine }) {
      const client = await MongoClient.connect(engine);
      try {
        const meta = client.db().collection<{ _id: string }>('meta');
        return (await meta.findOne({ _id: 'site', loading: true } as object)) !== null;
      } finally {
        await client.close();
      }
    },
  });
}
