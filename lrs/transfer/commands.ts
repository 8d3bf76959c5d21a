/** `livret import` and `livret export`. */
import type { Command, CommandCall, Json } from '../../web/index.ts';
import type { Store } from '../store/store.ts';
import type { Actor, XapiVersion } from '../xapi/types.ts';
import { exportStatements } from './export.ts';
import { type Refused, StatementImport } from './import.ts';
import { importRemote } from './import-remote.ts';
import { createProgress } from './progress.ts';
import type { ImportRules } from './read-piece.ts';
import { splitStatements } from './split.ts';
import { unpack } from './unpack.ts';

export interface TransferOptions {
  store: Store;
  /** Authority of what is imported without being trusted. */
  authority: Actor;
  fallbackVersion: XapiVersion;
  maxAttachmentBytes: number;
}

/** Longest text of a refused statement that is given back with the reason. */
const SHOWN_BYTES = 256 * 1024;

/**
 * statements.import {trusted?, withoutContents?, totalBytes?}, the file as input; or {url, key?, secret?, since?, restart?}.
 * Emits `{kind: 'refused', line, id, code, pointer, rule, message, text}` and `{kind: 'progress', lines, perSecond, share,
 * secondsLeft}`; gives `{read, stored, same, refused}`. Rejects `import.source`, `store.unavailable`.
 *
 * statements.export {query?}: the query string of a GET /statements. Emits each statement's JSON text as a string, so that
 * big numbers survive; gives `{statements}`. Rejects `request.parameter`.
 */
export function createTransferCommands(options: TransferOptions): Command[] {
  const { store } = options;
  return [
    {
      name: 'statements.import',
      async run(call) {
        const statements = new StatementImport(store, rulesOf(call, options), (refused) =>
          call.emit(describe(refused)),
        );
        await (typeof call.args.url === 'string'
          ? importRemote(call, statements, options)
          : importFile(call, statements));
        return { ...statements.counts };
      },
    },
    {
      name: 'statements.export',
      async run({ args, emit }) {
        let count = 0;
        const query = typeof args.query === 'string' ? args.query : '';
        for await (const text of exportStatements(store, query, options.fallbackVersion)) {
          await emit(text);
          count++;
        }
        return { statements: count };
      },
    },
  ];
}

function rulesOf({ args }: CommandCall, { authority, fallbackVersion }: TransferOptions): ImportRules {
  const { trusted, withoutContents } = args;
  return { authority, fallbackVersion, trusted: trusted === true, withoutContents: withoutContents === true };
}

const describe = ({ line, id, error, text }: Refused): Json => ({
  kind: 'refused',
  line,
  id,
  code: error.code,
  pointer: error.pointer ?? null,
  rule: error.rule ?? null,
  message: error.message,
  text: text.length > SHOWN_BYTES ? null : text.toString('utf8'),
});

async function importFile({ args, input, emit }: CommandCall, statements: StatementImport): Promise<void> {
  const progress = createProgress(typeof args.totalBytes === 'number' ? args.totalBytes : undefined);
  let bytes = 0;
  async function* counted(): AsyncGenerator<Uint8Array, void, void> {
    for await (const chunk of input) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  try {
    for await (const pieces of splitStatements(unpack(counted()))) {
      await statements.take(pieces);
      const report = progress(statements.counts.read, bytes);
      if (report !== undefined) await emit({ kind: 'progress', ...report });
    }
  } finally {
    // What came before a source that breaks off stays: the next run finds it there.
    await statements.flush();
  }
}
