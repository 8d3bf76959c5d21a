/** `livret package import | list | show`. */
import { LivretError } from '../lrs/index.ts';
import type { Command, CommandCall, Json } from '../web/index.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import type { Importer, ImportProgress } from './catalogue/import.ts';
import { packageJson, summaryJson } from './json.ts';

/** ms between two lines of progress. */
const PACE = 250;

/**
 * package.import reads the package from the call's input, emits { stage, bytes, of? } as it goes, and gives the package
 * with `known`: whether these bytes had been imported before. package.list gives the packages, newest first; package.show
 * { id } gives one with its structure.
 */
export function createPackageCommands(catalogue: Catalogue, importer: Importer): Command[] {
  return [
    {
      name: 'package.import',
      async run({ input, emit }) {
        const { known, ...imported } = await importer.import(input, paced(emit));
        return { ...summaryJson(imported), known };
      },
    },
    { name: 'package.list', run: async () => (await catalogue.list()).map(summaryJson) },
    { name: 'package.show', run: async ({ args }) => packageJson(await catalogue.show(idOf(args))) },
  ];
}

function idOf({ id }: CommandCall['args']): string {
  if (typeof id === 'string' && id !== '') return id;
  throw new LivretError('package.notFound', { detail: 'Give the id of a package.' });
}

/** Lets the first line of each stage through, then one every quarter of a second. */
function paced(emit: (line: Json) => Promise<void>): (progress: ImportProgress) => Promise<void> {
  let last: { stage?: string; at: number } = { at: 0 };
  return async (progress) => {
    const now = Date.now();
    if (progress.stage === last.stage && now - last.at < PACE) return;
    last = { stage: progress.stage, at: now };
    await emit({ ...progress });
  };
}
