/** `livret headcounts import | list` */
import type { Directory } from '../../lrs/directory/index.ts';
import type { Store } from '../../lrs/index.ts';
import type { Command } from '../../web/index.ts';
import { importHeadcounts } from './import.ts';
import { readHeadcounts } from './records.ts';

/**
 * headcounts.import {dryRun?: boolean}, the file as input. Emits `{kind: 'refused', line, column, problem}` for everything
 * that is wrong, and stores nothing then; gives {lines, new, changed, unchanged, refused, stored}. Rejects
 * `headcounts.file`, `store.unavailable`. headcounts.list gives [{direction, day, people, by}] by day and direction.
 */
export function createHeadcountCommands(ground: { store: Store; directory: Directory }): Command[] {
  return [
    {
      name: 'headcounts.import',
      async run({ args, input, emit }) {
        const options = { by: 'console', dryRun: args.dryRun === true };
        const { problems, ...counts } = await importHeadcounts(ground, input, options);
        for (const problem of problems) await emit({ kind: 'refused', ...problem });
        return counts;
      },
    },
    {
      name: 'headcounts.list',
      run: async () => (await readHeadcounts(ground.store)).map((headcount) => ({ ...headcount })),
    },
  ];
}
