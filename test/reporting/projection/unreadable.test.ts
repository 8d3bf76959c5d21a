import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, open as openFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'chai';
import { openDatabase, writeMeta } from '../../../reporting/projection/database.ts';

interface Opened {
  refused?: { code: string; detail: string };
  told: unknown[];
}

/** Root reads every file, unless it gives up that right. */
const WITHOUT_RIGHTS =
  process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : ['env'];

/** More than Node takes to load everything at once. */
const FEW = 1000;

describe('the file of the read model', function () {
  this.timeout(30_000);
  let folder: string;
  let file: string;
  let told: unknown[];
  const open = (identity = {}) => openDatabase(file, 2 ** 26, identity, (...words) => told.push(words));

  async function noted(identity?: Record<string, string>): Promise<string | undefined> {
    const database = await open(identity);
    const value = await database.meta('noted');
    await database.close();
    return value;
  }

  beforeEach(async () => {
    told = [];
    folder = await mkdtemp(join(tmpdir(), 'livret-unreadable-'));
    file = join(folder, 'reports.duckdb');
    const database = await open();
    await database.write((connection) => writeMeta(connection, 'noted', 'before'));
    await database.close();
    expect(told).to.deep.equal([]);
  });
  afterEach(() => rm(folder, { recursive: true }));

  function openedBy(command: readonly string[], ...args: readonly string[]): Opened {
    const [program = '', ...before] = command;
    const script = [process.execPath, '--import', 'tsx', join(import.meta.dirname, 'opens.ts'), file];
    const { stdout, stderr } = spawnSync(program, [...before, ...script, ...args], { encoding: 'utf8' });
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout);
  }

  it('is kept where this process has no right to open it', async () => {
    await chmod(file, 0);
    const { refused, told: words } = openedBy(WITHOUT_RIGHTS);
    await chmod(file, 0o600);
    expect(await noted()).to.equal('before');
    expect(refused).to.include({ code: 'store.unavailable' });
    expect(refused?.detail)
      .to.match(/Permission denied/)
      .and.not.include(folder);
    expect([...words, ...told]).to.deep.equal([]);
  });

  it('is kept where this process has no descriptor left for it', async () => {
    const { refused, told: words } = openedBy(['sh', '-c', `ulimit -S -n ${FEW}; exec "$@"`, 'sh'], '1');
    expect(await noted()).to.equal('before');
    expect(refused).to.include({ code: 'store.unavailable' });
    expect(refused?.detail).to.match(/Too many open files/);
    expect([...words, ...told]).to.deep.equal([]);
  });

  const broken: readonly [string, () => Promise<void>, RegExp][] = [
    ['it is no database', () => writeFile(file, 'not a database'.repeat(5000)), /not a valid DuckDB database file/],
    ['it is cut short', () => truncate(file, 8192), /Could not read enough bytes/],
    ['it has other tables', () => altered('DROP TABLE meta'), /no table meta/],
    ['it is of another version', () => altered("UPDATE meta SET value = '0' WHERE key = 'schema'"), /another schema/],
  ];

  async function altered(sql: string): Promise<void> {
    const instance = await DuckDBInstance.create(file);
    const connection = await instance.connect();
    await connection.run(sql);
    connection.closeSync();
    instance.closeSync();
  }

  for (const [why, breaks, reason] of broken) {
    it(`is emptied where ${why}, and that is told once`, async () => {
      await breaks();
      expect(await noted()).to.equal(undefined);
      expect(told).to.have.length(1);
      expect(JSON.stringify(told)).to.match(reason);
      expect(await noted()).to.equal(undefined);
      expect(told).to.have.length(1);
    });
  }

  it('is given up where a question comes upon a torn block, and is empty when opened anew', async () => {
    const filled = await open();
    await filled.write((connection) =>
      connection.run(`INSERT INTO sessions
        SELECT uuid()::VARCHAR, now()::TIMESTAMP, now()::TIMESTAMP, i, 0, 1, 'FR' FROM range(200000) t(i)`),
    );
    await filled.close();
    await tear();
    const torn = await open();
    const refused = await torn.read((query) => query('SELECT sum(hash(s)) FROM sessions s')).catch((error) => error);
    expect([refused.code, torn.ended]).to.deep.equal(['store.unavailable', true]);
    await torn.close();
    expect(JSON.stringify(told))
      .to.match(/checksum/)
      .and.not.include(folder);
    const anew = await open();
    expect(await anew.read((query) => query('FROM sessions'))).to.deep.equal([]);
    await anew.close();
  });

  /** In the middle of what it holds. */
  async function tear(): Promise<void> {
    const handle = await openFile(file, 'r+');
    const { size } = await handle.stat();
    for (let at = size / 4; at < size; at += size / 4)
      await handle.write(Buffer.alloc(64, 0x5a), 0, 64, Math.floor(at));
    await handle.close();
  }
});
