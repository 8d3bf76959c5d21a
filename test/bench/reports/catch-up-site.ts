/** A process of its own, for what it takes of memory: how quickly the read model of a site takes in what is stored on top of it. */
import { readFileSync } from 'node:fs';
import { keepHeapSmall } from '../../../cli/heap.ts';
import { createDirectory } from '../../../lrs/directory/index.ts';
import type { Statement } from '../../../lrs/xapi/types.ts';
import { Projection } from '../../../reporting/projection/projection.ts';
import { RULES } from '../../reporting/site.ts';
import { median } from '../figures.ts';
import { givenOptions } from '../prepared.ts';
import { accountOf, HOME_PAGE, moduleIri, PARCOURS, parcoursIri, typeOf } from './events.ts';
import { asRead, followed, modelIn, withStore } from './site.ts';

export interface CaughtUp {
  /** Statements a second, the tables of their people included. */
  rate: number;
  /** µs of processor time a statement. */
  processor: number;
  /** ms from one more statement's being stored to its standing in all tables, median. */
  one: number;
  /** Most memory of the process beside mapped files, MB. */
  memory: number;
}

keepHeapSmall();

const { folder, people, count, end } = givenOptions<{ folder: string; people: number; count: number; end: number }>();

/** As many learn on two days of a ministry of 33,000. */
const LEARNERS = 2_500;
const AT_ONCE = 500;
const SINGLES = 5;
const MEMORY = 512 * 2 ** 20;
const MINUTE = 60_000;

/** One minute after the other, each by the next person. */
function statementAt(n: number, learners: number): Statement {
  const person = (n % learners) * Math.max(1, Math.floor(people / learners));
  const parcours = person % PARCOURS;
  const page = `${moduleIri(parcours, n % 8)}#${n % 20}`;
  const activity = (id: string, kind = '') => ({ id, definition: { type: typeOf(id, kind) } });
  return {
    actor: { account: { homePage: HOME_PAGE, name: accountOf(person) } },
    verb: { id: 'http://adlnet.gov/expapi/verbs/experienced' },
    object: activity(page),
    context: {
      contextActivities: {
        parent: [activity(moduleIri(parcours, n % 8))],
        grouping: [activity(parcoursIri(parcours))],
      },
    },
    timestamp: new Date(end + 8 * 60 * MINUTE + Math.floor(n / learners) * 3 * MINUTE).toISOString(),
  };
}

const caughtUp = await withStore(folder, async (store): Promise<CaughtUp> => {
  // What was there already is not what is measured.
  await followed(store, folder, MEMORY);
  const learners = Math.min(LEARNERS, people);
  for (let from = 0; from < count; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, n) => statementAt(from + n, learners));
    await store.commit({ statements: asRead(some) });
  }
  let most = 0;
  const looking = setInterval(() => {
    most = Math.max(most, Number(/RssAnon:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024);
  }, 20);
  const onError = (error: unknown) => {
    throw error;
  };
  const [begun, used] = [performance.now(), process.cpuUsage()];
  const options = {
    store,
    directory: createDirectory(store),
    file: modelIn(folder),
    memory: MEMORY,
    rules: RULES,
    onError,
  };
  const projection = await Projection.open(options);
  await projection.drain();
  const rate = count / ((performance.now() - begun) / 1000);
  const { user, system } = process.cpuUsage(used);
  const times: number[] = [];
  for (let n = 0; n < SINGLES; n++) {
    await store.commit({ statements: asRead([statementAt(count + n, learners)]) });
    const stored = performance.now();
    await projection.drain();
    times.push(performance.now() - stored);
  }
  clearInterval(looking);
  await projection.close();
  return { rate, processor: (user + system) / count, one: median(times), memory: most };
});
process.stdout.write(`${JSON.stringify(caughtUp)}\n`);
