/** Merging people, and undoing it. What was merged away is kept whole. */
import { randomUUID } from 'node:crypto';
import { LivretError } from '../errors.ts';
import { type CollectionSpec, put, type Versioned } from '../store/store.ts';
import { requirePerson } from './edit.ts';
import { mergePeople, type Taken, unmergePeople } from './merge.ts';
import { mergedAway, PEOPLE, type Person, personOf, type StoredPerson, settled, stored } from './person.ts';
import { type Act, commitDrafts, draftOf, type Ground, untilCommitted } from './write.ts';

interface StoredMerge {
  /** Ids of who stays and of who was merged away. */
  into: string;
  from: string;
  /** ms since 1970 */
  at: number;
  by: string;
  /** Who was merged away, as they were. */
  was: Person;
  taken: Taken;
  undone?: Act;
}

export interface Merge extends Omit<StoredMerge, 'taken'> {
  id: string;
}

export const MERGES: CollectionSpec<StoredMerge> = {
  name: 'people-merges',
  indexes: { into: { fields: ['into', 'at'] } },
};

const shown = ({ id, value: { taken: _taken, ...merge } }: Versioned<StoredMerge>): Merge => ({ id, ...merge });

/** See Directory.merge. */
export async function merge(ground: Ground, into: string, from: string, act: Act): Promise<Merge> {
  if (into === from) throw new LivretError('people.merge', { detail: 'It is one person already.' });
  return untilCommitted(async () => {
    const [stays, goes] = await Promise.all([requirePerson(ground, into), requirePerson(ground, from)]);
    // Who has left has no role to bring along, nor gets one back by who comes.
    const was = settled(personOf(goes.value), act.at);
    const { after, taken } = mergePeople(settled(personOf(stays.value), act.at), was, act.at);
    const value: StoredMerge = { into, from, at: act.at, by: act.by, was, taken };
    const id = randomUUID();
    const drafts = [
      { ...draftOf(stays), after: stored(after), changes: [{ what: 'merged', other: from } as const] },
      { ...draftOf(goes), after: mergedAway(from, into), changes: [{ what: 'mergedInto', other: into } as const] },
    ];
    await commitDrafts(ground, drafts, act, [put(MERGES, id, value, { expect: 'absent' })]);
    return shown({ id, value, version: 0 });
  });
}

/** See Directory.unmerge. */
export async function unmerge(ground: Ground, wanted: Pick<Merge, 'id' | 'into'>, act: Act): Promise<Merge> {
  return untilCommitted(async () => {
    const record = await ground.store.collection(MERGES).get(wanted.id);
    if (record?.value.into !== wanted.into)
      throw new LivretError('people.unmerge', { detail: 'There is no such merge.' });
    const { into, from, was, taken, undone } = record.value;
    if (undone) throw new LivretError('people.unmerge', { detail: 'It was undone already.' });
    const [stays, gone] = await Promise.all([requireStays(ground, into), ground.store.collection(PEOPLE).get(from)]);
    if (gone?.value.mergedInto !== into) throw new LivretError('people.unmerge', { detail: 'Its trace is gone.' });
    const apart = unmergePeople(personOf(stays.value), was, taken, act.at);
    const drafts = [
      { ...draftOf(stays), after: stored(apart.into), changes: [{ what: 'unmerged', other: from } as const] },
      { ...draftOf(gone), after: stored(apart.from), changes: [{ what: 'unmergedFrom', other: into } as const] },
    ];
    const value: StoredMerge = { ...record.value, undone: { by: act.by, at: act.at } };
    await commitDrafts(ground, drafts, act, [put(MERGES, record.id, value, { expect: record.version })]);
    return shown({ ...record, value });
  });
}

async function requireStays(ground: Ground, id: string): Promise<Versioned<StoredPerson>> {
  try {
    return await requirePerson(ground, id);
  } catch (error) {
    if (!(error instanceof LivretError)) throw error;
    const detail = 'The person it was merged into was itself merged into another one since: undo that first.';
    throw error.code === 'people.merged' ? new LivretError('people.unmerge', { detail }) : error;
  }
}

/** Merges into a person, those undone included, newest first. */
export async function mergesInto({ store }: Ground, id: string, limit: number): Promise<Merge[]> {
  const query = { index: 'into', equals: [id], descending: true, limit };
  return (await store.collection(MERGES).find(query)).map(shown);
}

/** The id under which a person is now: another one where they were merged; undefined where there is none. */
export async function leadsTo(ground: Ground, id: string): Promise<string | undefined> {
  const found = await ground.store.collection(PEOPLE).get(id);
  if (!found) return undefined;
  return found.value.mergedInto === undefined ? id : leadsTo(ground, found.value.mergedInto);
}
