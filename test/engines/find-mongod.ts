/** Where the tests get a MongoDB from. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { MongoBinary } from 'mongodb-memory-server-core';

/** A server that runs already, a program to start one with, or the reason why there is neither. */
export type FoundMongo = { address: string } | { binary: string } | { missing: string };

/**
 * MONGODB_URI (a replica set or mongos, used as it is), else the program MONGOMS_SYSTEM_BINARY, else `mongod` on the PATH,
 * else one that is downloaded, once for the machine. Rejects when what was named is not there.
 */
export async function findMongo({
  MONGODB_URI,
  MONGOMS_SYSTEM_BINARY,
  PATH = '',
}: NodeJS.ProcessEnv): Promise<FoundMongo> {
  if (MONGODB_URI) return { address: MONGODB_URI };
  if (MONGOMS_SYSTEM_BINARY) {
    if (await canRun(MONGOMS_SYSTEM_BINARY)) return { binary: MONGOMS_SYSTEM_BINARY };
    throw new Error(`MONGOMS_SYSTEM_BINARY: ${MONGOMS_SYSTEM_BINARY} cannot be run.`);
  }
  for (const folder of PATH.split(delimiter)) {
    const binary = join(folder, 'mongod');
    if (await canRun(binary)) return { binary };
  }
  try {
    return { binary: await MongoBinary.getPath() };
  } catch (error) {
    const reason = (error as Error).message.replaceAll(/\s+/g, ' ');
    return { missing: `no MONGODB_URI, no mongod on the PATH or in MONGOMS_SYSTEM_BINARY. ${reason}` };
  }
}

const canRun = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
