/**
 * How fast the reports are at real size: a site of 1,000,000 events beside one of 33,000 agents and 20,000,000, the same life
 * led by more people. `npm run bench` ends with it, `npm run bench:reports` does it alone. BENCH_REPORTS_PEOPLE,
 * BENCH_REPORTS_QUESTION (statements) and BENCH_REPORTS_ROUNDS make it smaller, BENCH_FOLDER puts it on another disk; at
 * full size it takes some minutes and 4 GB of disk.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { periodAt } from '../../../reporting/periods/period.ts';
import { SETTINGS } from '../../reporting/site.ts';
import { run } from '../servers.ts';
import type { CaughtUp } from './catch-up-site.ts';
import { EVENTS_A_PERSON } from './events.ts';
import { measurePages, type PagesMeasured } from './measure-pages.ts';
import { measureQuestion, type QuestionMeasured } from './measure-question.ts';
import type { Published } from './publish-site.ts';
import { endOf, type Filled } from './site.ts';

const PEOPLE = Number(process.env.BENCH_REPORTS_PEOPLE ?? 33_000);
/** Of fewer statements there are too few people for anything to be published. */
const LEAST_ASKED = 20_000;
const QUESTION = Math.max(LEAST_ASKED, Number(process.env.BENCH_REPORTS_QUESTION ?? 500_000));
const ROUNDS = Number(process.env.BENCH_REPORTS_ROUNDS ?? 9);
const FOLDER = process.env.BENCH_FOLDER ?? tmpdir();
const SMALL = 1_000_000;
/** Statements that a site is given on top of what it has. */
const ON_TOP = 50_000;

export interface SiteMeasured extends PagesMeasured {
  people: number;
  filled: Filled;
  published: Published;
  caughtUp: CaughtUp;
  /** Of the machine, as it was measured: five minutes' worth. */
  load: number;
}

export interface ReportsMeasured {
  rounds: number;
  /** The quarter that is asked about. */
  period: string;
  small: SiteMeasured;
  big: SiteMeasured;
  question: QuestionMeasured;
}

const tell = (text: string): void => void process.stderr.write(`${text}\n`);

/** `mongo`: address of a MongoDB server, where there is one. */
export async function benchReports(mongo: string | undefined): Promise<ReportsMeasured> {
  const end = endOf(Date.now());
  const current = periodAt(Date.now(), SETTINGS.period, SETTINGS.timeZone);
  const last = periodAt(current.start - 1, SETTINGS.period, SETTINGS.timeZone);
  const before = periodAt(last.start - 1, SETTINGS.period, SETTINGS.timeZone);
  const site = (people: number) => inFolder((folder) => measureSite(folder, people, end, [before.name, last.name]));
  const small = await site(Math.min(PEOPLE, Math.round(SMALL / EVENTS_A_PERSON)));
  const big = await site(PEOPLE);
  tell(`reports: one question asked of ${QUESTION} statements`);
  const asked = { mongo, statements: QUESTION, period: before.name, end, rounds: Math.min(ROUNDS, 5) };
  const question = await inFolder((folder) => measureQuestion({ folder, ...asked }));
  return { rounds: ROUNDS, period: last.name, small, big, question };
}

async function measureSite(
  folder: string,
  people: number,
  end: number,
  periods: [string, string],
): Promise<SiteMeasured> {
  const [before, period] = periods;
  tell(`reports: filling a site of ${people} people`);
  const filled = await run<Filled>('reports/fill-site.ts', { folder, people, end });
  tell(`reports: publishing ${periods.join(' and ')} of ${filled.events} events`);
  const published = await run<Published>('reports/publish-site.ts', { folder, periods, cohorts: [] });
  tell('reports: asking for pages');
  const pages = await measurePages(folder, { period, before, rounds: ROUNDS });
  const [, load = 0] = loadavg();
  tell('reports: catching up');
  const caughtUp = await run<CaughtUp>('reports/catch-up-site.ts', { folder, people, count: ON_TOP, end });
  return { ...pages, people, filled, published, caughtUp, load };
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const within = await mkdtemp(join(FOLDER, 'livret-bench-'));
  const folder = join(within, 'data');
  await mkdir(folder);
  try {
    return await work(folder);
  } finally {
    await rm(within, { recursive: true });
  }
}
