/**
 * The whole test run: units of work (test/units.ts), each a process of mocha, and one worker more than there are cores, since
 * many suites wait (for elections, for a server that is away, for a page). Each worker takes the next unit from one queue.
 * What a unit prints comes when it has ended. Arguments go to all of them.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closingLines, type Tally } from './tally.ts';
import { type TestFile, unitsOf } from './units.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Mocha, without bin/mocha.js, which with an option for Node starts this in another process and leaves that behind when it is killed. */
const MOCHA = ['--import=tsx/esm', createRequire(import.meta.url).resolve('mocha/lib/cli/cli.js')];

/** `npm test` has built it. Tests that start Livret start this, which is what is delivered and is there sooner. */
const PROGRAM = join(ROOT, 'dist/main.js');

const folder = await mkdtemp(join(tmpdir(), 'livret-run-'));
const running = new Set<ChildProcess>();
let stopped = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stopped = true;
    for (const child of running) child.kill(signal);
  });
}

async function testFiles(): Promise<TestFile[]> {
  const all = await readdir(join(ROOT, 'test'), { recursive: true });
  const names = all.filter((name) => /\.test\.tsx?$/.test(name));
  return Promise.all(
    names.map(async (name) => ({ path: `test/${name}`, size: (await stat(join(ROOT, 'test', name))).size })),
  );
}

/** Runs these files to their end, and says what they printed; gives undefined where they did not come to their end. */
async function run(files: readonly string[], tallyFile: string): Promise<Tally | undefined> {
  const child = spawn(process.execPath, [...MOCHA, ...process.argv.slice(2), ...files], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, MOCHA_TALLY: tallyFile, LIVRET_TEST_PROGRAM: PROGRAM },
  });
  running.add(child);
  const begun = performance.now();
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const [code] = await once(child, 'close');
  running.delete(child);
  const text = await readFile(tallyFile, 'utf8').catch(() => undefined);
  const tally = text === undefined ? undefined : (JSON.parse(text) as Tally);
  // It ended badly although no test failed.
  const whole = code !== 0 && tally?.failed.length === 0 ? undefined : tally;
  // With --grep most have nothing to say.
  const isEmpty = whole && whole.passed + whole.failed.length + whole.skipped.length === 0;
  if (!isEmpty) {
    const seconds = ((performance.now() - begun) / 1_000).toFixed(0);
    console.log(`\n=== ${files.join(' ')}: ${seconds} s\n${printed.trimEnd()}`);
  }
  return whole;
}

const units = unitsOf(await testFiles());
const queue = units.entries();
const tallies: (Tally | undefined)[] = [];
async function work(): Promise<void> {
  for (const [number, files] of queue) {
    if (stopped) return;
    tallies.push(await run(files, join(folder, `${number}.json`)));
  }
}
await Promise.all(Array.from({ length: availableParallelism() + 1 }, work));
await rm(folder, { recursive: true });
// What was not begun counts as not come to its end.
if (stopped && tallies.length < units.length) tallies.push(undefined);
console.log('');
for (const line of closingLines(tallies)) console.log(line);
process.exitCode = tallies.every((tally) => tally?.failed.length === 0) ? 0 : 1;
