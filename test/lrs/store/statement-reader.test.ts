import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect } from 'chai';
import type { Database } from '../../../lrs/store/sqlite/schema.ts';
import { StatementReader } from '../../../lrs/store/sqlite/statement-reader.ts';
import { Writer } from '../../../lrs/store/sqlite/writer.ts';
import type { NewStatement } from '../../../lrs/store/store.ts';
import { agentKey } from '../../../lrs/xapi/index.ts';
import { agent, given, ids } from '../../contract/given.ts';

/** A connection that lets somebody else commit between two questions of one page. */
class Interrupted extends DatabaseSync {
  interrupt: () => void = () => {};

  override prepare(sql: string): ReturnType<Database['prepare']> {
    if (sql.startsWith('SELECT count(*)')) this.interrupt();
    return super.prepare(sql);
  }
}

describe('reading a page while others write', () => {
  let folder: string;
  let writer: Writer;
  let database: Interrupted;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livret-reader-'));
    writer = new Writer(join(folder, 'store.sqlite'));
    database = new Interrupted(join(folder, 'store.sqlite'), { readOnly: true });
  });
  afterEach(async () => {
    database.close();
    writer.close();
    await rm(folder, { recursive: true });
  });

  const commit = (...statements: NewStatement[]): void => {
    writer.run([{ kind: 'commit', statements, changes: [] }]);
  };
  const by = (): NewStatement => given({ actor: agent('a') });
  const taught = (): NewStatement => given({ context: { instructor: agent('a') } });

  it('gives one moment of the store: no statement twice, none left out', () => {
    const own = by();
    commit(taught(), taught(), own, taught());
    database.interrupt = () => commit(by(), by());
    const page = new StatementReader(database).find({ agent: agentKey(agent('a')) ?? '', limit: 2 });
    expect(ids(page.statements)).to.deep.equal([own.id]);
  });
});
