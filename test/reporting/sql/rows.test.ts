import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'chai';
import { quarterAt } from '../../../reporting/sql/pseudonyms.ts';
import { USES } from '../../../reporting/sql/uses.ts';
import type { Json } from '../../../web/index.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { COMPLETED, did, keyOf, names, openSite, type Site } from '../site.ts';

interface Answer {
  columns: { name: string; type: string }[];
  rows: Json[][];
}

const COURSE = 'https://courses.test/word';

describe('rows of people under pseudonyms', function () {
  this.timeout(60_000);
  let site: Site;
  let ids: string[];

  const run = async (sql: string): Promise<Json[][]> => (await site.run<Answer>('sql.run', { sql, over: 'rows' })).rows;
  /** What is given to take along. */
  async function extract(): Promise<Buffer> {
    const pieces: Buffer[] = [];
    const command = site.part.commands.find(({ name }) => name === 'sql.extract');
    const emit = async (line: Json) => void pieces.push(Buffer.from((line as { base64: string }).base64, 'base64'));
    await command?.run({ args: { over: 'rows' }, input: (async function* () {})(), emit });
    return Buffer.concat(pieces);
  }
  /** Asks an extract of now. */
  async function ask(...queries: string[]): Promise<Json[][][]> {
    const file = join(site.folder, `${randomUUID()}.duckdb`);
    await writeFile(file, await extract());
    const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
    const connection = await instance.connect();
    const answers: Json[][][] = [];
    for (const sql of queries) answers.push((await connection.runAndReadAll(sql)).getRowsJson() as Json[][]);
    connection.closeSync();
    instance.closeSync();
    return answers;
  }
  const uses = async () => (await site.store.collection(USES).find({ index: 'time' })).map(({ value }) => value);

  before(async () => {
    site = await openSite(sqlite);
    await site.people('DRH', names('anne', 3));
    await site.people('CAB', names('carl', 2));
    const all = [...names('anne', 3), ...names('carl', 2)];
    await site.commit(
      all.flatMap((name) => [
        did(name, '2021-11-02T09:00:10.123Z', { object: { id: COURSE } }),
        did(name, '2021-11-02T09:10:40.456Z'),
        did(name, '2021-11-02T09:20:00Z', { verb: { id: COMPLETED } }),
        did(name, '2021-11-03T20:30:00Z'),
      ]),
    );
    ids = [];
    for await (const person of site.directory.all()) ids.push(person.id);
  });
  after(() => site.close());

  it('hold sessions, hours, attempts and enrolments that join, with the direction', async () => {
    const joined = await run(`
      SELECT e.direction, count(DISTINCT e.person) AS people, count(*) AS sessions, min(s.starts) AS first, sum(worked) AS ms
      FROM enrolments e JOIN sessions s USING (person) GROUP BY 1 ORDER BY 1`);
    const [hours, attempts, about] = await ask(
      'SELECT DISTINCT direction, day, hour FROM active_hours ORDER BY ALL LIMIT 2',
      'SELECT DISTINCT module, completed_at, worked > 0 FROM attempts',
      'SELECT quarter, session_gap FROM about',
    );
    expect(joined).to.deep.equal([
      ['CAB', 2, 4, '2021-11-02 09:00:00', 2 * 1_189_877],
      ['DRH', 3, 6, '2021-11-02 09:00:00', 3 * 1_189_877],
    ]);
    expect(hours).to.deep.equal([
      ['CAB', '2021-11-02', 10],
      ['CAB', '2021-11-03', 21],
    ]);
    expect(attempts).to.deep.equal([['https://units.test/one', '2021-11-02 09:20:00', true]]);
    expect(about).to.deep.equal([[quarterAt(site.clock.now), 30]]);
  });

  it('name nobody: no id, no account, no statement, no second of an instant', async () => {
    const file = (await extract()).toString('latin1');
    expect(file).to.include('https://units.test/one');
    const tables = ['sessions', 'active_hours', 'attempts', 'enrolments', 'about', 'codebook'];
    const [known, ...contents] = await ask(
      'SELECT table_name FROM duckdb_tables()',
      ...tables.map((name) => `FROM ${name}`),
    );
    expect(known?.flat()).to.have.members(tables);
    const text = JSON.stringify(contents);
    for (const given of [file, text]) {
      for (const secret of [...ids, 'anne-', 'carl-', 'agents.test', '09:00:10']) expect(given).to.not.include(secret);
    }
  });

  it('come in no order of the directory, under pseudonyms that last a quarter', async () => {
    const people = async (): Promise<Json[]> => (await ask('SELECT person FROM enrolments')).flat(2);
    const before = await people();
    expect(before).to.have.length(5);
    for (const pseudonym of before) expect(pseudonym).to.match(/^[\w-]{16}$/);
    expect(before).to.deep.equal([...before].sort());
    const then = site.clock.now;
    try {
      site.clock.now = Date.UTC(2026, 11, 31);
      expect(await people()).to.deep.equal(before);
      site.clock.now = Date.UTC(2027, 0, 1);
      const after = await people();
      expect(after).to.have.length(5);
      expect(after.filter((each) => before.includes(each))).to.deep.equal([]);
      // The secret is gone: what was given out before cannot be computed again.
      site.clock.now = then;
      expect((await people()).filter((each) => before.includes(each))).to.deep.equal([]);
    } finally {
      site.clock.now = then;
    }
  });

  it('do not hold whoever was erased', async () => {
    await site.store.erase({ id: 'e1', agents: [keyOf('carl-0000')], mode: 'erase' });
    site.clock.now += 10 * 60_000;
    const [left] = await ask('SELECT direction, count(*)::INTEGER FROM enrolments GROUP BY 1 ORDER BY 1');
    expect(left).to.deep.equal([
      ['CAB', 1],
      ['DRH', 3],
    ]);
  });

  it('are noted each time: who, when, what, and how many rows', async () => {
    const known = (await uses()).length;
    const sql = 'SELECT person FROM enrolments LIMIT 2';
    await run(sql);
    await run('SELECT nothing').catch(() => {});
    const all = await uses();
    const answered = all.find((use) => use.sql === sql);
    const refused = all.find((use) => use.sql === 'SELECT nothing');
    expect(answered).to.deep.include({
      act: 'query',
      by: 'console',
      time: site.clock.now,
      sql,
      outcome: 'answered',
      rows: 2,
    });
    expect(answered?.sqlHash).to.match(/^[0-9a-f]{64}$/);
    expect(refused).to.deep.include({ sql: 'SELECT nothing', outcome: 'refused' });
    const [first] = (await uses()).filter(({ act }) => act === 'extract');
    // 5 enrolments, 5 attempts, 10 sessions, 10 hours, and of when they are.
    expect(first).to.deep.include({ by: 'console', outcome: 'answered', rows: 31 });
    await site.run('sql.run', { sql: 'SELECT 1' });
    expect(await uses()).to.have.length(known + 2);
  });
});
