/** Which headcount holds on a day. */
import { addDays, lastChangeOf, readSuccessions, type Succession } from '../../lrs/directory/index.ts';
import type { Store } from '../../lrs/index.ts';
import { HEADCOUNTS, type Headcount, readHeadcounts } from './records.ts';

/** A direction that has become another since, or lost or won a part, is not what was counted. */
const holds = ({ direction, day: counted }: Headcount, day: string, successions: readonly Succession[]): boolean =>
  counted >= (lastChangeOf(successions, direction, day)?.day ?? '');

/** The last headcount of a direction at or before a civil day; undefined where there is none that holds. */
export async function headcountAt(store: Store, direction: string, day: string): Promise<Headcount | undefined> {
  const [last] = await store
    .collection(HEADCOUNTS)
    .find({ index: 'direction', equals: [direction], to: addDays(day, 1), descending: true, limit: 1 });
  return last && holds(last.value, day, await readSuccessions(store)) ? last.value : undefined;
}

/**
 * People by direction on a civil day, of the directions that have a headcount: for those that have none, the directory's
 * own count is all there is.
 */
export async function importedHeadcounts(store: Store, day: string): Promise<Map<string, number>> {
  const successions = await readSuccessions(store);
  const last = new Map<string, Headcount>();
  for (const headcount of await readHeadcounts(store)) {
    if (headcount.day <= day) last.set(headcount.direction, headcount);
  }
  const holding = [...last.values()].filter((headcount) => holds(headcount, day, successions));
  return new Map(holding.map(({ direction, people }) => [direction, people]));
}
