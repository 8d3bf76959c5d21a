/** Collections: reading them by their keys, and making the keys that a spec newly declares. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Filter } from 'mongodb';
import { afterPrefix, indexKey } from '../index-key.ts';
import type { CollectionQuery, CollectionSpec, Versioned } from '../store.ts';
import type { Connection } from './connection.ts';
import { itemKey } from './encoding.ts';
import { indexesOf, keyRows } from './item-writer.ts';
import type { ItemKeyRow, ItemRow } from './schema.ts';

type Spec = CollectionSpec<object>;

/** Items whose keys are made anew in one transaction. */
const AT_ONCE = 200;

export class Items {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async get(spec: Spec, id: string): Promise<Versioned<object> | undefined> {
    const { items } = this.#connection.collections;
    const row = await this.#connection.run((session) => items.findOne({ _id: itemKey(spec.name, id) }, { session }));
    return row ? versioned(row) : undefined;
  }

  async find(spec: Spec, query: CollectionQuery): Promise<Versioned<object>[]> {
    const { items, itemKeys } = this.#connection.collections;
    const direction = query.descending ? -1 : 1;
    return this.#connection.run(async (session) => {
      if (query.index === undefined) {
        const rows = items.find(idRange(spec, query), { session }).sort({ _id: direction });
        return (await (query.limit === undefined ? rows : rows.limit(query.limit)).toArray()).map(versioned);
      }
      const order = { collection: direction, index: direction, key: direction, id: direction } as const;
      const found = itemKeys.find(keyRange(spec, query), { session, projection: { item: 1 } }).sort(order);
      const keys = await (query.limit === undefined ? found : found.limit(query.limit)).toArray();
      const rows = await items
        .find({ _id: { $in: [...new Set(keys.map(({ item }) => item))] } }, { session })
        .toArray();
      const byKey = new Map(rows.map((row) => [row._id, row]));
      // Gone since its key was read: as if it had been before.
      return keys.flatMap(({ item }) => byKey.get(item) ?? []).map(versioned);
    });
  }

  async count(spec: Spec, query: CollectionQuery): Promise<number> {
    const { items, itemKeys } = this.#connection.collections;
    const limit = query.limit === undefined ? {} : { limit: query.limit };
    return this.#connection.run((session) =>
      query.index === undefined
        ? items.countDocuments(idRange(spec, query), { session, ...limit })
        : itemKeys.countDocuments(keyRange(spec, query), { session, ...limit }),
    );
  }

  /** Makes the keys of items that were written for other indexes: by an older program, or a newer one. */
  async open(spec: Spec): Promise<void> {
    const { items } = this.#connection.collections;
    const outdated = { collection: spec.name, indexed: { $ne: indexesOf(spec) } };
    for (;;) {
      const rows = await this.#connection.run((session) => items.find(outdated, { session }).limit(AT_ONCE).toArray());
      if (rows.length === 0) return;
      // Somebody else opens it too, or writes to it: what they have done need not be done again.
      if (!(await this.#remake(spec, rows))) await wait(10);
    }
  }

  async #remake(spec: Spec, rows: readonly ItemRow[]): Promise<boolean> {
    const { items, itemKeys } = this.#connection.collections;
    const keys = rows.flatMap((row) => keyRows(spec, row));
    return this.#connection.run(async (session) => {
      session.startTransaction();
      try {
        for (const { _id, version } of rows) {
          const { matchedCount } = await items.updateOne(
            { _id, version },
            { $set: { indexed: indexesOf(spec) } },
            { session },
          );
          if (matchedCount === 0) throw new Retry();
        }
        await itemKeys.deleteMany({ item: { $in: rows.map(({ _id }) => _id) } }, { session });
        if (keys.length > 0) await itemKeys.insertMany(keys, { session });
        await session.commitTransaction();
        return true;
      } catch (error) {
        if (session.inTransaction()) await session.abortTransaction();
        if (error instanceof Retry || (error as { errorLabels?: string[] }).errorLabels !== undefined) return false;
        throw error;
      }
    });
  }
}

class Retry extends Error {}

const versioned = ({ id, value, version }: ItemRow): Versioned<object> => ({
  id,
  value: JSON.parse(value) as object,
  version,
});

/** Ids of the collection from `from` (included) to `to` (excluded). */
function idRange({ name }: Spec, { from, to }: CollectionQuery): Filter<ItemRow> {
  const end = to === undefined ? `${name}\u0001` : itemKey(name, String(to));
  return { _id: { $gte: itemKey(name, String(from ?? '')), $lt: end } };
}

function keyRange({ name }: Spec, { index = '', equals = [], from, to }: CollectionQuery): Filter<ItemKeyRow> {
  const prefix = indexKey(equals);
  const low = from === undefined ? prefix : Buffer.concat([prefix, indexKey([from])]);
  const high = to === undefined ? afterPrefix(prefix) : Buffer.concat([prefix, indexKey([to])]);
  return { collection: name, index, key: { $gte: low.toString('latin1'), $lt: high.toString('latin1') } };
}
