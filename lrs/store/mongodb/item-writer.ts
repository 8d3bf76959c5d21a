/** Documents of collections and their keys, written inside a transaction. */
import { type AnyBulkWriteOperation, type ClientSession, MongoBulkWriteError } from 'mongodb';
import { LivretError } from '../../errors.ts';
import { keysOf } from '../index-key.ts';
import type { CollectionChange, CollectionSpec } from '../store.ts';
import { itemKey } from './encoding.ts';
import type { Collections, ItemKeyRow, ItemRow } from './schema.ts';

type Spec = CollectionSpec<object>;

/** Tells whether an item's keys were made for the indexes that a spec declares now. */
export const indexesOf = ({ indexes }: Spec): string => JSON.stringify(indexes);

/** An item's row. `value` is what JSON makes of it: what is undefined is not there. */
function itemRow(spec: Spec, id: string, value: object, version: number, blobs: readonly string[]): ItemRow {
  return {
    _id: itemKey(spec.name, id),
    collection: spec.name,
    id,
    version,
    value: JSON.stringify(value),
    ...(blobs.length > 0 && { blobs: [...new Set(blobs)] }),
    indexed: indexesOf(spec),
  };
}

/** The keys of an item in every index of its collection; the same key once. */
export function keyRows(spec: Spec, item: ItemRow): ItemKeyRow[] {
  const value = JSON.parse(item.value) as Record<string, unknown>;
  return Object.entries(spec.indexes).flatMap(([index, { fields, unique = false }]) => {
    // Keys of missing fields are free.
    const claims = unique && fields.every((field) => value[field] !== undefined && value[field] !== null);
    const keys = new Set(keysOf(spec, index, value).map((key) => key.toString('latin1')));
    return [...keys].map((key) => ({
      item: item._id,
      collection: spec.name,
      index,
      key,
      id: item.id,
      unique: claims,
    }));
  });
}

/**
 * Carries changes out. Throws collection.conflict; a unique key that somebody else holds is a duplicate key of the
 * driver's (see duplicateOf). The transaction is to be given up then.
 */
export async function writeItems(
  { items, itemKeys }: Collections,
  changes: readonly CollectionChange[],
  nextVersion: () => number,
  session: ClientSession,
): Promise<void> {
  const keys = changes.map(({ collection, id }) => itemKey(collection.name, id));
  const found = await items.find({ _id: { $in: keys } }, { session, projection: { version: 1 } }).toArray();
  checkExpected(changes, new Map(found.map(({ _id, version }) => [_id, version])));

  const last = new Map(changes.map((change) => [itemKey(change.collection.name, change.id), change]));
  const operations: AnyBulkWriteOperation<ItemRow>[] = [];
  const made: ItemKeyRow[] = [];
  for (const [key, { collection, id, value, blobs = [] }] of last) {
    if (value === undefined) operations.push({ deleteOne: { filter: { _id: key } } });
    else {
      const row = itemRow(collection, id, value, nextVersion(), blobs);
      operations.push({ replaceOne: { filter: { _id: key }, replacement: row, upsert: true } });
      made.push(...keyRows(collection, row));
    }
  }
  await items.bulkWrite(operations, { session });
  // All that are given up before any is taken: a unique value may be handed over within one commit.
  if (found.length > 0) await itemKeys.deleteMany({ item: { $in: found.map(({ _id }) => _id) } }, { session });
  if (made.length > 0) await itemKeys.insertMany(made, { session });
}

function checkExpected(changes: readonly CollectionChange[], versions: ReadonlyMap<string, number>): void {
  for (const { collection, id, expect } of changes) {
    const version = versions.get(itemKey(collection.name, id));
    if (expect === 'absent' ? version !== undefined : expect !== undefined && version !== expect) {
      throw new LivretError('collection.conflict', { detail: `${collection.name}: ${id}` });
    }
  }
}

/** The refusal that a duplicate key of item_keys stands for; undefined for any other error. */
export function duplicateOf(error: unknown, changes: readonly CollectionChange[]): LivretError | undefined {
  if (!(error instanceof MongoBulkWriteError)) return undefined;
  const { writeErrors } = error;
  const refused = [writeErrors].flat()[0]?.err.op as Partial<ItemKeyRow> | undefined;
  const spec = changes.find(({ collection }) => collection.name === refused?.collection)?.collection;
  if (refused?.index === undefined || spec === undefined) return undefined;
  const fields = spec.indexes[refused.index]?.fields ?? [];
  return new LivretError('collection.duplicate', { detail: `${spec.name}: ${fields.join(', ')}` });
}
