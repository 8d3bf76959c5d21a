/** Many people brought up to date in one commit. */
import { hasCode, LivretError } from '../errors.ts';
import { type CollectionSpec, put, type Store, type Versioned } from '../store/store.ts';
import { onlyOne, PEOPLE, type PersonRecord, type StoredPerson, withRecord } from './person.ts';

/** Changes with every commit that changed someone; its version is the directory's revision. */
export const REVISION: CollectionSpec<{ changed: number }> = { name: 'directory', indexes: {} };
export const REVISION_ID = 'revision';

export type Outcome = { change: 'new' | 'changed' | 'unchanged' } | { change: 'refused'; error: LivretError };

export interface UpsertOptions {
  /** ms: the instant at which a move without a start takes effect. Default now. */
  at?: number;
  /** Only say what would change. */
  dryRun?: boolean;
}

/** A person on the way to the commit. */
interface Draft {
  expect: number | 'absent';
  before: StoredPerson | undefined;
  after: StoredPerson | undefined;
}

/** How often a commit is tried again because someone else changed one of the same people meanwhile. */
const ATTEMPTS = 8;

const isMeanwhile = (error: unknown): boolean => hasCode(error, 'collection.conflict', 'collection.duplicate');

const draftOf = ({ version, value }: Versioned<StoredPerson>): Draft => ({
  expect: version,
  before: value,
  after: value,
});

async function readDrafts(store: Store, records: readonly PersonRecord[]): Promise<Map<string, Draft>> {
  const people = store.collection(PEOPLE);
  const identifiers = [...new Set(records.flatMap((record) => record.identifiers))];
  const found = await Promise.all(
    identifiers.map((identifier) => people.find({ index: 'identifiers', equals: [identifier], limit: 1 })),
  );
  const drafts = new Map<string, Draft>();
  const byId = new Map<string, Draft>();
  for (const [person] of found) {
    if (!person || byId.has(person.id)) continue;
    const draft = draftOf(person);
    byId.set(person.id, draft);
    for (const identifier of person.value.identifiers) drafts.set(identifier, draft);
  }
  return drafts;
}

/** Applies one record to the drafts; the next record of the same person goes on from there. */
function apply(drafts: Map<string, Draft>, record: PersonRecord, at: number): Outcome {
  try {
    const known = onlyOne(record.identifiers.flatMap((identifier) => drafts.get(identifier) ?? []));
    const draft: Draft = known ?? { expect: 'absent', before: undefined, after: undefined };
    const earlier = draft.after;
    draft.after = withRecord(earlier, record, at);
    for (const identifier of draft.after.identifiers) drafts.set(identifier, draft);
    if (!earlier) return { change: 'new' };
    return { change: draft.after === earlier ? 'unchanged' : 'changed' };
  } catch (error) {
    if (error instanceof LivretError) return { change: 'refused', error };
    throw error;
  }
}

async function write(store: Store, drafts: Iterable<Draft>, at: number): Promise<void> {
  const changes = [...new Set(drafts)].flatMap(({ expect, before, after }) =>
    after && after !== before ? [put(PEOPLE, after.id, after, { expect })] : [],
  );
  if (changes.length > 0) await store.commit({ changes: [...changes, put(REVISION, REVISION_ID, { changed: at })] });
}

/**
 * Brings people up to date, all in one commit; one outcome a record, in order. A record that is refused
 * (`people.membership`, `people.identity`) leaves the others alone. What someone else changes meanwhile is read again.
 * Rejects `store.unavailable`, and `collection.conflict` when that never ends.
 */
export async function upsertPeople(
  store: Store,
  records: readonly PersonRecord[],
  { at = Date.now(), dryRun = false }: UpsertOptions = {},
): Promise<Outcome[]> {
  for (let attempt = 1; ; attempt++) {
    const drafts = await readDrafts(store, records);
    const outcomes = records.map((record) => apply(drafts, record, at));
    if (dryRun) return outcomes;
    try {
      await write(store, drafts.values(), at);
      return outcomes;
    } catch (error) {
      if (attempt === ATTEMPTS || !isMeanwhile(error)) throw error;
    }
  }
}
