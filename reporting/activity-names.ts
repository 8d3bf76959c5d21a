/** Names of parcours and modules, which figures have by their IRIs. */
import { LRUCache } from 'lru-cache';
import type { Store } from '../lrs/index.ts';
import type { NameOf } from './privacy/index.ts';

/** By language tag. */
type Names = Readonly<Record<string, string>>;

/** Names in memory, of a store, and for how long (ms): a page asks for the same ones for each of its answers. */
const KEPT = { max: 20_000, ttl: 10_000 };

const NONE: Names = {};

const memories = new WeakMap<Store['activities'], LRUCache<string, Names>>();

/**
 * The names that statements gave them, in the language that is asked for before any other; an IRI without one names itself.
 * A new name shows some seconds later.
 */
export async function activityNames(
  { activities }: Pick<Store, 'activities'>,
  iris: Iterable<string>,
): Promise<NameOf> {
  const memory = memories.get(activities) ?? new LRUCache<string, Names>(KEPT);
  memories.set(activities, memory);
  const read = async (iri: string): Promise<[string, Names]> => {
    const names = memory.get(iri) ?? (await activities.definition(iri))?.name ?? NONE;
    if (!memory.has(iri)) memory.set(iri, names);
    return [iri, names];
  };
  const names = new Map(await Promise.all([...new Set(iris)].map(read)));
  return (iri, lang) => {
    const known = Object.entries(names.get(iri) ?? NONE);
    const [, name] = known.find(([tag]) => tag.split('-')[0] === lang) ?? known[0] ?? [];
    return name || iri;
  };
}
