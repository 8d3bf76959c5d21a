/** The small part of every publication: what pages list, and by what they know that what they have in memory still stands. */
import { type CollectionChange, put, type Store } from '../../lrs/index.ts';
import { HEADS, type HeadRecord, type Name, PUBLICATIONS, type PublicationRecord } from './records.ts';
import { unlessConflict } from './retry.ts';

export const publicationId = ({ metric, period }: Name): string => `${metric}:${period}`;

const headOf = ({ metric, period, start, state, revision, asOf }: PublicationRecord): HeadRecord => {
  return { metric, period, start, state, revision, asOf };
};

/** A record with its head: the one way to write either. `expect`: the version of the record that was read. */
export function putPublication(record: PublicationRecord, expect: number | 'absent'): CollectionChange[] {
  const id = publicationId(record);
  return [put(PUBLICATIONS, id, record, { expect }), put(HEADS, id, headOf(record))];
}

/** Of everything that was ever looked at, or of one metric; the newest period first. */
export async function readHeads(store: Store, metric?: string): Promise<HeadRecord[]> {
  // The ids of a metric: ';' comes after ':'.
  const range = metric === undefined ? {} : { from: `${metric}:`, to: `${metric};` };
  const found = await store.collection(HEADS).find(range);
  return found.map(({ value }) => value).sort((a, b) => b.start - a.start);
}

/** By which it is known whether anything was published since: id and version of each. */
export async function readHeadVersions(store: Store): Promise<[id: string, version: number][]> {
  return (await store.collection(HEADS).find()).map(({ id, version }) => [id, version]);
}

/** Gives a head to what was published by a program that had none; gives how many that were. To be called before reading. */
export async function completeHeads(store: Store): Promise<number> {
  const [records, heads] = await Promise.all([store.collection(PUBLICATIONS).count(), store.collection(HEADS).count()]);
  if (records === heads) return 0;
  let added = 0;
  for (const { id } of await store.collection(PUBLICATIONS).find()) {
    added += await unlessConflict(async () => {
      const known = await store.collection(PUBLICATIONS).get(id);
      if (!known || (await store.collection(HEADS).get(id))) return 0;
      await store.commit({ changes: putPublication(known.value, known.version) });
      return 1;
    });
  }
  return added;
}
