/** Documents of collections, and their keys. */
import type { Finding } from '../../dump.ts';
import type { CollectionSpec } from '../../store.ts';
import type { Connection } from '../connection.ts';
import { keyRows } from '../item-writer.ts';
import type { ItemKeyRow, ItemRow } from '../schema.ts';

/** What is wrong with some items, by key. */
export async function checkItems(connection: Connection, rows: readonly ItemRow[]): Promise<Map<string, Finding[]>> {
  const { itemKeys } = connection.collections;
  const keys = await connection.run((session) =>
    itemKeys.find({ item: { $in: rows.map(({ _id }) => _id) } }, { session }).toArray(),
  );
  const findings = new Map<string, Finding[]>();
  for (const row of rows) {
    const wrong = problemsOf(
      row,
      keys.filter(({ item }) => item === row._id),
    );
    const told = wrong.map((problem): Finding => ({ kind: 'item', where: `${row.collection} ${row.id}`, problem }));
    if (told.length > 0) findings.set(row._id, told);
  }
  return findings;
}

/** Keys of items that are not there. */
export async function checkLostKeys(connection: Connection): Promise<Finding[]> {
  const { itemKeys, items } = connection.collections;
  const lost = await connection.run((session) =>
    itemKeys
      .aggregate<ItemKeyRow>(
        [
          { $lookup: { from: items.collectionName, localField: 'item', foreignField: '_id', as: 'found' } },
          { $match: { found: [] } },
        ],
        { session },
      )
      .toArray(),
  );
  return lost.map(({ collection, id, index }) => ({
    kind: 'item',
    where: `${collection} ${id}`,
    problem: `It is gone, and found by the index ${index}.`,
  }));
}

const nameOf = ({ index, key }: Pick<ItemKeyRow, 'index' | 'key'>): string => `${index}\0${key}`;

function problemsOf(row: ItemRow, keys: readonly ItemKeyRow[]): string[] {
  // Not opened since it came with a dump: it has no keys yet.
  if (row.indexed === '') return [];
  if (!isObject(row.value)) return ['Its value cannot be read.'];
  const spec: CollectionSpec<object> = { name: row.collection, indexes: JSON.parse(row.indexed) };
  const wanted = keyRows(spec, row);
  const [has, should] = [new Set(keys.map(nameOf)), new Set(wanted.map(nameOf))];
  return [
    ...wanted.filter((key) => !has.has(nameOf(key))).map(({ index }) => `It is not found by its index ${index}.`),
    ...keys
      .filter((key) => !should.has(nameOf(key)))
      .map(({ index }) => `It is found by a key that it does not have, in the index ${index}.`),
  ];
}

export function isObject(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
