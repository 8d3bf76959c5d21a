/** Leavers: who is no longer on a list that is said to be complete. Closed, never deleted. */
import { everyone } from './known-people.ts';
import { holdsAt } from './membership.ts';
import { changed, PEOPLE, type Person, personOf, placeOf } from './person.ts';
import { type Act, commitDrafts, draftOf, type Ground, untilCommitted } from './write.ts';

export interface Leavers {
  /** Those who belong somewhere and are not on the list: the groups they are of. */
  people: { id: string; groups: string[] }[];
  /** How many of each group belong somewhere and could have been on it. */
  of: Map<string, number>;
}

/** A list that is said to be complete. */
export interface CompleteList {
  /** The group an identifier is of, such as its provider; undefined where nobody of it could be on the list. */
  groupOf(identifier: string): string | undefined;
  isListed(identifier: string): boolean;
}

/** See Directory.leavers. */
export async function findLeavers({ store }: Ground, list: CompleteList, at: number): Promise<Leavers> {
  const leavers: Leavers = { people: [], of: new Map() };
  for await (const { id, value } of everyone(store)) {
    const groups = [...new Set(value.identifiers.flatMap((each) => list.groupOf(each) ?? []))];
    if (groups.length === 0 || placeOf(value, at) === undefined) continue;
    for (const group of groups) leavers.of.set(group, (leavers.of.get(group) ?? 0) + 1);
    if (!value.identifiers.some((each) => list.isListed(each))) leavers.people.push({ id, groups });
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
