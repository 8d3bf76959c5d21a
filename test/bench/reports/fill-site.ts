/** A process of its own, for what it takes of memory: fills a site, and prints how long that took. */
import { givenOptions } from '../prepared.ts';
import { fillModel, fillStore, withStore } from './site.ts';

const { folder, people, end } = givenOptions<{ folder: string; people: number; end: number }>();

const filled = await withStore(folder, async (store) => {
  await fillStore(store, people, end);
  return fillModel(store, folder, people, end);
});
process.stdout.write(`${JSON.stringify(filled)}\n`);
