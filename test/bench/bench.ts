/**
 * `npm run bench`: how fast Livret is, as ratios to what was measured in the same run, since machines are shared and
 * noisy: (a) bare Express 5 given the same requests, (b) the SQLite store's writer alone, (d) MongoDB's driver alone,
 * given the same statements; (c) Livret on SQLite and (e) Livret on MongoDB. Rounds are interleaved, medians are printed.
 * BENCH_ROUNDS, BENCH_SECONDS and BENCH_BIG make it shorter or longer. The reports follow: reports/bench.ts.
 */
import { cpus } from 'node:os';
import { peopleOf } from './bodies.ts';
import { type BenchEngine, mongodb, type Place, sqlite } from './engines.ts';
import { Figures } from './figures.ts';
import { startMongo } from './mongo.ts';
import { measureReads } from './reads.ts';
import { type Measured, printReport, writeName } from './report.ts';
import { benchReports } from './reports/bench.ts';
import { printReports } from './reports/print.ts';
import {
  feedRate,
  importRate,
  load,
  memoryOf,
  startBare,
  startLivret,
  stop,
  type Target,
  untilQuiet,
} from './servers.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4);
export const SIZES = { small: 10_000, big: Number(process.env.BENCH_BIG ?? 1_000_000) };

const CONNECTIONS = [1, 16];
const BATCHES = [1, 50];
/** Statements in the file that is imported. */
const IMPORTED = 50_000;
/** Commits that the engine alone puts into one transaction where each has one statement. */
const GROUP = 16;

const tell = (text: string): void => void process.stderr.write(`${text}\n`);

async function main(): Promise<void> {
  const mongo = await startMongo();
  const bare = new Figures();
  const measured: Measured[] = [];
  let reports: Awaited<ReturnType<typeof benchReports>>;
  try {
    for (const engine of [sqlite, ...(mongo ? [mongodb(mongo.address)] : [])]) {
      measured.push(await measureEngine(engine, bare));
    }
    reports = await benchReports(mongo?.address);
  } finally {
    await mongo?.stop();
  }
  const machine = `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`;
  printReport({ machine, rounds: ROUNDS, seconds: SECONDS, sizes: SIZES, bare, measured });
  printReports(reports);
}

async function measureEngine(engine: BenchEngine, bare: Figures): Promise<Measured> {
  const figures = new Figures();
  tell(`${engine.name}: reading from a store of ${SIZES.small}`);
  const small = await withPlace(engine, SIZES.small, (place) =>
    withServer(place, (server) => measureReads(server, peopleOf(SIZES.small))),
  );
  tell(`${engine.name}: importing`);
  figures.note('import', await withPlace(engine, 0, (place) => importRate(place.settings, IMPORTED)));
  tell(`${engine.name}: writing to an empty store`);
  await withPlace(engine, 0, (place) => measureWrites(place, 'empty', figures, bare));
  tell(`${engine.name}: filling a store of ${SIZES.big}`);
  const big = await withPlace(engine, SIZES.big, async (place) => {
    const reads = await withServer(place, async (server) => {
      tell(`${engine.name}: reading from it`);
      for (let round = 0; round < ROUNDS; round++) figures.note('feed', await feedRate(server, SECONDS));
      const found = await measureReads(server, peopleOf(SIZES.big));
      noteMemory(server, figures);
      return found;
    });
    tell(`${engine.name}: writing to it`);
    await measureWrites(place, 'big', figures, bare);
    return reads;
  });
  return { engine, figures, reads: { small, big } };
}

async function withPlace<T>(engine: BenchEngine, count: number, work: (place: Place) => Promise<T>): Promise<T> {
  const place = await engine.place(count);
  try {
    return await work(place);
  } finally {
    await place.remove();
  }
}

async function withServer<T>({ settings }: Place, work: (server: Target) => Promise<T>): Promise<T> {
  const server = await startLivret(settings);
  try {
    // What a server begins with, the reports' catching up above all, is not what is measured.
    await untilQuiet(server);
    return await work(server);
  } finally {
    await stop(server);
  }
}

async function measureWrites(
  place: Place,
  size: 'empty' | 'big',
  figures: Figures,
  bareFigures: Figures,
): Promise<void> {
  const bare = await startBare();
  try {
    await withServer(place, async (server) => {
      for (let round = 1; round <= ROUNDS; round++) {
        tell(`  round ${round} of ${ROUNDS}`);
        for (const batch of BATCHES) {
          for (const connections of CONNECTIONS) {
            const options = { connections, batch, seconds: SECONDS };
            const nothing = await load(bare, options);
            bareFigures.note(writeName(batch, connections), nothing.statements / nothing.seconds);
            const result = await load(server, options);
            figures.note(`${size} ${writeName(batch, connections)}`, result.statements / result.seconds);
            figures.note(`${size} ${writeName(batch, connections)} p99`, result.p99);
            noteMemory(server, figures);
          }
          const group = batch === 1 ? GROUP : 1;
          const alone = await place.alone({ group, batch, seconds: SECONDS });
          figures.note(`${size} alone ${batch}`, alone.statements / alone.seconds);
        }
      }
    });
  } finally {
    await stop(bare);
  }
}

function noteMemory(server: Target, figures: Figures): void {
  const { own, mapped } = memoryOf(server.process.pid);
  figures.note('memory', own);
  figures.note('mapped', mapped);
}

await main();
