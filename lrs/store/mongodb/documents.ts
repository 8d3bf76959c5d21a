/** State and profile documents. Each change is one document, put in the place of the very revision that was looked at. */
import { createHash, randomUUID } from 'node:crypto';
import { Binary, type ClientSession } from 'mongodb';
import { LivretError } from '../../errors.ts';
import { checkCondition, mergedContents } from '../document-rules.ts';
import type { DocumentPut, DocumentScope, Documents, Precondition, StoredDocument } from '../store.ts';
import type { Connection } from './connection.ts';
import { documentKey, scopeFields } from './encoding.ts';
import { codeOf, type DocumentRow, DUPLICATE_KEY } from './schema.ts';

/** A document of MongoDB holds 16 MB, names and all. */
const LARGEST = 15 * 2 ** 20;

export class MongoDocuments implements Documents {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async get(scope: DocumentScope, id: string): Promise<StoredDocument | undefined> {
    const row = await this.#connection.run((session) => this.#find(documentKey(scopeFields(scope), id), session));
    if (!row) return undefined;
    const { contentType, etag, updated } = row;
    return { id, contents: bytesOf(row.contents), contentType, etag, updated };
  }

  async ids(scope: DocumentScope, since = -1): Promise<string[]> {
    const { documents } = this.#connection.collections;
    const rows = await this.#connection.run((session) =>
      documents
        .find({ ...scopeFields(scope), updated: { $gt: since } }, { session, projection: { id: 1 } })
        .sort({ agent: 1, kind: 1, activity: 1, registration: 1, id: 1 })
        .toArray(),
    );
    return rows.map(({ id }) => id);
  }

  async put(change: DocumentPut): Promise<{ etag: string; updated: number }> {
    const fields = scopeFields(change.scope);
    const key = documentKey(fields, change.id);
    return this.#untilUndisturbed(key, async (row, session) => {
      checkCondition(change.condition ?? {}, row?.etag);
      const there = row && { contents: bytesOf(row.contents), contentType: row.contentType };
      const contents = change.merge && there ? mergedContents(there, change) : change.contents;
      if (contents.length > LARGEST) throw tooLarge();
      const etag = createHash('sha1').update(contents).digest('hex');
      const { id, contentType } = change;
      const revision = randomUUID();
      const updated = await this.#replace(
        key,
        row?.revision,
        { ...fields, id, contents: new Binary(contents), contentType, etag, revision },
        session,
      );
      return updated === undefined ? undefined : { etag, updated };
    });
  }

  async delete(scope: DocumentScope, id: string, condition: Precondition = {}): Promise<void> {
    const key = documentKey(scopeFields(scope), id);
    const { documents } = this.#connection.collections;
    await this.#untilUndisturbed(key, async (row, session) => {
      checkCondition(condition, row?.etag);
      if (!row) return true;
      const { deletedCount } = await documents.deleteOne({ _id: key, revision: row.revision }, { session });
      return deletedCount > 0 ? true : undefined;
    });
  }

  async deleteAll(scope: DocumentScope): Promise<void> {
    const { documents } = this.#connection.collections;
    await this.#connection.run((session) => documents.deleteMany(scopeFields(scope), { session }));
  }

  /** Looks and changes, again where somebody else came in between: `change` gives undefined then. One of them always gets on. */
  async #untilUndisturbed<T>(
    key: Binary,
    change: (row: DocumentRow | null, session: ClientSession) => Promise<T | undefined>,
  ): Promise<T> {
    return this.#connection.run(async (session) => {
      for (;;) {
        const changed = await change(await this.#find(key, session), session);
        if (changed !== undefined) return changed;
      }
    });
  }

  #find(key: Binary, session: ClientSession): Promise<DocumentRow | null> {
    return this.#connection.collections.documents.findOne({ _id: key }, { session });
  }

  /** Gives when, by the database's clock; undefined where the document is not that revision (or, without one, is there) any more. */
  async #replace(
    key: Binary,
    revision: string | undefined,
    row: Omit<DocumentRow, '_id' | 'updated'>,
    session: ClientSession,
  ): Promise<number | undefined> {
    try {
      const replaced = await this.#connection.collections.documents.findOneAndUpdate(
        // Where none is expected, one that is there does not match, and the insert meets its key.
        { _id: key, revision: revision ?? '' },
        [{ $replaceWith: { $mergeObjects: [{ _id: '$_id' }, { $literal: row }, { updated: { $toLong: '$$NOW' } }] } }],
        { session, upsert: revision === undefined, returnDocument: 'after', projection: { updated: 1 } },
      );
      return replaced?.updated;
    } catch (error) {
      if (codeOf(error) === DUPLICATE_KEY) return undefined;
      throw error;
    }
  }
}

const bytesOf = ({ buffer }: Binary): Uint8Array => buffer;

const tooLarge = (): LivretError =>
  new LivretError('request.tooLarge', { detail: 'The MongoDB store keeps documents of up to 15 MB.' });
