/** Documents of collections, their keys and their blobs. */
import type { Checked } from '../../dump.ts';
import { keysOf } from '../../index-key.ts';
import { fromUtf8 } from '../encoding.ts';
import type { Database } from '../schema.ts';
import { isObject } from './documents.ts';
import { type Check, found } from './finding.ts';

interface ItemRow {
  collection: string;
  id: Uint8Array;
  value: Uint8Array;
}

interface Index {
  name: string;
  fields: string[];
}

interface KeyRow {
  collection: string;
  name: string;
  id: Uint8Array;
}

const SAME_KEY = 'k.collection = x.collection AND k.name = x.name AND k.key = x.key AND k.id = x.id';

export function* checkItems(database: Database, checked: Checked): Check {
  database.exec(`CREATE TABLE noted_key (collection TEXT, name TEXT, key BLOB, id BLOB, free INTEGER,
    PRIMARY KEY (collection, name, key, id)) WITHOUT ROWID`);
  const notes = new KeyNotes(database);
  const page = database.prepare(
    'SELECT collection, id, value FROM item WHERE (collection, id) > (?, ?) ORDER BY collection, id LIMIT 200',
  );
  for (let last: [string, Uint8Array] = ['', new Uint8Array(0)]; ; ) {
    const rows = page.all(...last) as unknown as ItemRow[];
    for (const row of rows) {
      if (isObject(row.value)) notes.add(row);
      else yield found('item', whereOf(row), 'Its value cannot be read.');
    }
    const end = rows.at(-1);
    if (!end) break;
    last = [end.collection, end.id];
    checked.items += rows.length;
    yield { checked: { ...checked } };
  }
  yield* compareKeys(database);
}

class KeyNotes {
  readonly #indexesOf;
  readonly #insert;
  readonly #indexes = new Map<string, Index[]>();

  constructor(database: Database) {
    this.#indexesOf = database.prepare('SELECT name, fields FROM item_index WHERE collection = ?');
    this.#insert = database.prepare('INSERT INTO noted_key VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
  }

  add({ collection, id, value }: ItemRow): void {
    const item = JSON.parse(fromUtf8(value)) as Record<string, unknown>;
    for (const { name, fields } of this.#declared(collection)) {
      // What lacks a field may be there more than once under a unique index.
      const free = fields.some((field) => item[field] === undefined || item[field] === null);
      const spec = { name: collection, indexes: { [name]: { fields } } };
      for (const key of keysOf(spec, name, item)) this.#insert.run(collection, name, key, id, Number(free));
    }
  }

  #declared(collection: string): Index[] {
    const known = this.#indexes.get(collection);
    if (known) return known;
    const rows = this.#indexesOf.all(collection) as { name: string; fields: string }[];
    const indexes = rows.map(({ name, fields }) => ({ name, fields: JSON.parse(fields) as string[] }));
    this.#indexes.set(collection, indexes);
    return indexes;
  }
}

/** Question → what is wrong with each item that it gives. */
const WRONG: [sql: string, problem: string][] = [
  [
    `SELECT x.collection, x.name, x.id FROM noted_key x WHERE NOT EXISTS (SELECT 1 FROM item_key k WHERE ${SAME_KEY})`,
    'It is not found by its index',
  ],
  [
    `SELECT k.collection, k.name, k.id FROM item_key k WHERE NOT EXISTS (SELECT 1 FROM noted_key x WHERE ${SAME_KEY})`,
    'It is found by a key that it does not have, in the index',
  ],
  [
    `SELECT x.collection, x.name, max(x.id) AS id FROM noted_key x
     JOIN item_index i ON i.collection = x.collection AND i.name = x.name
     WHERE i.is_unique AND NOT x.free GROUP BY x.collection, x.name, x.key HAVING count(*) > 1`,
    'It has the same key as another in the unique index',
  ],
];

function* compareKeys(database: Database): Check {
  for (const [sql, problem] of WRONG) {
    for (const row of database.prepare(sql).all() as unknown as KeyRow[]) {
      yield found('item', whereOf(row), `${problem} ${row.name}.`);
    }
  }
  const lost = database.prepare(
    `SELECT collection, id FROM item_blob b WHERE NOT EXISTS
     (SELECT 1 FROM item i WHERE i.collection = b.collection AND i.id = b.id)`,
  );
  for (const row of lost.all() as unknown as KeyRow[])
    yield found('item', whereOf(row), 'Its blob is kept, and it is gone.');
}

const whereOf = ({ collection, id }: Pick<ItemRow, 'collection' | 'id'>): string => `${collection} ${fromUtf8(id)}`;
