import { createHash } from 'node:crypto';
import { LivretError } from '../../errors.ts';
import { scan } from '../../xapi/json-scan.ts';
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
    const contents = change.merge && row ? merged(row, change) : change.contents;
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

function checkCondition({ ifMatch, ifNoneMatch, requiredIfExists }: Precondition, etag: string | undefined): void {
  const names = (tags: string[] | '*') => etag !== undefined && (tags === '*' || tags.includes(etag));
  if (ifMatch && !names(ifMatch)) {
    throw new LivretError('document.precondition', {
      detail: etag ? `Its ETag is "${etag}".` : 'There is no document there.',
    });
  }
  if (ifNoneMatch && names(ifNoneMatch)) {
    throw new LivretError('document.precondition', { detail: `A document is there, with ETag "${etag}".` });
  }
  if (requiredIfExists && !ifMatch && !ifNoneMatch && etag) throw new LivretError('document.conflict');
}

/** Top level only (1.0.3 Communication 2.2: "merge"); both must be JSON objects. Each member keeps its text, numbers to every digit. */
function merged(row: DocumentRow, change: DocumentPut): Buffer {
  const there = membersOf(row.contents, fromUtf8(row.content_type), 'what is stored');
  const posted = membersOf(change.contents, change.contentType, 'what was sent');
  return utf8(`{${[...new Map([...there, ...posted]).values()].join(',')}}`);
}

/** Key → the text of the member. */
function membersOf(contents: Uint8Array, contentType: string, which: string): [key: string, text: string][] {
  if (!/^application\/json\s*(;|$)/i.test(contentType)) {
    throw new LivretError('document.merge', { detail: `The Content-Type of ${which} is not application/json.` });
  }
  try {
    const text = fromUtf8(contents);
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const members = scan(text).objects[0]?.members ?? [];
      return members.map(({ key, from, to }) => [key, text.slice(from, to)]);
    }
  } catch {
    // falls through: not JSON, the same refusal
  }
  throw new LivretError('document.merge', { detail: `JSON, but not an object: ${which}.` });
}
