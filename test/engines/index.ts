/** The engines that the suites run over, and how they do. */
import { ENGINES } from '../environment.ts';
import type { Engine } from './engine.ts';
import { findMongod } from './find-mongod.ts';
import { mongodbOn } from './mongodb.ts';
import { sqlite } from './sqlite.ts';

export type { Engine, EngineStore, Place } from './engine.ts';
export { withStore } from './with-store.ts';

const LEFT_OUT = 'LIVRET_TEST_ENGINES leaves it out';
const isWanted = (name: string): boolean => ENGINES?.includes(name) ?? true;

const { MONGODB_URI } = process.env;
const mongod = isWanted('mongodb') ? await findMongod(process.env) : { missing: LEFT_OUT };
const mongo = isWanted('mongodb') && MONGODB_URI ? { address: MONGODB_URI } : mongod;

export const engines: readonly Engine[] = [
  ...(isWanted('sqlite') ? [sqlite] : []),
  ...('missing' in mongo ? [] : [mongodbOn(mongo)]),
];

type Suite = (this: Mocha.Suite, engine: Engine) => void;

/** A suite that is run once over each engine. */
export function onEachEngine(title: string, suite: Suite): void {
  onEach(engines, title, suite);
}

/** A suite about several processes that have one store open. */
export function onSharedEngines(title: string, suite: Suite): void {
  onEach(
    engines.filter(({ shared }) => shared),
    title,
    suite,
  );
}

function onEach(some: readonly Engine[], title: string, suite: Suite): void {
  sayWhatIsMissing();
  for (const engine of some) {
    describe(`${title} (${engine.name})`, function () {
      suite.call(this, engine);
    });
  }
}

/** A suite with MongoDB servers of its own, to do harm to; `mongod` is the program to start them with. */
export function onOwnMongo(title: string, suite: (this: Mocha.Suite, mongod: string) => void): void {
  sayWhatIsMissing();
  if ('missing' in mongod) return;
  describe(title, function () {
    suite.call(this, mongod.binary);
  });
}

let said = false;

/** One line for a whole engine, among what was skipped; a failure where it was named. */
function sayWhatIsMissing(): void {
  if (said) return;
  said = true;
  if ('missing' in mongo) say('mongodb', `MONGODB IS NOT TESTED, in any suite: ${mongo.missing}`);
  else if ('missing' in mongod) say('mongodb', `FAULTS OF MONGODB ARE NOT TESTED: ${mongod.missing}`);
  if (!isWanted('sqlite')) say('sqlite', `SQLITE IS NOT TESTED, in any suite: ${LEFT_OUT}`);
}

function say(engine: string, line: string): void {
  if (!ENGINES?.includes(engine)) it.skip(line);
  else it(line, () => Promise.reject(new Error('It was to be tested: see LIVRET_TEST_ENGINES.')));
}
