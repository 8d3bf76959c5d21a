import { LivretError } from '../../errors.ts';
import { keysOf } from '../index-key.ts';
import type { CollectionSpec } from '../store.ts';
import type { Clock } from './clock.ts';
import { fromUtf8, utf8 } from './encoding.ts';
import type { ItemChange } from './messages.ts';
import type { Database } from './schema.ts';

type Spec = CollectionSpec<object>;

interface IndexRow {
  name: string;
  fields: string;
  is_unique: number;
}

interface ItemRow {
  version: number;
  value: Uint8Array;
}

/** Documents of collections and their index keys. */
export class ItemWriter {
  readonly #specs = new Map<string, Spec>();
  readonly #clock: Clock;
  readonly #get;
  readonly #put;
  readonly #delete;
  readonly #putKey;
  readonly #deleteKey;
  readonly #holder;
  readonly #putBlob;
  readonly #deleteBlobs;
  readonly #indexes;
  readonly #putIndex;
  readonly #dropIndex;
  readonly #dropKeys;
  readonly #all;

  constructor(database: Database, clock: Clock) {
    this.#clock = clock;
    this.#get = database.prepare('SELECT version, value FROM item WHERE collection = ? AND id = ?');
    this.#put = database.prepare(
      `INSERT INTO item (collection, id, version, value) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET version = excluded.version, value = excluded.value`,
    );
    this.#delete = database.prepare('DELETE FROM item WHERE collection = ? AND id = ?');
    this.#putKey = database.prepare(
      'INSERT INTO item_key (collection, name, key, id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    );
    this.#deleteKey = database.prepare('DELETE FROM item_key WHERE collection = ? AND name = ? AND key = ? AND id = ?');
    this.#holder = database.prepare(
      'SELECT id FROM item_key WHERE collection = ? AND name = ? AND key = ? AND id <> ? LIMIT 1',
    );
    this.#putBlob = database.prepare(
      'INSERT INTO item_blob (collection, id, blob) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    );
    this.#deleteBlobs = database.prepare('DELETE FROM item_blob WHERE collection = ? AND id = ?');
    this.#indexes = database.prepare('SELECT name, fields, is_unique FROM item_index WHERE collection = ?');
    this.#putIndex = database.prepare(
      'INSERT INTO item_index (collection, name, fields, is_unique) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET is_unique = excluded.is_unique',
    );
    this.#dropIndex = database.prepare('DELETE FROM item_index WHERE collection = ? AND name = ?');
    this.#dropKeys = database.prepare('DELETE FROM item_key WHERE collection = ? AND name = ?');
    this.#all = database.prepare('SELECT id, value FROM item WHERE collection = ?');
  }

  /** Makes the stored indexes those of the spec. */
  open(spec: Spec): void {
    this.#specs.set(spec.name, spec);
    const rows = this.#indexes.all(spec.name) as unknown as IndexRow[];
    const stored = new Map(rows.map((row) => [row.name, row]));
    for (const [name, { fields, unique = false }] of Object.entries(spec.indexes)) {
      const row = stored.get(name);
      if (row?.fields !== JSON.stringify(fields)) this.#build(spec, name);
      if (row?.is_unique !== Number(unique)) this.#declare(spec, name);
      stored.delete(name);
    }
    for (const name of stored.keys()) this.#drop(spec, name);
  }

  /** Builds the indexes of every collection that is open. */
  openAgain(): void {
    for (const spec of this.#specs.values()) this.open(spec);
  }

  /** Throws collection.conflict or collection.duplicate; writes nothing. */
  check(changes: readonly ItemChange[]): void {
    const claimed = new Map<string, string>();
    for (const change of changes) {
      const row = this.#row(change);
      const wanted = change.expect;
      if (wanted === 'absent' ? row !== undefined : wanted !== undefined && row?.version !== wanted) {
        throw new LivretError('collection.conflict', { detail: `${change.collection}: ${change.id}` });
      }
      this.#checkUnique(change, changes, claimed);
    }
  }

  write(change: ItemChange): void {
    const spec = this.#spec(change.collection);
    const id = utf8(change.id);
    const row = this.#row(change);
    if (row) this.#eachKey(spec, row.value, (name, key) => this.#deleteKey.run(spec.name, name, key, id));
    this.#deleteBlobs.run(spec.name, id);
    if (change.value === undefined) {
      this.#delete.run(spec.name, id);
      return;
    }
    const value = utf8(change.value);
    // a position, so that no version ever comes back, not even after a removal
    this.#put.run(spec.name, id, this.#clock.next(), value);
    this.#eachKey(spec, value, (name, key) => this.#putKey.run(spec.name, name, key, id));
    for (const blob of change.blobs) this.#putBlob.run(spec.name, id, blob);
  }

  /** A unique key may not be held by another document, unless this commit takes it away from there. Keys of missing fields are free. */
  #checkUnique(change: ItemChange, changes: readonly ItemChange[], claimed: Map<string, string>): void {
    if (change.value === undefined) return;
    const spec = this.#spec(change.collection);
    const value = JSON.parse(change.value) as Record<string, unknown>;
    for (const [name, { fields, unique }] of Object.entries(spec.indexes)) {
      if (!unique || fields.some((field) => value[field] === undefined || value[field] === null)) continue;
      for (const key of keysOf(spec, name, value)) {
        const claim = `${spec.name}\n${name}\n${key.toString('hex')}`;
        const other = claimed.get(claim);
        claimed.set(claim, change.id);
        const holder = this.#holder.get(spec.name, name, key, utf8(change.id)) as { id: Uint8Array } | undefined;
        const moved =
          holder && changes.some((each) => each.collection === spec.name && each.id === fromUtf8(holder.id));
        if ((other !== undefined && other !== change.id) || (holder && !moved)) {
          throw new LivretError('collection.duplicate', { detail: `${spec.name}: ${fields.join(', ')}` });
        }
      }
    }
  }

  #row(change: ItemChange): ItemRow | undefined {
    return this.#get.get(change.collection, utf8(change.id)) as ItemRow | undefined;
  }

  #spec(name: string): Spec {
    const spec = this.#specs.get(name);
    if (!spec) throw new Error(`collection ${name} was not opened`);
    return spec;
  }

  #eachKey(spec: Spec, value: Uint8Array, visit: (name: string, key: Buffer) => void): void {
    const parsed = JSON.parse(fromUtf8(value)) as object;
    for (const name of Object.keys(spec.indexes)) for (const key of keysOf(spec, name, parsed)) visit(name, key);
  }

  #build(spec: Spec, name: string): void {
    this.#drop(spec, name);
    for (const row of this.#all.all(spec.name) as { id: Uint8Array; value: Uint8Array }[]) {
      for (const key of keysOf(spec, name, JSON.parse(fromUtf8(row.value)) as object)) {
        this.#putKey.run(spec.name, name, key, row.id);
      }
    }
    this.#declare(spec, name);
  }

  #declare(spec: Spec, name: string): void {
    const { fields, unique = false } = spec.indexes[name] ?? {};
    this.#putIndex.run(spec.name, name, JSON.stringify(fields), Number(unique));
  }

  #drop(spec: Spec, name: string): void {
    this.#dropKeys.run(spec.name, name);
    this.#dropIndex.run(spec.name, name);
  }
}
