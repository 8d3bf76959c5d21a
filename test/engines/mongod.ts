/** Replica sets of real MongoDB servers on this machine, for as long as the tests run. */
import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Document, MongoClient } from 'mongodb';
import { type MongodProcess, startMongod } from './mongod-process.ts';

export interface ReplicaSet {
  /** mongodb:// URL of all members, without a database. */
  address: string;
  members: readonly Member[];
  /** Where the files of the members are, a folder each. */
  folder: string;
  /** The member that takes writes; waits until one does. */
  primary(): Promise<Member>;
  /** Has the primary hand over to another member; resolves when one has taken over. */
  stepDown(): Promise<void>;
  /** Ends all members and removes their files. */
  stop(): Promise<void>;
}

export interface Member {
  /** 127.0.0.1:port */
  host: string;
  /** Stops it where it stands, until resume(). */
  pause(): void;
  resume(): void;
  /** kill -9 */
  kill(): Promise<void>;
  /** Starts it again, on what it wrote. */
  restart(): Promise<void>;
}

/** Elections within seconds. Shorter would have members that are only slow, on a busy machine, taken for dead. */
const SETTINGS = {
  electionTimeoutMillis: 2_000,
  heartbeatTimeoutSecs: 2,
  heartbeatIntervalMillis: 500,
  catchUpTimeoutMillis: 2_000,
};

export interface SetOptions {
  members: number;
  /** Folder to keep the files in; by default in memory. */
  within?: string;
  /** GB of each member's cache. */
  cache?: number;
}

/** A set of new servers. `binary` is the mongod to start. */
export async function startReplicaSet(binary: string, options: SetOptions): Promise<ReplicaSet> {
  const { members: count, cache = 0.25 } = options;
  const folder = await mkdtemp(join(options.within ?? (await fastFolder()), 'livret-mongod-'));
  const members: Member[] = [];
  for (let n = 0; n < count; n++) members.push(await startMember(binary, join(folder, String(n)), cache));
  const hosts = members.map(({ host }) => host);
  const config = { _id: 'livret', members: hosts.map((host, _id) => ({ _id, host })), settings: SETTINGS };
  await ask(hosts[0] ?? '', { replSetInitiate: config });
  const primary = () => primaryOf(members);
  await primary();
  return {
    address: `mongodb://${hosts.join()}/?replicaSet=livret`,
    members,
    folder,
    primary,
    async stepDown() {
      const before = await primary();
      await ask(before.host, { replSetStepDown: 10, secondaryCatchUpPeriodSecs: 5 });
      while ((await primary()) === before) await wait(50);
    },
    async stop() {
      await Promise.all(members.map((member) => member.kill()));
      await rm(folder, { recursive: true });
    },
  };
}

/** Each is asked by itself: one that hangs must not be waited for. */
async function primaryOf(members: readonly Member[]): Promise<Member> {
  for (const deadline = Date.now() + 30_000; ; await wait(50)) {
    const asked = members.map(async (member) => ({ member, hello: await ask(member.host, { hello: 1 }) }));
    const answers = (await Promise.allSettled(asked)).flatMap((each) =>
      each.status === 'fulfilled' ? each.value : [],
    );
    const writable = answers.filter(({ hello }) => hello.isWritablePrimary);
    // One that hung may believe for a moment that it still is.
    const [latest] = writable.sort((a, b) => (String(a.hello.electionId) < String(b.hello.electionId) ? 1 : -1));
    if (latest) return latest.member;
    if (Date.now() > deadline) throw new Error('No member became primary.');
  }
}

/** Has one member carry out a command; rejects within a second when it does not answer. */
async function ask(host: string, command: Document): Promise<Document> {
  const client = new MongoClient(`mongodb://${host}/?directConnection=true`, {
    serverSelectionTimeoutMS: 1_000,
    connectTimeoutMS: 1_000,
    socketTimeoutMS: 10_000,
  });
  try {
    return await client.db('admin').command(command);
  } finally {
    await client.close();
  }
}

async function startMember(binary: string, folder: string, cache: number): Promise<Member> {
  const port = await freePort();
  let running: MongodProcess | undefined = await startMongod(binary, { folder, port, cache });
  return {
    host: `127.0.0.1:${port}`,
    pause: () => running?.pause(),
    resume: () => running?.resume(),
    async kill() {
      await running?.kill();
      running = undefined;
    },
    async restart() {
      running ??= await startMongod(binary, { folder, port, cache });
    },
  };
}

/** In memory, where there is room for journals: syncing every commit to a disk is not what the tests are about. */
async function fastFolder(): Promise<string> {
  const shared = '/dev/shm';
  const { bavail, bsize } = await statfs(shared).catch(() => ({ bavail: 0, bsize: 0 }));
  return bavail * bsize > 4 * 2 ** 30 ? shared : tmpdir();
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
