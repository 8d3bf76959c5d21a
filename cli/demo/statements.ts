/** What the demo people have done: made up, the same at every start of a quarter, and nothing that has not happened yet. */
import type { Agent, Statement } from '../../lrs/index.ts';
import { COLLEAGUES, HOME_PAGE, LOGINS } from './people.ts';

const DAY = 86_400_000;

/** Quarters that are told of, the current one included: two are over, so that reports have figures. */
const QUARTERS = 3;

const COURSE = {
  id: 'https://contenus.demo.example/bureautique',
  definition: {
    type: 'http://adlnet.gov/expapi/activities/course',
    name: { fr: 'Bureautique : les essentiels', en: 'Office software: the essentials' },
  },
};

const MODULES: readonly [name: string, fr: string, en: string][] = [
  ['traitement-de-texte', 'Traitement de texte', 'Word processing'],
  ['tableur', 'Tableur', 'Spreadsheets'],
  ['messagerie', 'Messagerie', 'E-mail'],
  ['presentation', 'Présentation', 'Presentations'],
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

function statement(actor: Agent, verb: keyof typeof VERBS, module: (typeof MODULES)[number], at: number): Statement {
  const [name, fr, en] = module;
  return {
    actor,
    verb: VERBS[verb],
    object: { id: `${COURSE.id}/${name}`, definition: { name: { fr, en } } },
    context: { contextActivities: { parent: [COURSE] } },
    timestamp: new Date(at).toISOString(),
  };
}

/** One to three modules in a quarter, each at about the hour that suits the person; two in three are completed. */
function* quarterOf(rio: string, index: number, start: number): Generator<Statement> {
  const next = chance(index * 7919 + Math.floor(start / DAY));
  const actor: Agent = { objectType: 'Agent', account: { homePage: HOME_PAGE, name: rio } };
  const hour = 7 + Math.floor(next() * 9);
  const first = Math.floor(next() * MODULES.length);
  const count = 1 + Math.floor(next() * 3);
  for (let i = 0; i < count; i++) {
    const module = MODULES[(first + i) % MODULES.length];
    if (module === undefined) continue;
    const day = start + Math.floor((5 + i * 27 + next() * 20) / 1) * DAY;
    const began = day + (hour + Math.round(next())) * 3_600_000 + Math.floor(next() * 3_600_000);
    const ended = began + Math.floor((35 + next() * 40) * 60_000);
    yield statement(actor, 'initialized', module, began);
    if (next() < 0.67) yield statement(actor, 'completed', module, ended - 60_000);
    yield statement(actor, 'terminated', module, ended);
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
