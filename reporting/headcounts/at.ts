/** Which headcount holds on a day. */
import { lastChangeOf, readSuccessions, type Succession } from '../../lrs/directory/index.ts';
import type { Store } from '../../lrs/index.ts';
import { type Headcount, readHeadcounts } from './records.ts';

/** A direction that has become another since, or lost or won a part, is not what was counted. */
const holds = ({ direction, day: counted }: Headcount, day: string, successions: readonly Succession[]): boolean =>
  counted >= (lastChangeOf(successions, direction, day)?.day ?? '');

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
