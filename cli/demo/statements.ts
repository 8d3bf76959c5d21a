/** What the demo people have done: made up, the same at every start of a quarter, and nothing that has not happened yet. */
import type { Activity, Statement } from '../../lrs/index.ts';
import { COLLEAGUES, HOME_PAGE, LOGINS } from './people.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Quarters that are told of, the current one included: two are over, so that reports have figures. */
const QUARTERS = 3;

const ACTIVITIES = 'https://contenus.demo.example';

type Named = readonly [path: string, fr: string, en: string];

/** One in each quarter, by turns: who entered a course in another quarter is not enrolled anew. */
const COURSES: readonly Named[] = [
  ['bureautique', 'Bureautique : les essentiels', 'Office software: the essentials'],
  ['securite-numerique', 'Sécurité numérique au quotidien', 'Everyday digital security'],
  ['donnees-personnelles', 'Données personnelles : les réflexes', 'Personal data: good habits'],
];

const MODULES: readonly Named[] = [
  ['decouvrir', 'Découvrir', 'Discover'],
  ['pratiquer', 'Pratiquer', 'Practise'],
  ['approfondir', 'Approfondir', 'Go further'],
  ['evaluer', 'S’évaluer', 'Check what you know'],
];

const VERBS = {
  initialized: { id: 'http://adlnet.gov/expapi/verbs/initialized', display: { fr: 'a commencé', en: 'initialized' } },
  completed: { id: 'http://adlnet.gov/expapi/verbs/completed', display: { fr: 'a achevé', en: 'completed' } },
  terminated: { id: 'http://adlnet.gov/expapi/verbs/terminated', display: { fr: 'a quitté', en: 'terminated' } },
};

/** Numbers from 0 up to 1 that look like chance and are the same for the same seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** First millisecond (UTC) of the quarter that lies `back` before the one of `now`. */
function quarterStart(now: number, back: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) * 3 - back * 3, 1);
}

/** Counts quarters since the year 0. */
function quarterNumber(start: number): number {
  const date = new Date(start);
  return date.getUTCFullYear() * 4 + Math.floor(date.getUTCMonth() / 3);
}

/** Names of the quarters that are over and told of. */
export const closedQuarters = (now: number): string[] =>
  Array.from({ length: QUARTERS - 1 }, (_, i) => quarterNumber(quarterStart(now, i + 1))).map(
    (number) => `${Math.floor(number / 4)}-Q${(number % 4) + 1}`,
  );

function courseOf(start: number): { path: string; activity: Activity } {
  const [path, fr, en] = pick(COURSES, quarterNumber(start));
  const type = 'http://adlnet.gov/expapi/activities/course';
  return { path, activity: { id: `${ACTIVITIES}/${path}`, definition: { type, name: { fr, en } } } };
}

function pick<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('There is nothing to pick from.');
  return found;
}

/** Two or three modules in a quarter, each at about the hour that suits the person; two in three are completed. */
function* quarterOf(rio: string, index: number, start: number): Generator<Statement> {
  const next = chance(index * 7919 + Math.floor(start / DAY));
  const course = courseOf(start);
  const hour = 7 + Math.floor(next() * 9);
  const first = Math.floor(next() * MODULES.length);
  const count = 2 + Math.floor(next() * 2);
  for (let i = 0; i < count; i++) {
    const [path, fr, en] = pick(MODULES, first + i);
    const did = (verb: keyof typeof VERBS, at: number): Statement => ({
      actor: { objectType: 'Agent', account: { homePage: HOME_PAGE, name: rio } },
      verb: VERBS[verb],
      object: { id: `${ACTIVITIES}/${course.path}/${path}`, definition: { name: { fr, en } } },
      context: { contextActivities: { parent: [course.activity] } },
      timestamp: new Date(at).toISOString(),
    });
    const day = start + Math.floor(5 + i * 27 + next() * 20) * DAY;
    const began = day + (hour + Math.round(next())) * HOUR + Math.floor(next() * HOUR);
    const ended = began + Math.floor((35 + next() * 40) * MINUTE);
    yield did('initialized', began);
    if (next() < 0.67) yield did('completed', ended - MINUTE);
    yield did('terminated', ended);
  }
}

/** JSON lines for `livret import`, which gives each an id that is made of its bytes: the same line twice is one statement. */
export function statementsFile(now: number): string {
  const people = [...LOGINS, ...COLLEAGUES];
  const all = Array.from({ length: QUARTERS }, (_, back) => quarterStart(now, back)).flatMap((start) =>
    people.flatMap(({ rio }, index) => [...quarterOf(rio, index, start)]),
  );
  const past = all.filter(({ timestamp }) => timestamp !== undefined && Date.parse(timestamp) < now);
  return past.map((each) => `${JSON.stringify(each)}\n`).join('');
}
