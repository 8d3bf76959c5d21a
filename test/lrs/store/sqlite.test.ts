import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect } from 'chai';
import type { DumpEntry } from '../../../lrs/store/dump.ts';
import { copyStore } from '../../../lrs/store/sqlite/copy.ts';
import { openSqliteStore } from '../../../lrs/store/sqlite/index.ts';
import { SCHEMA_VERSION } from '../../../lrs/store/sqlite/schema.ts';
import { given, refused } from '../../contract/given.ts';

async function* cut(): AsyncGenerator<DumpEntry> {
  yield { kind: 'clock', position: 1 };
  yield { kind: 'erasure', id: 'e', statements: 0, documents: 0 };
  throw new Error('the source ends here');
}

describe('the SQLite store', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livret-sqlite-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  function alter(sql: string): void {
    const database = new DatabaseSync(join(folder, 'store.sqlite'));
    database.exec(sql);
    database.close();
  }

  it('refuses a second opener, and opens again once the first has closed', async () => {
    const store = await openSqliteStore(folder);
    await refused(openSqliteStore(folder), 'store.locked');
    await store.commit({ statements: [given()] });
    await store.close();
    await (await openSqliteStore(folder)).close();
  });

  it('does not take a lock that cannot be had for one that somebody holds', async () => {
    await mkdir(join(folder, 'store.lock'));
    await refused(openSqliteStore(folder), 'store.unavailable');
  });

  it('refuses a store that a newer program wrote, and leaves it as it is', async () => {
    await (await openSqliteStore(folder)).close();
    alter('PRAGMA user_version = 999');
    await refused(openSqliteStore(folder), 'store.newer');
    alter(`PRAGMA user_version = ${SCHEMA_VERSION}`);
    await (await openSqliteStore(folder)).close();
  });

  it('brings a store of the first version up to date, and names its history', async () => {
    const statement = given();
    const first = await openSqliteStore(folder);
    await first.commit({ statements: [statement] });
    await first.close();
    alter(`DROP TABLE pair; DROP TABLE site; ALTER TABLE statement DROP COLUMN crc; ALTER TABLE item_index DROP COLUMN is_unique;
      PRAGMA user_version = 1`);
    const store = await openSqliteStore(folder);
    expect(await store.statements.get(statement.id)).not.to.equal(undefined);
    const history = await store.history();
    expect(history).to.match(/^[0-9a-f]{32}$/);
    for await (const finding of store.verify()) expect.fail(JSON.stringify(finding));
    await store.close();
    const again = await openSqliteStore(folder);
    expect(await again.history()).to.equal(history);
    await again.close();
  });

  for (const [how, commitAll] of Object.entries({
    'one after the other': async (commit: () => Promise<void>, times: number) => {
      for (let n = 0; n < times; n++) await commit();
    },
    // The writer is never idle.
    'all at once': async (commit: () => Promise<void>, times: number) => {
      await Promise.all(Array.from({ length: times }, commit));
    },
  })) {
    it(`keeps its log short while it is read, with commits that come ${how}, and puts it away when it closes`, async () => {
      const store = await openSqliteStore(folder);
      const LONG = { extensions: { 'https://extensions.example/long': 'x'.repeat(10_000) } };
      const [COMMITS, STATEMENTS] = [100, 100];
      let writing = true;
      async function read(): Promise<void> {
        while (writing) await store.statements.find({ limit: 100, ascending: false });
      }
      const readers = [read(), read()];
      let longest = 0;
      await commitAll(async () => {
        await store.commit({ statements: Array.from({ length: STATEMENTS }, () => given({ result: LONG })) });
        longest = Math.max(longest, (await stat(join(folder, 'store.sqlite-wal'))).size);
      }, COMMITS);
      writing = false;
      await Promise.all(readers);
      // 140 MB went through it.
      expect(longest).to.be.lessThan(110 * 2 ** 20);
      await store.close();
      expect(await readdir(folder)).to.not.include('store.sqlite-wal');
      const again = await openSqliteStore(folder);
      expect(await again.statements.count()).to.equal(COMMITS * STATEMENTS);
      for await (const finding of again.verify()) expect.fail(JSON.stringify(finding));
      await again.close();
    });
  }

  it('clears away the copy that a process left that died while it read it', async () => {
    await mkdir(join(folder, 'copies'));
    await writeFile(join(folder, 'copies', 'left.sqlite'), 'left');
    const store = await openSqliteStore(folder);
    expect(await readdir(folder)).not.to.include('copies');
    for await (const _ of store.dump()) break;
    expect(await readdir(join(folder, 'copies'))).to.deep.equal([]);
    await store.close();
  });

  it('says how much room a copy needs where there is not enough', async () => {
    const store = await openSqliteStore(folder);
    // A file system on which nothing is free.
    const error = await copyStore(join(folder, 'store.sqlite'), '/proc/copy.sqlite').catch((reason: unknown) => reason);
    expect(error).to.include({ code: 'store.unavailable' });
    expect((error as Error).message).to.match(
      /It is copied first\. It needs \d+ MB of room in \/proc; 0 MB are free\./,
    );
    await store.close();
  });

  it('begins anew where a load was broken off, when it is told to', async () => {
    const first = await openSqliteStore(folder);
    const statement = given();
    await first.load(cut()).catch(() => undefined);
    await first.close();
    await refused(openSqliteStore(folder), 'store.incomplete');
    const store = await openSqliteStore(folder, { discardIncomplete: true });
    expect(await store.statements.count()).to.equal(0);
    await store.commit({ statements: [statement] });
    await store.close();
    const again = await openSqliteStore(folder, { discardIncomplete: true });
    expect(await again.statements.count()).to.equal(1);
    await again.close();
  });

  it('refuses the database of another program, and a file that is no database', async () => {
    alter('CREATE TABLE theirs (a); PRAGMA user_version = 0');
    await refused(openSqliteStore(folder), 'store.unavailable');
    await mkdir(join(folder, 'other'));
    await writeFile(
      join(folder, 'other', 'store.sqlite'),
      'not a database, but long enough to be looked at'.repeat(30),
    );
    await refused(openSqliteStore(join(folder, 'other')), 'store.unavailable');
  });
});
