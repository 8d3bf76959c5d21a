/** A store of its own with the transfer commands on it. */
import type { Store } from '../../../lrs/index.ts';
import { createTransferCommands } from '../../../lrs/transfer/commands.ts';
import type { Json } from '../../../web/index.ts';
import type { Engine } from '../../engines/index.ts';

type Line = { [key: string]: Json };

export interface Ran {
  result: Line;
  /** What was emitted, progress apart. */
  lines: Json[];
}

export interface Site {
  store: Store;
  import(source: string | Uint8Array, args?: Line): Promise<Ran>;
  export(query?: string): Promise<string[]>;
  close(): Promise<void>;
}

export const CONSOLE = {
  objectType: 'Agent' as const,
  account: { homePage: 'https://livret.example', name: 'console' },
};

export async function openSite(engine: Engine): Promise<Site> {
  const { store, destroy } = await engine.create();
  const options = { store, authority: CONSOLE, fallbackVersion: '1.0.3' as const, maxAttachmentBytes: 1_000_000 };
  const commands = createTransferCommands(options);
  async function run(name: string, args: Line, bytes: Uint8Array): Promise<Ran> {
    const lines: Json[] = [];
    const result = await commands
      .find((command) => command.name === name)
      ?.run({
        args,
        input: (async function* () {
          yield bytes;
        })(),
        async emit(line) {
          if ((line as Line).kind !== 'progress') lines.push(line);
        },
      });
    return { result: result as Line, lines };
  }
  return {
    store,
    import: (source, args = {}) => run('statements.import', args, Buffer.from(source)),
    export: async (query = '') => (await run('statements.export', { query }, Buffer.alloc(0))).lines as string[],
    close: destroy,
  };
}

/** A statement, as JSON, with a few more members. */
export function statement(id: string | undefined, more: object = {}): string {
  return JSON.stringify({
    ...(id === undefined ? {} : { id }),
    actor: { mbox: 'mailto:ada@example.org' },
    verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
    object: { id: 'https://example.org/course' },
    ...more,
  });
}

export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
