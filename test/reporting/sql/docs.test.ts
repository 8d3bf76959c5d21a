import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { CELL_TABLES } from '../../../reporting/sql/cells.ts';
import { ROW_SPECS } from '../../../reporting/sql/rows.ts';
import { codebookLines } from './codebook-lines.ts';

describe('docs/sql.md', () => {
  it('holds the codebook, word for word', () => {
    const [, book] = readFileSync(new URL('../../../docs/sql.md', import.meta.url), 'utf8').split('## Codebook\n\n');
    expect(book?.trimEnd().split('\n')).to.deep.equal(codebookLines(CELL_TABLES, ROW_SPECS).slice(0, -1));
  });
});
