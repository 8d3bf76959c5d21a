import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import type { StoreOptions } from '../../lrs/store/open.ts';
import { startServerAt } from '../e2e/server.ts';
import { onOwnMongo } from '../engines/index.ts';
import { startReplicaSet } from '../engines/mongod.ts';
import { FeedReader } from './feed-reader.ts';
import { expectAllThere, expectClearAnswers, get, untilReady } from './full-disk.ts';
import { Posting } from './posting.ts';
import { mountSmallDisk, onSmallDisks, type SmallDisk } from './small-disk.ts';

const MEBIBYTE = 2 ** 20;

/** ms within which whoever writes is told that MongoDB is gone: what is under way is tried again for 20 s, on a primary that is waited for 15 s. */
const TOLD_WITHIN = 60_000;

/** What is to be ended after a test, however it went: the last that was begun comes first. */
const begun: (() => Promise<unknown>)[] = [];

async function endAll(): Promise<void> {
  for (const end of begun.splice(0).reverse()) await end();
}

/** A server with clients of every kind and a reader of its feed. */
async function startBusy(place: StoreOptions, log?: number) {
  const server = await startServerAt(place, {}, log);
  const reader = new FeedReader(server.url);
  const posting = new Posting(server.url);
  begun.push(async () => {
    server.process.kill('SIGKILL');
    await Promise.all([posting.end(), reader.end().catch(() => undefined)]);
  });
  return { server, reader, posting };
}

onSmallDisks('a full disk under the data folder and the log (SQLite)', function () {
  this.timeout(120_000);
  let disk: SmallDisk;
  let log: string;
  beforeEach(async () => {
    disk = await mountSmallDisk(64 * MEBIBYTE);
    log = join(disk.folder, 'log');
  });
  afterEach(async () => {
    await endAll();
    await disk.remove();
  });

  async function start() {
    const file = openSync(log, 'a');
    const busy = await startBusy({ engine: 'sqlite', folder: join(disk.folder, 'data') }, file);
    closeSync(file);
    return busy;
  }

  it('is told of to those who write and not to those who read; once there is room all goes on, and nothing is lost', async () => {
    const { server, reader, posting } = await start();
    await posting.until('taken', 5, 10_000);
    const [kept] = posting.acknowledged.filter(({ kind }) => kind === 'attachment').flatMap(({ ids }) => ids);
    await disk.fill();
    await posting.until('refused', 5, 20_000);
    await untilReady(server, 503, 20_000);
    for (const path of [
      '/health',
      '/feed?limit=5',
      '/xapi/statements?limit=5',
      `/xapi/statements?statementId=${kept}&attachments=true`,
    ]) {
      expect((await get(server, path)).status, path).to.equal(200);
    }
    // Whoever comes while it lasts, and what fails behind their backs.
    await posting.until('refused', 20, 20_000);
    await disk.free();
    await untilReady(server, 200, 5_000);
    await posting.until('taken', 5, 10_000);
    await posting.end();
    expectClearAnswers(posting.answers, 5_000);
    await expectAllThere(server, posting, reader);
    const lines = (await readFile(log, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).msg).at(-1)).to.equal('stopped');
  });

  it('does not keep the server from stopping', async () => {
    const { server, posting } = await start();
    await posting.until('taken', 1, 10_000);
    await disk.fill();
    await posting.until('refused', 5, 20_000);
    await posting.end();
    const began = Date.now();
    await server.stop();
    expect(server.process.exitCode).to.equal(0);
    expect(Date.now() - began).to.be.lessThan(5_000);
  });
});

onSmallDisks('a log on a full disk', () => {
  const LOG = new URL('../../cli/observe/log.ts', import.meta.url);
  /** Lines, far more than are kept; at the next word two more. */
  const WRITER = `
    import { once } from 'node:events';
    import { createLog } from '${LOG}';
    const log = createLog('info');
    for (let n = 0; n < 3_000; n++) log.info('x'.repeat(1_000));
    process.stdout.write('written');
    await once(process.stdin, 'data');
    log.info('y'.repeat(1_000));
    log.info('z'.repeat(1_000));
    process.exit();`;

  it('goes on in whole lines once there is room, however much could not be written', async () => {
    const disk = await mountSmallDisk(8 * MEBIBYTE);
    await disk.fill();
    const path = join(disk.folder, 'log');
    const file = openSync(path, 'a');
    const options = ['--import', 'tsx', '--input-type=module', '-e', WRITER];
    const child = spawn(process.execPath, options, { stdio: ['pipe', 'pipe', file] });
    closeSync(file);
    const gone = once(child, 'exit');
    await Promise.race([once(child.stdout as Readable, 'data'), gone]);
    await disk.free();
    child.stdin?.write('.');
    expect((await gone)[0]).to.equal(0);
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).msg).at(-1)).to.equal('z'.repeat(1_000));
    await disk.remove();
  });
});

/** MongoDB does so every minute by itself. Resolves also where it ends of that. */
async function writeCheckpoint(address: string): Promise<void> {
  const client = new MongoClient(address, { serverSelectionTimeoutMS: 1_000 });
  await client
    .db('admin')
    .command({ fsync: 1 })
    .catch(() => undefined);
  await client.close();
}

onOwnMongo('a MongoDB of its own', function (mongod) {
  this.timeout(180_000);

  onSmallDisks('on a full disk', () => {
    afterEach(endAll);

    it('is told of in time, MongoDB having ended by itself; once it runs again with room all goes on, and nothing is lost', async () => {
      // Three journals of 100 MB each are made beforehand.
      const disk = await mountSmallDisk(600 * MEBIBYTE);
      begun.push(() => disk.remove());
      const set = await startReplicaSet(mongod, { members: 1, within: disk.folder });
      begun.push(() => set.stop());
      const folder = await mkdtemp(join(tmpdir(), 'livret-full-disk-'));
      begun.push(() => rm(folder, { recursive: true }));
      const { server, reader, posting } = await startBusy({ engine: set.address.replace('/?', '/full-disk?'), folder });
      await posting.until('taken', 5, 20_000);
      await disk.fill();
      await writeCheckpoint(set.address);
      await posting.until('refused', 1, 60_000);
      await untilReady(server, 503, 5_000);
      expect((await get(server, '/health')).status).to.equal(200);
      await disk.free();
      for (const member of set.members) {
        await member.kill();
        await member.restart();
      }
      await untilReady(server, 200, 30_000);
      await posting.until('taken', 5, 30_000);
      await posting.end();
      expectClearAnswers(posting.answers, TOLD_WITHIN);
      await expectAllThere(server, posting, reader);
    });
  });
});
