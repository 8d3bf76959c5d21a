/**
 * What a publication of a metric is cut for and reads from the store before it is committed: who sees names, who was erased,
 * what else of the metric is published. Whatever changes one of these moves the footing; a publication is committed only
 * where it still stands, and looked at anew otherwise (unlessConflict).
 */
import { type CollectionChange, type CollectionSpec, put, type Store } from '../../lrs/index.ts';
import { METRICS } from '../metrics/index.ts';
import type { Metric } from '../metrics/metric.ts';

/** One for each metric, so that those of different metrics do not hold each other up. Its version is what counts. Id: the metric. */
interface FootingRecord {
  /** Milliseconds since 1970. */
  moved: number;
}

const FOOTINGS: CollectionSpec<FootingRecord> = { name: 'reporting.footings', indexes: {} };

/** To be read before anything else of a publication; gives what is to be committed with it. */
export async function footingOf(store: Store, { name }: Metric, now: number): Promise<CollectionChange> {
  const known = await store.collection(FOOTINGS).get(name);
  return put(FOOTINGS, name, { moved: now }, { expect: known?.version ?? 'absent' });
}

/** Moves that of every metric: what is committed with it is known to each publication that is committed later. */
export const moveFootings = (now: number): CollectionChange[] =>
  METRICS.map(({ name }) => put(FOOTINGS, name, { moved: now }));
