import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'chai';
import { type ExportRow, writeParquet } from '../../../reporting/exports/index.ts';
import { bytesOf, rows, sample } from './sample.ts';

const [table] = sample.tables;
if (!table) throw new Error('no table');

/** Asks DuckDB about a Parquet file, `FILE` in the questions. */
async function ask(bytes: Uint8Array, ...questions: string[]): Promise<Record<string, unknown>[][]> {
  const folder = await mkdtemp(join(tmpdir(), 'livret-test-'));
  const file = join(folder, 'table.parquet');
  await writeFile(file, bytes);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const answers = [];
    for (const question of questions)
      answers.push((await connection.runAndReadAll(question.replaceAll('FILE', `'${file}'`))).getRowObjectsJS());
    return answers;
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(folder, { recursive: true });
  }
}

const left = async (): Promise<string[]> =>
  (await readdir(tmpdir())).filter((name) => name.startsWith('livret-parquet-'));

describe('Parquet of an export', () => {
  it('has types, the same figures, and the notes as metadata', async () => {
    const before = await left();
    const [described = [], read = [], metadata = []] = await ask(
      await bytesOf(await writeParquet(table, sample)),
      'SELECT column_name, column_type FROM (DESCRIBE FROM FILE)',
      'SELECT * REPLACE (people::DOUBLE AS people, day::VARCHAR AS day, epoch_ms("at")::DOUBLE AS "at") FROM FILE',
      'SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata(FILE)',
    );
    expect(described.map((row) => row.column_type)).to.deep.equal([
      'VARCHAR',
      'DOUBLE',
      'BIGINT',
      'DOUBLE',
      'DATE',
      'TIMESTAMP WITH TIME ZONE',
    ]);
    expect(read.map((row) => Object.values(row))).to.deep.equal(
      rows.map((row) => row.map((value, i) => (i === 5 && value !== null ? Date.parse(String(value)) : value))),
    );
    const notes = Object.fromEntries(metadata.map(({ key, value }) => [key, value]));
    expect(notes['livret.title']).to.equal('Complétion, 2021-Q4');
    expect(JSON.parse(String(notes['livret.notes']))).to.deep.equal(table.notes);
    expect(JSON.parse(String(notes['livret.columns']))[1]).to.include({ name: 'mean', unit: 'h' });
    expect(await left(), 'files left behind').to.deep.equal(before);
  });

  it('is written from more rows than a batch has, and from none', async () => {
    function* many(): Generator<ExportRow> {
      for (let i = 0; i < 25_001; i += 1) yield [`d${i}`, i / 2, i, null, null, null];
    }
    const count = 'SELECT count(*)::INTEGER AS rows, sum(people)::DOUBLE AS people, max(mean) AS mean FROM FILE';
    const [[some] = []] = await ask(await bytesOf(await writeParquet({ ...table, rows: many() }, sample)), count);
    expect(some).to.deep.equal({ rows: 25_001, people: 312_512_500, mean: 12_500 });
    const [[none] = []] = await ask(await bytesOf(await writeParquet({ ...table, rows: [] }, sample)), count);
    expect(none).to.deep.equal({ rows: 0, people: null, mean: null });
  });

  it('leaves nothing behind where a value is refused', async () => {
    const before = await left();
    const wrong: ExportRow[] = [[null, null, 1.5, null, null, null]];
    const refusal = await writeParquet({ ...table, rows: wrong }, sample).catch((error: unknown) => error);
    expect(refusal).to.be.instanceOf(TypeError);
    expect(await left()).to.deep.equal(before);
  });
});
