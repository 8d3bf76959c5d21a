/** The same question asked of the read model, of statements in SQLite and of statements in MongoDB: as many in each, and one answer. */
import { mkdir } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { MongoClient } from 'mongodb';
import { parsePeriod } from '../../../reporting/periods/period.ts';
import { SETTINGS } from '../../reporting/site.ts';
import { median } from '../figures.ts';
import { run } from '../servers.ts';
import { EVENTS_A_PERSON } from './events.ts';
import { feedAndCompare, fillMongo, storeStatements } from './fed.ts';
import { withDatabase } from './find.ts';
import type { Published } from './publish-site.ts';
import { publishedCells } from './published.ts';
import { type Counted, ofModel, ofMongo, ofSqlite } from './question.ts';
import { fillModel, fillStore, withStore } from './site.ts';

export interface QuestionMeasured {
  statements: number;
  /** Median ms by whom it is asked of; `mongodb` where there is one. */
  published: number;
  model: number;
  sqlite: number;
  mongodb?: number;
  /** Statements a second from the feed into an empty read model. */
  fed: number;
}

export interface QuestionOptions {
  folder: string;
  /** Address of a MongoDB server. */
  mongo: string | undefined;
  statements: number;
  period: string;
  end: number;
  rounds: number;
}

/** Throws where the answers are not the same, or the read model is not the one that the feed makes. */
export async function measureQuestion(options: QuestionOptions): Promise<QuestionMeasured> {
  const { folder, mongo, period, rounds } = options;
  const client = mongo === undefined ? undefined : await MongoClient.connect(mongo);
  const db = client?.db('livret-bench-question');
  try {
    await db?.dropDatabase();
    const { statements, fed } = await fill(options, db);
    await run<Published>('reports/publish-site.ts', { folder, periods: [], cohorts: [period] });
    const span = parsePeriod(period, SETTINGS.period, SETTINGS.timeZone);
    const file = `${folder}/store.sqlite`;
    const times = {
      model: await withDatabase(folder, (query) => repeatedly(rounds, () => ofModel(query, span))),
      sqlite: await repeatedly(rounds, async () => ofSqlite(file, span)),
      ...(db && { mongodb: await repeatedly(rounds, () => ofMongo(db, span)) }),
    };
    const published = await withStore(folder, (store) => repeatedly(rounds, () => publishedCells(store, period)));
    requireSame(times.model.answer, times.sqlite.answer, 'SQLite');
    if (times.mongodb) requireSame(times.model.answer, times.mongodb.answer, 'MongoDB');
    for (const cell of published.answer)
      requireSame([summed(times.model.answer, cell.directions)], [cell.counted], 'what is published');
    return {
      ...{ statements, fed, published: published.time, model: times.model.time, sqlite: times.sqlite.time },
      ...(times.mongodb && { mongodb: times.mongodb.time }),
    };
  } finally {
    await db?.dropDatabase();
    await client?.close();
  }
}

async function fill({ folder, statements, end }: QuestionOptions, db: Parameters<typeof fillMongo>[0] | undefined) {
  const people = Math.round(statements / EVENTS_A_PERSON);
  const beside = `${folder}-fed`;
  await mkdir(beside);
  return withStore(folder, async (store) => {
    await fillStore(store, people, end);
    const { events } = await fillModel(store, folder, people, end);
    const count = await storeStatements(store, folder);
    if (count !== events) throw new Error(`${count} statements of ${events} events`);
    if (db) await fillMongo(db, store, folder);
    return { statements: count, fed: await feedAndCompare(store, folder, beside, count) };
  });
}

async function repeatedly<T>(rounds: number, work: () => Promise<T>): Promise<{ time: number; answer: T }> {
  const times: number[] = [];
  let answer = await work();
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    answer = await work();
    times.push(performance.now() - started);
  }
  return { time: median(times), answer };
}

function requireSame(found: readonly Counted[], other: readonly Counted[], where: string): void {
  if (isDeepStrictEqual(found, other)) return;
  throw new Error(`the read model and ${where} differ: ${JSON.stringify(found)} and ${JSON.stringify(other)}`);
}

/** Of some directions together, under the name of a cell. */
function summed(counted: readonly Counted[], directions: readonly string[]): Counted {
  const total = { direction: directions.join(), entries: 0, enrolled: 0, started: 0, completed: 0 };
  for (const each of counted) {
    if (!directions.includes(each.direction)) continue;
    for (const name of ['entries', 'enrolled', 'started', 'completed'] as const) total[name] += each[name];
  }
  return total;
}
