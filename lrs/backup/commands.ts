/** `livret backup` and `livret check`: what they do where the store is. */
import type { Command, CommandCall, Json } from '../../web/index.ts';
import type { Checked } from '../store/dump.ts';
import type { Store } from '../store/store.ts';
import { createProgress } from '../transfer/progress.ts';
import { ArchiveWriter } from './write.ts';

/** Bytes of a line of the answer, before they are written in base64. */
const CHUNK = 256 * 1024;
/** Findings after which a check ends: somebody has to look. */
const MOST_FINDINGS = 1_000;

/**
 * store.backup: emits the archive as `{kind: 'bytes', base64}` in order, and `{kind: 'progress', …}`; gives `{about, counts,
 * missing, bytes, sha256}`. Rejects `store.unavailable`.
 *
 * store.check: emits `{kind: 'finding', finding: {kind, where, problem}}` and `{kind: 'progress', …}`; gives `{checked,
 * findings, more}`, more being true where it ended early. Rejects `store.unavailable`.
 *
 * store.ledger: emits each line of the ledger of erasures; gives `{lines}`. Rejects `erasure.ledger`.
 */
export function createBackupCommands(store: Store, livret: string): Command[] {
  return [
    { name: 'store.backup', run: (call) => backup(store, livret, call) },
    { name: 'store.check', run: (call) => check(store, call) },
    { name: 'store.ledger', run: (call) => ledger(store, call) },
  ];
}

async function backup(store: Store, livret: string, { emit }: CommandCall): Promise<Json> {
  const tell = await teller(store, emit);
  const writer = new ArchiveWriter(store, livret);
  for await (const chunk of gathered(writer.bytes())) {
    await emit({ kind: 'bytes', base64: chunk.toString('base64') });
    await tell(writer.counts.statement ?? 0);
  }
  return writer.written as unknown as Json;
}

async function check(store: Store, { emit }: CommandCall): Promise<Json> {
  const tell = await teller(store, emit);
  let checked: Checked | undefined;
  let findings = 0;
  let telling: Promise<void> = Promise.resolve();
  let gone: { error: unknown } | undefined;
  const told = (now: Checked): void => {
    // Nobody listens any more: the check ends.
    if (gone) throw gone.error;
    checked = now;
    telling = tell(now.statements);
    telling.catch((error: unknown) => {
      gone = { error };
    });
  };
  for await (const finding of store.verify(told)) {
    await telling;
    await emit({ kind: 'finding', finding: { ...finding } });
    if (++findings >= MOST_FINDINGS) break;
  }
  await telling;
  return { checked: checked ? { ...checked } : null, findings, more: findings >= MOST_FINDINGS };
}

async function ledger(store: Store, { emit }: CommandCall): Promise<Json> {
  const lines = await store.ledger.lines();
  for (const line of lines) await emit({ ...line });
  return { lines: lines.length };
}

/** Tells now and then how many of the statements have been dealt with. */
async function teller(store: Store, emit: CommandCall['emit']): Promise<(statements: number) => Promise<void>> {
  const total = await store.statements.count();
  let progress: ReturnType<typeof createProgress> | undefined;
  return async (statements) => {
    // From the first on: what comes before (a copy is made) says nothing about how long it takes.
    progress ??= createProgress(total);
    const report = progress(statements, statements);
    if (report !== undefined) await emit({ kind: 'progress', ...report });
  };
}

/** Small chunks together, so that a line is worth its while; large ones as they are. */
async function* gathered(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    chunks.push(chunk);
    length += chunk.length;
    if (length < CHUNK) continue;
    const whole = Buffer.concat(chunks);
    for (let at = 0; at < whole.length; at += CHUNK) yield whole.subarray(at, at + CHUNK);
    chunks = [];
    length = 0;
  }
  yield Buffer.concat(chunks);
}
