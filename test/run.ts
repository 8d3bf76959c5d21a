/**
 * The whole test run: two processes of mocha beside each other. One has the suites that mostly wait (for elections, for a
 * server that is away, for a page), which take a fifth of a core; the other has all the rest. Arguments go to both.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closingLines, type Tally } from './tally.ts';

/** Folders of suites that mostly wait. */
const WAITING = ['faults', 'sso'];

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MOCHA = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');

const waiting = WAITING.map((folder) => `test/${folder}/**`);
const others = [`test/!(${WAITING.join('|')})/**`, 'test/*.test.ts'];

interface Run {
  child: ChildProcess;
  /** What it printed, where that is held back. */
  printed(): string;
  /** Undefined where it did not come to its end. */
  tally: Promise<Tally | undefined>;
}

/** Starts mocha on all files but those; `held` keeps what it prints. */
function start(ignored: readonly string[], tallyFile: string, held: boolean): Run {
  const args = [MOCHA, ...ignored.flatMap((pattern) => ['--ignore', pattern]), ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', held ? 'pipe' : 'inherit', held ? 'pipe' : 'inherit'],
    env: { ...process.env, MOCHA_TALLY: tallyFile },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  async function ended(): Promise<Tally | undefined> {
    const [code] = await once(child, 'close');
    const text = await readFile(tallyFile, 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    const tally = JSON.parse(text) as Tally;
    // It ended badly although no test failed.
    return code !== 0 && tally.failed === 0 ? undefined : tally;
  }
  return { child, printed: () => printed, tally: ended() };
}

const folder = await mkdtemp(join(tmpdir(), 'livret-run-'));
const beside = start(others, join(folder, 'beside.json'), true);
const rest = start(waiting, join(folder, 'rest.json'), false);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    for (const { child } of [beside, rest]) child.kill(signal);
  });
}
const first = await rest.tally;
console.log(`\nThe suites that ran beside these (${waiting.join(', ')}):\n`);
const second = await beside.tally;
console.log(beside.printed());
await rm(folder, { recursive: true });
for (const line of closingLines([first, second])) console.log(line);
process.exitCode = first?.failed === 0 && second?.failed === 0 ? 0 : 1;
