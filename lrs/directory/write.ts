/** Changed people, the units they now need and what is noted of it, in one commit. */
import { hasCode } from '../errors.ts';
import { type CollectionChange, put, type Store, type Versioned } from '../store/store.ts';
import { type Change, changesBetween, noted } from './history.ts';
import { PEOPLE, type StoredPerson } from './person.ts';
import { REVISION, REVISION_ID } from './revision.ts';
import { newUnits, type Trees } from './trees.ts';

/** What every change of the directory works on. */
export interface Ground {
  store: Store;
  trees: Trees;
}

/** By whom (see HistoryEntry), and when (ms). */
export interface Act {
  by: string;
  at: number;
}

/** A person on the way to the commit. */
export interface Draft {
  expect: number | 'absent';
  before: StoredPerson | undefined;
  after: StoredPerson | undefined;
  /** What is noted instead of what the two differ in. */
  changes?: Change[];
}

export const draftOf = ({ version, value }: Versioned<StoredPerson>): Draft => ({
  expect: version,
  before: value,
  after: value,
});

export const newDraft = (): Draft => ({ expect: 'absent', before: undefined, after: undefined });

/**
 * Commits what has changed; nothing where nothing has. Rejects `collection.conflict` and `collection.duplicate` where
 * somebody else has changed one of these people, or the tree, since it was read.
 */
export async function commitDrafts(
  { store, trees }: Ground,
  drafts: Iterable<Draft>,
  act: Act,
  more: readonly CollectionChange[] = [],
): Promise<void> {
  const altered = [...new Set(drafts)].filter(({ before, after }) => after !== before);
  const changes = altered.flatMap((draft) => changesOf(draft, act));
  if (changes.length + more.length === 0) return;
  const places = altered.flatMap(({ before, after }) =>
    (after?.memberships ?? []).filter((place) => !before?.memberships.includes(place)),
  );
  const units = places.length > 0 ? newUnits(await trees.read(), places) : [];
  await store.commit({
    changes: [...changes, ...units, ...more, put(REVISION, REVISION_ID, { changed: act.at })],
  });
}

function changesOf({ expect, before, after, changes }: Draft, { by, at }: Act): CollectionChange[] {
  if (!after) return [];
  const what = changes ?? changesBetween(before, after, at);
  const person = put(PEOPLE, after.id, after, { expect });
  return what.length > 0 ? [person, noted({ person: after.id, at, by, changes: what })] : [person];
}

/** How often a commit is tried again because someone else changed one of the same people meanwhile. */
const ATTEMPTS = 8;

/** Does what reads and commits, again where somebody else was quicker. */
export async function untilCommitted<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !hasCode(error, 'collection.conflict', 'collection.duplicate')) throw error;
    }
  }
}
