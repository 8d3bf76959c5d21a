/** `livret people import FILE.csv` */
import type { Directory } from '../../lrs/directory/index.ts';
import { createProgress } from '../../lrs/index.ts';
import type { Command, CommandCall, Json } from '../../web/index.ts';
import type { Counts } from './findings.ts';
import { importPeople } from './import-people.ts';

/** Counts the bytes that pass, which is how far the file is read. */
function counted(input: AsyncIterable<Uint8Array>): { bytes(): number; input: AsyncIterable<Uint8Array> } {
  let bytes = 0;
  async function* pass(): AsyncGenerator<Uint8Array> {
    for await (const chunk of input) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  return { bytes: () => bytes, input: pass() };
}

/**
 * people.import {dryRun?: boolean, complete?: boolean, force?: boolean, totalBytes?: number}, the file as input. Emits
 * `{kind: 'refused', line, problems}` for every line that is not imported and `{kind: 'progress', …}` now and then; gives
 * Findings with `dryRun`. Rejects `people.file`, `store.unavailable`.
 */
export function createPeopleCommands({ directory, timeZone }: { directory: Directory; timeZone: string }): Command[] {
  const run: Command['run'] = async ({ args, input, emit }: CommandCall) => {
    const file = counted(input);
    const dryRun = args.dryRun === true;
    const report = createProgress(typeof args.totalBytes === 'number' ? args.totalBytes : undefined);
    const findings = await importPeople(directory, file.input, {
      timeZone,
      dryRun,
      ...(args.complete === true && { complete: { force: args.force === true } }),
      refused: (line, problems) => emit({ kind: 'refused', line, problems: problems.map((each) => ({ ...each })) }),
      async progress({ lines }: Counts) {
        const progress = report(lines, file.bytes());
        if (progress) await emit({ kind: 'progress', ...progress });
      },
    });
    // As JSON has it: what is not known is not there.
    return JSON.parse(JSON.stringify({ ...findings, dryRun })) as Json;
  };
  return [{ name: 'people.import', run }];
}
