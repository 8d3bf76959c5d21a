/**
 * Who was erased is forgotten here too (rule 8): where their id stood a random token stands, so that figures keep their
 * people and nobody can tell which one it was.
 */
import { randomBytes } from 'node:crypto';
import type { Directory } from '../../lrs/directory/index.ts';
import { type CollectionSpec, hashKey, type LedgerLine, put, type Store } from '../../lrs/index.ts';
import { moveFootings } from './footing.ts';
import { peopleIn, withoutPeople } from './members.ts';
import { MEMBERS, type MembersRecord, PUBLICATIONS, type PublicationRecord } from './records.ts';
import { unlessConflict } from './retry.ts';

/** Up to where erasures have been looked at. Id: 'done'. */
interface ForgettingRecord {
  /** How many lines the ledger had. A backup that is put back brings the number of its day. */
  lines: number;
}

const FORGETTING: CollectionSpec<ForgettingRecord> = { name: 'reporting.forgetting', indexes: {} };

/** Before every token, which is no id of the directory. */
const TOKEN = 'forgotten:';

type Known = Pick<Directory, 'all' | 'leadsTo'>;

/**
 * Forgets the members who are in the store's ledger of erasures with a line that is newer than the publication (it outlives
 * a backup put back), and those whom the directory has no more. Gives how many publications that changed. A look without
 * news reads the ledger alone.
 */
export async function forgetErased(store: Store, directory: Known, now: number): Promise<number> {
  const lines = await store.ledger.lines();
  const before = await store.collection(FORGETTING).get('done');
  if ((before?.value.lines ?? 0) === lines.length) return 0;
  // Whoever is being published by what was there before the erasures comes too late, and is looked at anew.
  await store.commit({ changes: moveFootings(now) });
  const people = await lookUp(directory, lines);
  let changed = 0;
  for (const { value } of await store.collection(PUBLICATIONS).find()) {
    if (await unlessConflict(() => forgetIn(store, directory, value, people))) changed++;
  }
  await store.commit({ changes: [put(FORGETTING, 'done', { lines: lines.length })] });
  return changed;
}

/** When (ms) whoever has these agent keys was erased last; undefined where they were not. */
export function erasedAt(lines: readonly LedgerLine[]): (identifiers: readonly string[]) => number | undefined {
  const when = new Map(lines.flatMap((line) => line.agents.map((hash) => [hash, Date.parse(line.when)] as const)));
  const salts = [...new Set(lines.map(({ salt }) => salt))];
  return (identifiers) => {
    const times = identifiers.flatMap((key) => salts.flatMap((salt) => when.get(hashKey(salt, key)) ?? []));
    return times.length > 0 ? Math.max(...times) : undefined;
  };
}

/** Whether an erasure (ms), if there was one, is of what was there at `since` (ms): in the same millisecond, it is. */
export const isErasedSince = (erased: number | undefined, since: number): boolean =>
  erased !== undefined && erased >= since;

/** Everybody of the directory, with when they were erased (ms), if they were. */
async function lookUp(directory: Known, lines: readonly LedgerLine[]): Promise<Map<string, number | undefined>> {
  const erased = erasedAt(lines);
  const people = new Map<string, number | undefined>();
  for await (const { id, identifiers } of directory.all()) people.set(id, erased(identifiers));
  return people;
}

async function forgetIn(
  store: Store,
  directory: Known,
  { metric, period, horizons }: PublicationRecord,
  people: ReadonlyMap<string, number | undefined>,
): Promise<boolean> {
  const parts = await store.collection(MEMBERS).find({ index: 'publication', equals: [metric, period] });
  const members = new Set(parts.flatMap(({ value }) => peopleIn(value)));
  const first = horizons[0]?.firstAsOf ?? horizons[0]?.asOf ?? Number.POSITIVE_INFINITY;
  const tokens = new Map<string, string>();
  for (const person of members) {
    const gone = !person.startsWith(TOKEN) && !people.has(person) && (await directory.leadsTo(person)) === undefined;
    if (gone || isErasedSince(people.get(person), first)) {
      tokens.set(person, `${TOKEN}${randomBytes(16).toString('hex')}`);
    }
  }
  if (tokens.size === 0) return false;
  const changes = parts.flatMap(({ id, version, value }) => {
    const without: MembersRecord | undefined = withoutPeople(value, (person) => tokens.get(person));
    return without ? [put(MEMBERS, id, without, { expect: version })] : [];
  });
  await store.commit({ changes });
  return true;
}
