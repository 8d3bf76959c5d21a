/** Publications as cells are made of them. */
import type { Metric } from '../metrics/metric.ts';
import { atomsIn } from './atom-parts.ts';
import type { AtomSums, Publication } from './cells.ts';
import type { Publisher } from './publisher.ts';
import { ATOMS, type HorizonRecord, type PublicationRecord } from './records.ts';

/** The atoms of what is published, up to the horizon of that name, or the latest one; undefined where there is none. */
export async function readPublication(
  { store }: Pick<Publisher, 'store'>,
  metric: Metric,
  record: PublicationRecord,
  through?: string,
): Promise<Publication | undefined> {
  const horizon = horizonOf(record, through);
  if (!horizon) return undefined;
  const found = await store.collection(ATOMS).find({ index: 'publication', equals: [metric.name, record.period] });
  const atoms: AtomSums[] = [];
  // In order of their versions: the last one counts.
  for (const { number, leaves, sums } of found.flatMap(({ value }) => atomsIn(value))) {
    const own = sums[horizon.through];
    if (own) atoms[number] = { leaves, sums: own };
  }
  return { record, horizon, atoms };
}

export const horizonOf = ({ horizons }: PublicationRecord, through?: string): HorizonRecord | undefined =>
  through === undefined ? horizons.at(-1) : horizons.find((each) => each.through === through);
