/**
 * How fast the reports catch up with a store that is there: `npm run bench:catch-up -- FOLDER [ROUNDS] [MB]`, FOLDER being
 * the data of a server on SQLite that is not running. Prints medians; processor time is of all threads together, and tells
 * more where the machine is shared.
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createDirectory } from '../../lrs/directory/index.ts';
import { openStore, type Statement } from '../../lrs/index.ts';
import { eventOf } from '../../reporting/projection/event.ts';
import { Projection } from '../../reporting/projection/projection.ts';
import { RULES } from '../reporting/site.ts';
import { Figures } from './figures.ts';

const PAGE = 500;

const [folder = '.', rounds = '3', megabytes = '512'] = process.argv.slice(2);
const store = await openStore({ engine: 'sqlite', folder });
const total = await store.statements.count();
const figures = new Figures();
const names = new Set<string>();
const file = join(await mkdtemp(join(tmpdir(), 'livret-bench-')), 'reports.duckdb');

function note(name: string, value: number): void {
  names.add(name);
  figures.note(name, value);
}

/** Notes statements a second, and µs of processor time a statement. */
async function timed(name: string, work: () => Promise<void>): Promise<void> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  note(`${name}, statements/s`, (total / (performance.now() - start)) * 1000);
  note(`${name}, µs of processor time a statement`, (user + system) / total);
}

async function feed(each: (text: Uint8Array) => void): Promise<void> {
  let next = store.statements.feed(0, PAGE);
  for (;;) {
    const { entries, through } = await next;
    if (entries.length === 0) return;
    next = store.statements.feed(through, PAGE);
    for (const entry of entries) if (entry.kind === 'statement') each(entry.statement.text);
  }
}

const utf8 = new TextDecoder();

/** Memory that is not the files that are mapped, bytes. */
const ownMemory = (): number =>
  Number(/RssAnon:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? Number.NaN) * 1024;

async function catchUp(): Promise<void> {
  const memory = Number(megabytes) * 2 ** 20;
  const onError = (error: unknown) => {
    throw error;
  };
  const directory = createDirectory(store);
  let most = 0;
  const looking = setInterval(() => {
    most = Math.max(most, ownMemory());
  }, 50);
  const projection = await Projection.open({ store, directory, file, memory, rules: RULES, onError });
  await projection.drain();
  await projection.close();
  clearInterval(looking);
  await Promise.all([file, `${file}.wal`].map((each) => rm(each, { force: true })));
  note('catching up, most memory of the process, MB', most / 2 ** 20);
}

for (let round = 0; round < Number(rounds); round++) {
  await timed('feed alone', () => feed(() => {}));
  await timed('feed, JSON and fact', () => feed((text) => void eventOf(JSON.parse(utf8.decode(text)) as Statement)));
  await timed('catching up, tables of people included', catchUp);
}
await store.close();
await rm(dirname(file), { recursive: true });
process.stdout.write(`${total} statements, DuckDB given ${megabytes} MB\n`);
for (const name of names) process.stdout.write(`${name}: ${Math.round(figures.of(name))}\n`);
