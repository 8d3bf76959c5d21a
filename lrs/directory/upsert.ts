/** Many people brought up to date in one commit. */
import { hasCode, LivretError } from '../errors.ts';
import { type Change, changesBetween } from './history.ts';
import { KnownPeople } from './known-people.ts';
import { onlyOne, type PersonRecord, withRecord } from './person.ts';
import { type Act, commitDrafts, type Draft, draftOf, type Ground, newDraft, untilCommitted } from './write.ts';

export type Outcome =
  | { change: 'new' | 'changed' | 'unchanged'; person: string; changes: Change[] }
  | { change: 'refused'; error: LivretError };

export interface UpsertOptions {
  /** ms: the instant at which a move without a start takes effect. Default now. */
  at?: number;
  /** Who tells it, for the history (see HistoryEntry). Default 'console'. */
  by?: string;
  /** Only say what would change. */
  dryRun?: boolean;
  /** Of one import, so that people are not asked for one by one. */
  known?: KnownPeople;
}

type Drafts = Map<string, Draft>;

async function readDrafts(known: KnownPeople, identifiers: readonly string[]): Promise<Drafts> {
  const drafts: Drafts = new Map();
  for (const person of await known.find(identifiers)) {
    const draft = draftOf(person);
    for (const identifier of person.value.identifiers) drafts.set(identifier, draft);
  }
  return drafts;
}

/** Applies one record to the drafts; the next record of the same person goes on from there. */
function apply(drafts: Drafts, record: PersonRecord, at: number): Outcome {
  try {
    const known = onlyOne(record.identifiers.flatMap((identifier) => drafts.get(identifier) ?? []));
    const draft = known ?? newDraft();
    const earlier = draft.after;
    const after = withRecord(earlier, record, at);
    draft.after = after;
    for (const identifier of after.identifiers) drafts.set(identifier, draft);
    const changes = after === earlier ? [] : changesBetween(earlier, after, at);
    const change = earlier === undefined ? 'new' : after === earlier ? 'unchanged' : 'changed';
    return { change, person: after.id, changes };
  } catch (error) {
    if (error instanceof LivretError) return { change: 'refused', error };
    throw error;
  }
}

/**
 * Brings people up to date, all in one commit; one outcome a record, in order. A record that is refused
 * (`people.membership`, `people.identity`) leaves the others alone. What someone else changes meanwhile is read again.
 * Rejects `store.unavailable`, and `collection.conflict` when that never ends.
 */
export async function upsertPeople(
  ground: Ground,
  records: readonly PersonRecord[],
  { at = Date.now(), by = 'console', dryRun = false, known = new KnownPeople(ground.store) }: UpsertOptions = {},
): Promise<Outcome[]> {
  const act: Act = { at, by };
  const identifiers = [...new Set(records.flatMap((record) => record.identifiers))];
  return untilCommitted(async () => {
    const drafts = await readDrafts(known, identifiers);
    const outcomes = records.map((record) => apply(drafts, record, at));
    if (dryRun) return outcomes;
    try {
      await commitDrafts(ground, drafts.values(), act);
    } catch (error) {
      if (hasCode(error, 'collection.conflict', 'collection.duplicate')) known.forget(identifiers);
      throw error;
    }
    known.forget(
      [...new Set(drafts.values())].flatMap(({ before, after }) =>
        after !== before && after ? after.identifiers : [],
      ),
    );
    return outcomes;
  });
}
