/** Everything in a copy of the store, entry by entry. */
import type { DumpEntry, DumpedDocument, DumpedEvent, DumpedStatement } from '../dump.ts';
import { fromUtf8, uuidText } from './encoding.ts';
import { type Database, StatementFlag } from './schema.ts';

/** Names of all blobs that something refers to. */
const BLOBS = 'SELECT blob FROM attachment UNION SELECT blob FROM item_blob ORDER BY blob';

interface ItemRow {
  collection: string;
  id: Uint8Array;
  version: number;
  value: Uint8Array;
}

interface AttachmentRow {
  sha2: string;
  content_type: Uint8Array;
  blob: string;
}

/** In the order that DumpEntry names. The database must not change meanwhile. */
export class Dumper {
  readonly #database: Database;
  /** An iterator ends with an error once its statement was collected as garbage. */
  readonly #iterated = new Set<unknown>();

  constructor(database: Database) {
    this.#database = database;
  }

  *entries(): Generator<DumpEntry, void, void> {
    for (const { position } of this.#rows<{ position: number }>('SELECT position FROM clock')) {
      yield { kind: 'clock', position };
    }
    yield* this.#documents();
    yield* this.#activities();
    yield* this.#items();
    yield* this.#tombstones();
    for (const erasure of this.#rows<{ id: string; statements: number; documents: number }>(
      'SELECT id, statements, documents FROM erasure ORDER BY id',
    )) {
      yield { kind: 'erasure', ...erasure };
    }
    for (const { blob } of this.#rows<{ blob: string }>(BLOBS)) yield { kind: 'blob', blob };
    yield* this.#statements();
    for (const { position, kind, detail } of this.#rows<{
      position: number;
      kind: DumpedEvent['event'];
      detail: string;
    }>('SELECT position, kind, detail FROM event ORDER BY position')) {
      yield { kind: 'event', position, event: kind, ids: JSON.parse(detail) as string[] };
    }
  }

  *#documents(): Generator<DumpEntry> {
    interface Row
      extends Record<'agent' | 'activity' | 'registration' | 'id' | 'contents' | 'content_type', Uint8Array> {
      kind: DumpedDocument['scope'];
      etag: string;
      updated: number;
    }
    for (const row of this.#rows<Row>('SELECT * FROM document ORDER BY agent, kind, activity, registration, id')) {
      yield {
        kind: 'document',
        scope: row.kind,
        agent: fromUtf8(row.agent),
        activity: fromUtf8(row.activity),
        registration: fromUtf8(row.registration),
        id: fromUtf8(row.id),
        contents: row.contents,
        contentType: fromUtf8(row.content_type),
        etag: row.etag,
        updated: row.updated,
      };
    }
  }

  *#activities(): Generator<DumpEntry> {
    const rows = this.#rows<Record<'id' | 'definition', Uint8Array>>('SELECT id, definition FROM activity ORDER BY id');
    for (const { id, definition } of rows) {
      yield { kind: 'activity', id: fromUtf8(id), definition: fromUtf8(definition) };
    }
  }

  *#items(): Generator<DumpEntry> {
    const blobs = this.#database.prepare('SELECT blob FROM item_blob WHERE collection = ? AND id = ? ORDER BY blob');
    const rows = this.#rows<ItemRow>('SELECT collection, id, version, value FROM item ORDER BY collection, id');
    for (const { collection, id, version, value } of rows) {
      const needed = (blobs.all(collection, id) as { blob: string }[]).map(({ blob }) => blob);
      yield { kind: 'item', collection, id: fromUtf8(id), version, value: fromUtf8(value), blobs: needed };
    }
  }

  *#tombstones(): Generator<DumpEntry> {
    const rows = this.#rows<{ id: Uint8Array; hash: Uint8Array; hash_version: number }>(
      'SELECT id, hash, hash_version FROM tombstone ORDER BY id, hash',
    );
    for (const { id, hash, hash_version } of rows) {
      yield { kind: 'tombstone', id: uuidText(id), hash: Buffer.from(hash).toString('hex'), hashVersion: hash_version };
    }
  }

  *#statements(): Generator<DumpedStatement> {
    const attachments = this.#database.prepare(
      'SELECT sha2, content_type, blob FROM attachment WHERE statement = ? ORDER BY n',
    );
    const rows = this.#rows<{ position: number; id: Uint8Array; flags: number; text: Uint8Array }>(
      'SELECT position, id, flags, text FROM statement ORDER BY position',
    );
    for (const { position, id, flags, text } of rows) {
      yield {
        kind: 'statement',
        position,
        id: uuidText(id),
        text,
        hasTimestamp: (flags & StatementFlag.HAS_TIMESTAMP) !== 0,
        voids: (flags & StatementFlag.VOIDS) !== 0,
        voided: (flags & StatementFlag.VOIDED) !== 0,
        attachments: (attachments.all(position) as unknown as AttachmentRow[]).map((row) => ({
          sha2: row.sha2,
          contentType: fromUtf8(row.content_type),
          blob: row.blob,
        })),
      };
    }
  }

  #rows<T>(sql: string): Iterable<T> {
    const statement = this.#database.prepare(sql);
    this.#iterated.add(statement);
    return statement.iterate() as Iterable<T>;
  }
}
