/** The two engines as the bench sees them: a place for a store of some size, and what the engine can do without Livret. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { run, type Stored } from './servers.ts';

export interface Place {
  settings: { LIVRET_STORE: string; LIVRET_DATA: string };
  /** One writer without Livret, on a copy of the same size. */
  alone(options: { group: number; batch: number; seconds: number }): Promise<Stored>;
  remove(): Promise<void>;
}

export interface BenchEngine {
  name: string;
  /** What its ratios are to. */
  alone: string;
  /** Its targets: least ratios of single POSTs and of batches to the engine alone. */
  least: { single: number; batch: number };
  /** A store of so many statements. */
  place(count: number): Promise<Place>;
}

export const sqlite: BenchEngine = {
  name: 'SQLite',
  alone: '(b) writer alone',
  least: { single: 0.6, batch: 0.8 },
  async place(count) {
    const folder = await mkdtemp(join(tmpdir(), 'livret-bench-'));
    const [data, copy] = [join(folder, 'data'), join(folder, 'alone')];
    await run('fill.ts', { engine: 'sqlite', folder: data, count });
    await cp(data, copy, { recursive: true });
    return {
      settings: { LIVRET_STORE: 'sqlite', LIVRET_DATA: data },
      alone: (options) => run<Stored>('writer-alone.ts', { ...options, folder: copy }),
      remove: () => rm(folder, { recursive: true }),
    };
  },
};

/** `address` is that of a server; each place is a database of its own. */
export const mongodb = (address: string): BenchEngine => ({
  name: 'MongoDB',
  alone: "(d) driver's insertMany",
  least: { single: 0.3, batch: 0.4 },
  async place(count) {
    const engine = address.replace(/^([a-z+]+:\/\/[^/?]+)(\/[^?]*)?/, `$1/livret-bench-${count}`);
    const folder = await mkdtemp(join(tmpdir(), 'livret-bench-'));
    await drop(engine);
    await run('fill.ts', { engine, folder, count });
    await copyStatements(engine);
    return {
      settings: { LIVRET_STORE: engine, LIVRET_DATA: folder },
      alone: ({ group, batch, seconds }) =>
        run<Stored>('driver-alone.ts', { url: engine, collection: COPY, batch: group * batch, seconds }),
      async remove() {
        await drop(engine);
        await rm(folder, { recursive: true });
      },
    };
  },
});

const COPY = 'statements_alone';

async function drop(url: string): Promise<void> {
  const client = await MongoClient.connect(url);
  await client.db().dropDatabase();
  await client.close();
}

/** Same documents, same indexes. */
async function copyStatements(url: string): Promise<void> {
  const client = await MongoClient.connect(url);
  const statements = client.db().collection('statements');
  const copy = client.db().collection(COPY);
  await client.db().createCollection(COPY);
  for (const { key, v: _v, ...options } of await statements.indexes()) await copy.createIndex(key, options);
  await statements.aggregate([{ $merge: COPY }]).toArray();
  await client.close();
}
