import { createHash } from 'node:crypto';
import { checkCondition, mergedContents } from '../document-rules.ts';
import type { DocumentPut, DocumentScope, Precondition } from '../store.ts';
import { fromUtf8, scopeColumns, utf8, WHERE_SCOPE } from './encoding.ts';
import type { Database } from './schema.ts';

interface DocumentRow {
  contents: Uint8Array;
  content_type: Uint8Array;
  etag: string;
}

/** State and profile documents. Each method checks first, then writes. */
export class DocumentWriter {
  readonly #get;
  readonly #put;
  readonly #delete;
  readonly #deleteAll;

  constructor(database: Database) {
    this.#get = database.prepare(`SELECT contents, content_type, etag FROM document WHERE ${WHERE_SCOPE} AND id = ?`);
    this.#put = database.prepare(
      `INSERT INTO document (agent, kind, activity, registration, id, contents, content_type, etag, updated)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET contents = excluded.contents,
       content_type = excluded.content_type, etag = excluded.etag, updated = excluded.updated`,
    );
    this.#delete = database.prepare(`DELETE FROM document WHERE ${WHERE_SCOPE} AND id = ?`);
    this.#deleteAll = database.prepare(`DELETE FROM document WHERE ${WHERE_SCOPE}`);
  }

  put(change: DocumentPut, updated: number): { etag: string; updated: number } {
    const scope = scopeColumns(change.scope);
    const id = utf8(change.id);
    const row = this.#get.get(...scope, id) as DocumentRow | undefined;
    checkCondition(change.condition ?? {}, row?.etag);
    const there = row && { contents: row.contents, contentType: fromUtf8(row.content_type) };
    const contents = change.merge && there ? mergedContents(there, change) : change.contents;
    const etag = createHash('sha1').update(contents).digest('hex');
    this.#put.run(...scope, id, contents, utf8(change.contentType), etag, updated);
    return { etag, updated };
  }

  delete(scope: DocumentScope, id: string, condition: Precondition): void {
    const columns = scopeColumns(scope);
    const row = this.#get.get(...columns, utf8(id)) as DocumentRow | undefined;
    checkCondition(condition, row?.etag);
    this.#delete.run(...columns, utf8(id));
  }

  deleteAll(scope: DocumentScope): void {
    this.#deleteAll.run(...scopeColumns(scope));
  }
}
