import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { BUCKET } from '../../lrs/store/mongodb/schema.ts';
import type { StoreOptions } from '../../lrs/store/open.ts';

/** How many pieces of blobs a place holds, whole or half: files, or chunks in MongoDB. */
export async function countKept({ engine, folder }: StoreOptions): Promise<number> {
  if (engine === 'sqlite') {
    const entries = await readdir(join(folder, 'blobs'), { recursive: true, withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => entry.isFile()).length;
  }
  const client = await MongoClient.connect(engine);
  try {
    return await client.db().collection(`${BUCKET}.chunks`).countDocuments();
  } finally {
    await client.close();
  }
}
