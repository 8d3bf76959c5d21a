/** Where the tests get a MongoDB from. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { MongoBinary } from 'mongodb-memory-server-core';

/** A program to start servers with, or the reason why there is none. */
export type FoundMongod = { binary: string } | { missing: string };

/** A server that runs already, or a program to start one with. */
export type FoundMongo = { address: string } | FoundMongod;

/** MONGODB_URI (a replica set or mongos, used as it is), else a mongod. Rejects as findMongod does. */
export async function findMongo(environment: NodeJS.ProcessEnv): Promise<FoundMongo> {
  return environment.MONGODB_URI ? { address: environment.MONGODB_URI } : findMongod(environment);
}

/**
 * The program MONGOMS_SYSTEM_BINARY, else `mongod` on the PATH, else one that is downloaded, once for the machine. Rejects
 * when the program that was named cannot be run.
 */
export async function findMongod({ MONGOMS_SYSTEM_BINARY, PATH = '' }: NodeJS.ProcessEnv): Promise<FoundMongod> {
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
    return { missing: `no mongod on the PATH or in MONGOMS_SYSTEM_BINARY, and none can be had. ${reason}` };
  }
}

const canRun = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
