import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { METRICS } from '../../../reporting/metrics/index.ts';
import { fieldsOf } from '../../../reporting/privacy/index.ts';
import { CELL_TABLES } from '../../../reporting/sql/cell-tables.ts';
import { writePublished } from '../../../reporting/sql/publish.ts';
import { answer, openPublished } from '../../../reporting/sql/query.ts';
import { ROW_SPECS } from '../../../reporting/sql/rows.ts';
import { codebookLines } from './codebook-lines.ts';

describe('docs/sql.md', () => {
  let text: string;
  before(async () => {
    text = await readFile(new URL('../../../docs/sql.md', import.meta.url), 'utf8');
  });

  it('holds the codebook, word for word', () => {
    const [, book] = text.split('## Codebook\n\n');
    expect(book?.trimEnd().split('\n')).to.deep.equal(codebookLines(CELL_TABLES, ROW_SPECS).slice(0, -1));
  });

  it('holds examples that run', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'livret-sql-'));
    const file = join(folder, 'all.duckdb');
    await writePublished(
      [...CELL_TABLES, ...ROW_SPECS].map((table) => ({ ...table, rows: [] })),
      file,
    );
    const limits = { milliseconds: 10_000, memory: 256 * 2 ** 20, rows: 10, bytes: 10_000 };
    const instance = await openPublished(file, limits);
    const [, block = ''] = text.split('```sql\n');
    const examples = (block.split('```')[0] ?? '').split(';\n').filter((sql) => sql.trim() !== '');
    expect(examples).to.have.length(4);
    for (const sql of examples) {
      let last = '';
      for await (const line of answer(instance, { sql, limits })) last = line;
      expect(last, sql).to.match(/^\{"end"/);
    }
    instance.closeSync();
    await rm(folder, { recursive: true });
  });

  it('names metrics and figures that there are', () => {
    const [, examples = ''] = /## Examples\n(.*?)\n## /s.exec(text) ?? [];
    const asked = [...`${text.split('## Examples')[0]}${examples}`.matchAll(/figure (?:=|IN) \(?((?:'\w+'(?:, )?)+)/g)];
    const figures = asked.flatMap(([, list = '']) => list.match(/\w+/g) ?? []);
    const known = METRICS.flatMap((metric) => metric.figures.flatMap(fieldsOf));
    expect(figures).to.include.members(['pdhNormalised', 'enrolments']);
    expect(known).to.include.members(figures);
  });
});
