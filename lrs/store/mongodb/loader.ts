/** Takes the dump of another store into this one, which is empty. */
import { randomUUID } from 'node:crypto';
import { Binary, type Collection } from 'mongodb';
import { LivretError } from '../../errors.ts';
import type { DumpEntry } from '../dump.ts';
import { invalidEntry, type Placed, readDumped } from '../dumped-statement.ts';
import { type Position, storedAt } from '../store.ts';
import type { Connection } from './connection.ts';
import { documentKey, itemKey, uuidBinary, uuidText } from './encoding.ts';
import { type Collections, codeOf, DUPLICATE_KEY, StatementFlag, type StatementRow } from './schema.ts';
import { referenceRows, statementRow } from './statement-plan.ts';

/** Entries written at a time, and bytes of their texts. */
const BATCH = 1_000;
const BATCH_BYTES = 8 * 2 ** 20;

/** What no store holds that is empty. */
const HOLDING = ['statements', 'events', 'documents', 'activities', 'items', 'erasures'] as const;

/** What is to be inserted, by collection. */
type Batch = { [Name in keyof Collections]?: object[] };

export class Loader {
  readonly #connection: Connection;
  #clock: Position | undefined;
  #last: Position = 0;
  /** Statements that have left a tombstone. */
  readonly #buried = new Set<string>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Rejects store.notEmpty; changes nothing then. From here on the store is incomplete. */
  async begin(): Promise<void> {
    const { collections } = this.#connection;
    for (const name of HOLDING) {
      const collection = collections[name] as unknown as Collection;
      const found = await this.#connection.run((session) => collection.findOne({}, { session }));
      if (found) throw new LivretError('store.notEmpty', { detail: 'Something is kept in this one already.' });
    }
    await this.#connection.run((session) =>
      collections.meta.updateOne({ _id: 'site' }, { $set: { loading: true } }, { session }),
    );
  }

  /** Rejects backup.invalid. */
  async take(entries: AsyncIterable<DumpEntry>): Promise<void> {
    let batch: Batch = {};
    let count = 0;
    let bytes = 0;
    for await (const entry of entries) {
      this.#add(entry, batch);
      count++;
      bytes += 'text' in entry ? entry.text.length : 'contents' in entry ? entry.contents.length : 0;
      if (count < BATCH && bytes < BATCH_BYTES) continue;
      await this.#write(batch);
      batch = {};
      count = 0;
      bytes = 0;
    }
    await this.#write(batch);
    if (this.#clock === undefined)
      throw new LivretError('backup.invalid', { detail: 'It does not say of when it is.' });
  }

  /** Sets the clock to that of the dump, under a ticket of its own. */
  async setClock(): Promise<void> {
    const { meta, commits } = this.#connection.collections;
    const position = this.#clock ?? 0;
    const stored = storedAt(position);
    await this.#connection.run(async (session) => {
      const update = { $inc: { ticket: 1 }, $set: { stored } };
      const clock = await meta.findOneAndUpdate({ _id: 'clock' }, update, { session, returnDocument: 'after' });
      const ticket = clock?.ticket ?? 1;
      // What the empty store has counted so far says nothing of what it holds now.
      await commits.deleteMany({}, { session });
      await commits.insertOne({ _id: ticket, by: randomUUID(), first: 0, last: stored, position }, { session });
      await meta.updateOne({ _id: 'floor' }, { $set: { ticket: ticket - 1, stored: 0 } }, { session });
    });
  }

  /** The store is whole. */
  async end(): Promise<void> {
    const { meta } = this.#connection.collections;
    await this.#connection.run((session) =>
      meta.updateOne({ _id: 'site' }, { $set: { loading: false, history: randomUUID() } }, { session }),
    );
  }

  #add(entry: DumpEntry, batch: Batch): void {
    if ((entry.kind === 'clock') !== (this.#clock === undefined))
      throw invalidEntry(entry, 'the clock comes first, once');
    for (const [name, row] of this.#rowsOf(entry)) {
      const rows = batch[name] ?? [];
      rows.push(row);
      batch[name] = rows;
    }
  }

  /** What an entry becomes, and where. */
  #rowsOf(entry: DumpEntry): [keyof Collections, object][] {
    switch (entry.kind) {
      case 'clock':
        this.#clock = entry.position;
        return [];
      case 'document': {
        const { kind: _kind, scope, contents, ...fields } = entry;
        const row = { ...fields, kind: scope, contents: new Binary(contents), revision: randomUUID() };
        return [['documents', { _id: documentKey(row, entry.id), ...row }]];
      }
      case 'activity':
        return [['activities', { _id: entry.id, definition: entry.definition, revision: 0 }]];
      case 'item': {
        const { kind: _kind, blobs, ...rest } = entry;
        const fields = blobs.length > 0 ? { ...rest, blobs } : rest;
        // Its keys are made when its collection is opened.
        return [['items', { _id: itemKey(entry.collection, entry.id), ...fields, indexed: '' }]];
      }
      case 'tombstone': {
        const tombstone = { hash: new Binary(Buffer.from(entry.hash, 'hex')), version: entry.hashVersion };
        this.#buried.add(entry.id);
        return [['statements', { _id: uuidBinary(entry.id), erased: true, tombstones: [tombstone] }]];
      }
      case 'erasure': {
        const { id: _id, statements, documents } = entry;
        return [['erasures', { _id, statements, documents, done: true }]];
      }
      case 'blob':
        return [];
      case 'event':
        this.#checkPosition(entry, 0);
        return [['events', { _id: entry.position, kind: entry.event, ids: entry.ids }]];
      case 'statement': {
        this.#checkPosition(entry, this.#last);
        this.#last = entry.position;
        const statement = readDumped(entry);
        const references = referenceRows([statement]).map((row) => ['references', row] as [keyof Collections, object]);
        return [['statements', rowOf(statement, entry.position)], ...references];
      }
    }
  }

  #checkPosition(entry: Extract<DumpEntry, { position: number }>, after: Position): void {
    if (entry.position > (this.#clock ?? 0)) throw invalidEntry(entry, 'it is later than the clock');
    if (entry.position <= after) throw invalidEntry(entry, 'it comes after one that is later, or as late');
  }

  async #write(batch: Batch): Promise<void> {
    for (const [name, rows] of Object.entries(batch)) {
      const collection = this.#connection.collections[name as keyof Collections];
      await this.#connection.run(async (session) => {
        try {
          if (name === 'statements') await this.#writeStatements(rows as StatementRow[]);
          else if (rows.length > 0) await collection.insertMany(rows as never, { session });
        } catch (cause) {
          if (codeOf(cause) !== DUPLICATE_KEY) throw cause;
          throw new LivretError('backup.invalid', { detail: `Something of the ${name} is there twice.`, cause });
        }
      });
    }
  }

  /** A statement that has left a tombstone is in one row with it. */
  async #writeStatements(rows: readonly StatementRow[]): Promise<void> {
    const { statements } = this.#connection.collections;
    const plain = rows.filter((row) => !row.erased && !this.#buried.has(uuidText(row._id)));
    if (plain.length > 0) await statements.insertMany(plain);
    for (const { _id, erased, tombstones = [], ...rest } of rows) {
      if (erased) {
        const update = { $setOnInsert: { erased }, $push: { tombstones: { $each: tombstones } } };
        await statements.updateOne({ _id }, update, { upsert: true });
      } else if (this.#buried.has(uuidText(_id))) {
        await statements.updateOne({ _id }, { $set: rest, $unset: { erased: true } });
      }
    }
  }
}

function rowOf(statement: Placed, position: Position): StatementRow {
  const row = statementRow(statement, position);
  return { ...row, flags: (row.flags ?? 0) | (statement.voided ? StatementFlag.VOIDED : 0) };
}

/** Whether a load was broken off, or is under way. */
export async function isIncomplete(connection: Connection): Promise<boolean> {
  const { meta } = connection.collections;
  const site = await connection.run((session) => meta.findOne({ _id: 'site' }, { session }));
  return site?.loading ?? false;
}

/** Empties a store whose load was broken off. */
export async function discard(connection: Connection): Promise<void> {
  const { meta, ...collections } = connection.collections;
  await connection.run(async (session) => {
    for (const name of [...HOLDING, 'references', 'itemKeys', 'commits'] as const) {
      const collection = collections[name] as unknown as Collection;
      await collection.deleteMany({}, { session });
    }
    await meta.updateOne({ _id: 'clock' }, { $set: { ticket: 0, stored: 0 } }, { session });
    await meta.updateOne({ _id: 'floor' }, { $set: { ticket: 0, stored: 0 } }, { session });
    await meta.updateOne({ _id: 'site' }, { $set: { loading: false } }, { session });
  });
}
