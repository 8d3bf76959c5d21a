/** What the store alone can do: the writer on its own thread's code, same statements, same schema, every group on disk, no HTTP. Prints one line of JSON. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writer } from '../../lrs/store/sqlite/writer.ts';
import type { NewStatement } from '../../lrs/store/store.ts';
import { readStatements } from '../../lrs/xapi/index.ts';
import { statementTexts } from './bodies.ts';

const { group, batch, seconds } = JSON.parse(process.argv[2] ?? '{}') as {
  group: number;
  batch: number;
  seconds: number;
};

const AUTHORITY = { account: { homePage: 'https://livret.example', name: 'bench' } };
const statements = statementTexts(2_000).map((text): NewStatement => {
  const [read] = readStatements(text, { version: '1.0.3', authority: AUTHORITY, maxStatements: 1 }).statements;
  if (!read) throw new Error('no statement');
  const { value: _value, attachments: _attachments, ...rest } = read;
  // definitions were merged by the first statement that brought them, as in the server
  return { ...rest, attachments: [], definitions: [], defines: true };
});

const folder = mkdtempSync(join(tmpdir(), 'livret-bench-'));
const writer = new Writer(join(folder, 'store.sqlite'));
let written = 0;
const end = Date.now() + seconds * 1_000;
const started = performance.now();
while (Date.now() < end) {
  const tasks = Array.from({ length: group }, (_, task) => ({
    kind: 'commit' as const,
    changes: [],
    statements: Array.from({ length: batch }, (_, n) => ({
      ...(statements[(written + task * batch + n) % statements.length] as NewStatement),
      id: randomUUID(),
    })),
  }));
  writer.run(tasks);
  written += group * batch;
}
process.stdout.write(`${JSON.stringify({ statements: written, seconds: (performance.now() - started) / 1_000 })}\n`);
writer.close();
rmSync(folder, { recursive: true });
