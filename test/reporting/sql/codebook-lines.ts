/** The codebook as docs/sql.md has it: one section a table. */
import type { TableSpec } from '../../../reporting/sql/publish.ts';

export const codebookLines = (...groups: (readonly TableSpec[])[]): string[] =>
  groups
    .flat()
    .flatMap(({ name, description, columns }) => [
      `### \`${name}\``,
      '',
      `${description.fr} / ${description.en}`,
      '',
      '| column | type | unit | français | English |',
      '|---|---|---|---|---|',
      ...columns.map(
        (each) =>
          `| \`${each.name}\` | ${each.type} | ${each.unit ?? ''} | ${each.description.fr} | ${each.description.en} |`,
      ),
      '',
    ]);
