/** Publications as cells are made of them. */
import { LRUCache } from 'lru-cache';
import type { Store } from '../../lrs/index.ts';
import type { Metric } from '../metrics/metric.ts';
import { atomsIn, type KeptAtom } from './atom-parts.ts';
import type { AtomSums, Publication } from './cells.ts';
import type { Publisher } from './publisher.ts';
import { ATOMS, type HorizonRecord, type PublicationRecord } from './records.ts';

/** Publications in memory: some ten thousand atoms each at most. */
const KEPT = 8;

const kept = new WeakMap<Store, LRUCache<string, readonly KeptAtom[]>>();

/** The atoms of what is published, up to the horizon of that name, or the latest one; undefined where there is none. */
export async function readPublication(
  { store }: Pick<Publisher, 'store'>,
  metric: Metric,
  record: PublicationRecord,
  through?: string,
): Promise<Publication | undefined> {
  const horizon = horizonOf(record, through);
  if (!horizon) return undefined;
  const atoms: AtomSums[] = [];
  // In order of their versions: the last one counts.
  for (const { number, leaves, sums } of await atomsOf(store, metric, record)) {
    const own = sums[horizon.through];
    if (own) atoms[number] = { leaves, sums: own };
  }
  return { record, horizon, atoms };
}

/** Pages ask for the same one again and again, and it hardly ever changes. */
async function atomsOf(store: Store, { name }: Metric, { period, revision }: PublicationRecord) {
  const memory = kept.get(store) ?? new LRUCache<string, readonly KeptAtom[]>({ max: KEPT });
  kept.set(store, memory);
  const key = JSON.stringify([name, period, revision]);
  const known = memory.get(key);
  if (known) return known;
  const found = await store.collection(ATOMS).find({ index: 'publication', equals: [name, period] });
  const atoms = found.flatMap(({ value }) => atomsIn(value));
  memory.set(key, atoms);
  return atoms;
}

export const horizonOf = ({ horizons }: PublicationRecord, through?: string): HorizonRecord | undefined =>
  through === undefined ? horizons.at(-1) : horizons.find((each) => each.through === through);
