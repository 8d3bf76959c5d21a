/** The engines that the suites run over, and how they do. */
import type { Engine } from './engine.ts';
import { findMongo } from './find-mongod.ts';
import { mongodbOn } from './mongodb.ts';
import { sqlite } from './sqlite.ts';

export type { Engine, EngineStore, Place } from './engine.ts';
export { sqlite } from './sqlite.ts';
export { withStore } from './with-store.ts';

/** Which engines to test, such as `sqlite,mongodb`: each that is named has to be there. By default all that can be had. */
const named = process.env.LIVRET_TEST_ENGINES?.toLowerCase().split(',');
// Livret itself, which the tests start, refuses variables that are none of its own.
delete process.env.LIVRET_TEST_ENGINES;

const isWanted = (name: string): boolean => named?.includes(name) ?? true;

/** The server that MongoDB is tested on, or why it is not. */
export const mongo = isWanted('mongodb')
  ? await findMongo(process.env)
  : { missing: 'LIVRET_TEST_ENGINES leaves it out' };

export const engines: readonly Engine[] = [
  ...(isWanted('sqlite') ? [sqlite] : []),
  ...('missing' in mongo ? [] : [mongodbOn(mongo)]),
];

/** A suite that is run once over each engine. */
export function onEachEngine(title: string, suite: (this: Mocha.Suite, engine: Engine) => void): void {
  sayWhatIsMissing();
  for (const engine of engines) {
    describe(`${title} (${engine.name})`, function () {
      suite.call(this, engine);
    });
  }
}

let said = false;

/** One line for a whole engine, among what was skipped; a failure where it was named. */
function sayWhatIsMissing(): void {
  if (said) return;
  said = true;
  if ('missing' in mongo) {
    const line = `MONGODB IS NOT TESTED, in any suite: ${mongo.missing}`;
    if (named?.includes('mongodb')) it(line, () => Promise.reject(new Error(line)));
    else it.skip(line);
  }
  if (!isWanted('sqlite')) it.skip('SQLITE IS NOT TESTED, in any suite: LIVRET_TEST_ENGINES leaves it out');
}
