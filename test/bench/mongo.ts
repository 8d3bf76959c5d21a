/** MongoDB as the bench has it. */
import { tmpdir } from 'node:os';
import { findMongo } from '../engines/find-mongod.ts';
import { startReplicaSet } from '../engines/mongod.ts';

/** As large a cache as MongoDB takes by itself on a machine of 8 GB. */
const CACHE_GB = 3;

/** On disk, as in earnest. Without one, MongoDB is left out. */
export async function startMongo(): Promise<{ address: string; stop(): Promise<void> } | undefined> {
  const found = await findMongo(process.env);
  if ('address' in found) return { address: found.address, stop: async () => {} };
  if ('binary' in found) return startReplicaSet(found.binary, { members: 1, within: tmpdir(), cache: CACHE_GB });
  process.stderr.write(`MONGODB IS NOT MEASURED: ${found.missing}\n`);
  return undefined;
}
