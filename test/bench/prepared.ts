/** The bench's statements as a store takes them: what the intake makes of a request is not measured where no server is. */
import { randomUUID } from 'node:crypto';
import type { NewStatement } from '../../lrs/store/store.ts';
import { readStatements } from '../../lrs/xapi/index.ts';
import { statementTexts } from './bodies.ts';

const AUTHORITY = { account: { homePage: 'https://livret.example', name: 'bench' } };

/** Definitions were merged by the first statement that brought them, as in the server. */
export function prepare(count: number, seed?: number, people?: number): NewStatement[] {
  return statementTexts(count, seed, people).map((text) => {
    const [read] = readStatements(text, { version: '1.0.3', authority: AUTHORITY, maxStatements: 1 }).statements;
    if (!read) throw new Error('no statement');
    const { value: _value, attachments: _attachments, ...rest } = read;
    return { ...rest, attachments: [], definitions: [], defines: true };
  });
}

/** The same ones over and over, each time under another id. */
export function endless(statements: readonly NewStatement[]): (count: number) => NewStatement[] {
  let given = 0;
  return (count) =>
    Array.from({ length: count }, () => ({
      ...(statements[given++ % statements.length] as NewStatement),
      id: randomUUID(),
    }));
}

/** The options a process of the bench was started with. */
export const givenOptions = <T>(): T => JSON.parse(process.argv[2] ?? '{}') as T;

/** Does something for so many seconds; prints what came of it as one line of JSON. */
export async function measure(seconds: number, once: () => number | Promise<number>): Promise<void> {
  const end = Date.now() + seconds * 1_000;
  const started = performance.now();
  let statements = 0;
  while (Date.now() < end) statements += await once();
  process.stdout.write(`${JSON.stringify({ statements, seconds: (performance.now() - started) / 1_000 })}\n`);
}
