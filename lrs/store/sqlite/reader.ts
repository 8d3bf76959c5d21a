/** A thread that reads, on a connection of its own, each request in a snapshot of its own: no read holds the log back. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ActivityDefinition } from '../../xapi/types.ts';
import { afterPrefix, indexKey } from '../index-key.ts';
import type {
  CollectionQuery,
  CollectionSpec,
  DocumentScope,
  FeedPage,
  StatementPage,
  StoredDocument,
  StoredStatement,
} from '../store.ts';
import { fromUtf8, scopeColumns, utf8, WHERE_SCOPE } from './encoding.ts';
import { gatherTexts } from './gather-texts.ts';
import { type Read, type ReadAnswer, type ReadRequest, toWire } from './messages.ts';
import { type Database, openForReading } from './schema.ts';
import { StatementReader } from './statement-reader.ts';

interface ItemRow {
  id: Uint8Array;
  version: number;
  value: Uint8Array;
}

export class Reader {
  readonly #database: Database;
  readonly #statements: StatementReader;
  readonly #prepared = new Map<string, ReturnType<Database['prepare']>>();

  constructor(file: string) {
    this.#database = openForReading(file);
    this.#statements = new StatementReader(this.#database);
  }

  run(read: Read): unknown {
    switch (read.op) {
      case 'statement':
        return this.#statements.get(read.id, read.attachments);
      case 'statements':
        return this.#statements.find(read.query);
      case 'feed':
        return this.#statements.feed(read.after, read.limit);
      case 'count':
        return this.#statements.count();
      case 'history':
        return (this.#all('SELECT history FROM site')[0] as { history: string }).history;
      case 'document':
        return this.#document(read.scope, read.id);
      case 'document-ids':
        return this.#documentIds(read.scope, read.since);
      case 'definition':
        return this.#definition(read.id);
      case 'item':
        return this.#all(
          'SELECT id, version, value FROM item WHERE collection = ? AND id = ?',
          read.collection,
          utf8(read.id),
        ).map(item)[0];
      case 'items':
        return this.#items(read.spec, read.query, 'i.id, i.version, i.value').map(item);
      case 'count-items':
        return this.#items(read.spec, read.query, 'i.id, i.version').length;
      case 'blobs-in-use':
        return read.blobs.filter((blob) => this.#inUse(blob));
    }
  }

  close(): void {
    this.#database.close();
  }

  #document(scope: DocumentScope, id: string): StoredDocument | undefined {
    const row = this.#all(
      `SELECT contents, content_type, etag, updated FROM document WHERE ${WHERE_SCOPE} AND id = ?`,
      ...scopeColumns(scope),
      utf8(id),
    )[0] as { contents: Uint8Array; content_type: Uint8Array; etag: string; updated: number } | undefined;
    return (
      row && {
        id,
        contents: row.contents,
        contentType: fromUtf8(row.content_type),
        etag: row.etag,
        updated: row.updated,
      }
    );
  }

  #documentIds(scope: DocumentScope, since = -1): string[] {
    const rows = this.#all(
      `SELECT id FROM document WHERE ${WHERE_SCOPE} AND updated > ? ORDER BY id`,
      ...scopeColumns(scope),
      since,
    ) as { id: Uint8Array }[];
    return rows.map((row) => fromUtf8(row.id));
  }

  #definition(id: string): ActivityDefinition | undefined {
    const row = this.#all('SELECT definition FROM activity WHERE id = ?', utf8(id))[0] as
      | { definition: Uint8Array }
      | undefined;
    return row && (JSON.parse(fromUtf8(row.definition)) as ActivityDefinition);
  }

  #items(spec: CollectionSpec<object>, query: CollectionQuery, columns: string): ItemRow[] {
    const order = query.descending ? 'DESC' : 'ASC';
    const limit = query.limit ?? -1;
    if (query.index === undefined) {
      const { from, to } = query;
      return this.#all(
        `SELECT ${columns} FROM item i WHERE i.collection = ? AND i.id >= ? ${to === undefined ? '' : 'AND i.id < ?'}
         ORDER BY i.id ${order} LIMIT ?`,
        spec.name,
        utf8(String(from ?? '')),
        ...(to === undefined ? [] : [utf8(String(to))]),
        limit,
      ) as ItemRow[];
    }
    const prefix = indexKey(query.equals ?? []);
    const low = query.from === undefined ? prefix : Buffer.concat([prefix, indexKey([query.from])]);
    const high = query.to === undefined ? afterPrefix(prefix) : Buffer.concat([prefix, indexKey([query.to])]);
    return this.#all(
      `SELECT ${columns} FROM item_key k JOIN item i ON i.collection = k.collection AND i.id = k.id
       WHERE k.collection = ? AND k.name = ? AND k.key >= ? AND k.key < ? ORDER BY k.key ${order}, k.id ${order} LIMIT ?`,
      ...[spec.name, query.index, low, high, limit],
    ) as ItemRow[];
  }

  #inUse(blob: string): boolean {
    const found = this.#all(
      'SELECT 1 FROM attachment WHERE blob = ?1 UNION ALL SELECT 1 FROM item_blob WHERE blob = ?1 LIMIT 1',
      blob,
    );
    return found.length > 0;
  }

  #all(sql: string, ...values: (string | number | Uint8Array)[]): unknown[] {
    let statement = this.#prepared.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      this.#prepared.set(sql, statement);
    }
    return statement.all(...values);
  }
}

function item(row: unknown): { id: string; version: number; value: object } {
  const { id, version, value } = row as ItemRow;
  return { id: fromUtf8(id), version, value: JSON.parse(fromUtf8(value)) as object };
}

if (parentPort) {
  const port = parentPort;
  const reader = new Reader((workerData as { file: string }).file);
  port.on('message', (message: ReadRequest | 'close') => {
    if (message === 'close') {
      reader.close();
      port.close();
      return;
    }
    const answer: ReadAnswer = { request: message.request, ...attempt(() => reader.run(message.read)) };
    port.postMessage(answer, 'value' in answer ? gatherTexts(statementsOf(message.read, answer.value)) : []);
  });
}

/** The statements of a page, if that is what was read. */
function statementsOf({ op }: Read, value: unknown): StoredStatement[] {
  if (op === 'statements') return (value as StatementPage).statements;
  if (op !== 'feed') return [];
  return (value as FeedPage).entries.flatMap((entry) => (entry.kind === 'statement' ? [entry.statement] : []));
}

function attempt(read: () => unknown): { value: unknown } | { error: ReturnType<typeof toWire> } {
  try {
    return { value: read() };
  } catch (error) {
    return { error: toWire(error) };
  }
}
