/** Leavers: who is no longer on a list that is said to be complete. Closed, never deleted. */
import { everyone } from './known-people.ts';
import { holdsAt } from './membership.ts';
import { changed, PEOPLE, type Person, personOf, placeOf } from './person.ts';
import { type Act, commitDrafts, draftOf, type Ground, untilCommitted } from './write.ts';

export interface Leavers {
  /** Ids of those who belong somewhere and are not on the list. */
  ids: string[];
  /** How many belong somewhere and could have been on it. */
  of: number;
}

/** See Directory.leavers. */
export async function findLeavers(
  { store }: Ground,
  { within, isListed }: { within: (identifier: string) => boolean; isListed: (identifier: string) => boolean },
  at: number,
): Promise<Leavers> {
  const leavers: Leavers = { ids: [], of: 0 };
  for await (const { id, value } of everyone(store)) {
    if (!value.identifiers.some(within) || placeOf(value, at) === undefined) continue;
    leavers.of += 1;
    if (!value.identifiers.some(isListed)) leavers.ids.push(id);
  }
  return leavers;
}

/** People a commit. */
const BATCH = 500;

/** See Directory.close. */
export async function closePeople(ground: Ground, ids: readonly string[], act: Act): Promise<number> {
  let closed = 0;
  for (let i = 0; i < ids.length; i += BATCH) closed += await closeBatch(ground, ids.slice(i, i + BATCH), act);
  return closed;
}

async function closeBatch(ground: Ground, ids: readonly string[], act: Act): Promise<number> {
  const people = ground.store.collection(PEOPLE);
  return untilCommitted(async () => {
    const found = (await Promise.all(ids.map((id) => people.get(id)))).flatMap((each) => each ?? []);
    const drafts = found.map((each) => {
      const after = changed(each.value, left(personOf(each.value), act.at), act.at);
      return { ...draftOf(each), after };
    });
    await commitDrafts(ground, drafts, act);
    return drafts.filter(({ before, after }) => before !== after).length;
  });
}

/** Somebody who came at this very millisecond stays. */
const left = (person: Person, at: number): Person => ({
  ...person,
  memberships: person.memberships.map((each) => (holdsAt(each, at) && each.from !== at ? { ...each, to: at } : each)),
});
