import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'chai';
import { type PublishedTable, writePublished } from '../../../reporting/sql/publish.ts';

const both = (text: string) => ({ fr: `${text} (fr), l’un`, en: `${text} (en), it's` });
const column = (name: string, type: string, unit?: string) => ({
  name,
  type,
  description: both(name),
  ...(unit && { unit }),
});

const TABLE: PublishedTable = {
  name: 'ev"erything',
  description: both('table'),
  columns: [
    column('words', 'VARCHAR'),
    column('flag', 'BOOLEAN'),
    column('hour', 'TINYINT', 'h'),
    column('small', 'SMALLINT'),
    column('n', 'INTEGER'),
    column('long', 'BIGINT', 'ms'),
    column('mean', 'DOUBLE'),
    column('day', 'DATE'),
    column('at', 'TIMESTAMP'),
    column('list', 'VARCHAR[]'),
  ],
  rows: [
    ['é', true, 23, -5, 7, 2n ** 60n, 0.1, '2021-11-02', new Date('2021-11-02T09:30:00.123Z'), ['DAC', 'CAB']],
    [null, false, null, 0, undefined, 12, null, null, null, []],
  ],
};

describe('a published file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livret-published-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function read(path: string, sql: string) {
    const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
    const connection = await instance.connect();
    const rows = await (await connection.run(sql)).getRowsJson();
    connection.closeSync();
    instance.closeSync();
    return rows;
  }

  it('holds what was given, typed, with comments and a codebook', async () => {
    const path = join(folder, 'a.duckdb');
    await writePublished([TABLE], path);
    expect(await readdir(folder)).to.deep.equal(['a.duckdb']);
    expect(await read(path, `FROM "ev""erything"`)).to.deep.equal([
      ['é', true, 23, -5, 7, '1152921504606846976', 0.1, '2021-11-02', '2021-11-02 09:30:00.123', ['DAC', 'CAB']],
      [null, false, null, 0, null, '12', null, null, null, []],
    ]);
    expect(
      await read(path, "SELECT data_type, comment FROM duckdb_columns() WHERE column_name IN ('long', 'list')"),
    ).to.deep.equal([
      ['BIGINT', "long (fr), l’un / long (en), it's"],
      ['VARCHAR[]', "list (fr), l’un / list (en), it's"],
    ]);
    const codebook = await read(path, 'SELECT column_name, type, unit, fr FROM codebook');
    expect(codebook).to.have.length(11);
    expect(codebook[0]).to.deep.equal([null, null, null, 'table (fr), l’un']);
    expect(codebook[6]).to.deep.equal(['long', 'BIGINT', 'ms', 'long (fr), l’un']);
  });

  it('comes with its tables as Parquet where they are wanted', async () => {
    await writePublished([{ ...TABLE, name: 'cells' }], join(folder, 'b.duckdb'), { parquetFolder: folder });
    expect((await readdir(folder)).sort()).to.deep.equal(['b.duckdb', 'cells.parquet', 'codebook.parquet']);
    const rows = await read(join(folder, 'b.duckdb'), `FROM '${folder}/cells.parquet'`);
    expect(rows).to.deep.equal(await read(join(folder, 'b.duckdb'), 'FROM cells'));
  });

  it('is not there at all when its rows break off', async () => {
    async function* breaking() {
      yield ['x'];
      throw new Error('broken off');
    }
    const table = { ...TABLE, columns: TABLE.columns.slice(0, 1), rows: breaking() };
    const failure = await writePublished([table], join(folder, 'c.duckdb')).catch((error: Error) => error.message);
    expect(failure).to.equal('broken off');
    expect(await readdir(folder)).to.deep.equal([]);
  });
});
