/**
 * Looks through the store while others write. What is under way looks wrong for a moment; so whatever is found is looked
 * at again, and told only if it stays.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Checked, Finding } from '../../dump.ts';
import type { Blobs, Position } from '../../store.ts';
import { checkBlob } from '../../verify/blob.ts';
import { type Connection, UNAUTHORIZED } from '../connection.ts';
import { uuidText } from '../encoding.ts';
import { codeOf, type ItemRow, type StatementRow } from '../schema.ts';
import type { Tickets } from '../tickets.ts';
import { checkDocument } from './documents.ts';
import { checkItems, checkLostKeys, isObject } from './items.ts';
import { StatementChecks, type Told } from './statements.ts';

const PAGE = 500;
/** ms between two looks at what seems wrong, and how many there are. */
const PAUSE = 500;
const LOOKS = 4;
/** Bytes of a tombstone's hash. */
const HASH_BYTES = 32;

/** Collections that MongoDB is asked to validate. */
const VALIDATED = ['statements', 'references', 'commits', 'events', 'documents', 'items', 'itemKeys'] as const;

export class Verifier {
  readonly #connection: Connection;
  readonly #tickets: Tickets;
  readonly #blobs: Blobs;
  readonly #checked: Checked = { statements: 0, events: 0, documents: 0, activities: 0, items: 0, blobs: 0 };
  readonly #names = new Set<string>();

  constructor(connection: Connection, tickets: Tickets, blobs: Blobs) {
    this.#connection = connection;
    this.#tickets = tickets;
    this.#blobs = blobs;
  }

  async *findings(told: (checked: Checked) => void): AsyncGenerator<Finding, void, void> {
    const tell = () => told({ ...this.#checked });
    yield* this.#validate();
    for await (const found of this.#statements(tell)) yield found;
    for await (const found of this.#documents(tell)) yield found;
    for await (const found of this.#items(tell)) yield found;
    for (const blob of [...this.#names].sort()) {
      const finding = await checkBlob(this.#blobs, blob);
      this.#checked.blobs++;
      if (finding) yield finding;
    }
    tell();
  }

  /** The indexes of MongoDB itself, as of its last checkpoint. A user who may only read and write may not ask that. */
  async *#validate(): AsyncGenerator<Finding> {
    const { collections } = this.#connection;
    for (const name of VALIDATED) {
      const { collectionName, db } = collections[name];
      const valid = await this.#connection.attempt(async () => {
        try {
          return (await db.command({ validate: collectionName, background: true })).valid as boolean;
        } catch (error) {
          if (codeOf(error) === UNAUTHORIZED) return true;
          throw error;
        }
      });
      if (!valid) yield { kind: 'file', where: collectionName, problem: 'MongoDB finds it damaged.' };
    }
  }

  async *#statements(tell: () => void): AsyncGenerator<Finding> {
    const { statements } = this.#connection.collections;
    const through = this.#tickets.throughPosition;
    let before: Position = -1;
    for (let after: Position = -1; ; ) {
      const range = { position: { $gt: after, $lte: through } };
      const rows = await this.#connection.run((session) =>
        statements.find(range, { session }).sort({ position: 1 }).limit(PAGE).toArray(),
      );
      for (const { _id, position = 0, attachments = [] } of rows) {
        if (position === before) yield found('statement', uuidText(_id), 'Another statement has its position.');
        before = position;
        for (const { blob } of attachments) this.#names.add(blob);
      }
      yield* await this.#lasting(
        rows.map(({ _id }) => uuidText(_id)),
        (ids) => this.#checkStatements(rows.filter(({ _id }) => ids.has(uuidText(_id)))),
      );
      after = before;
      this.#checked.statements += rows.length;
      tell();
      if (rows.length < PAGE) break;
    }
    for await (const { _id, tombstones = [] } of statements.find({ 'tombstones.version': { $exists: true } })) {
      if (tombstones.some(({ hash }) => hash.length() !== HASH_BYTES)) {
        yield found('erasure', uuidText(_id), 'Its hash is none: it could be stored again.');
      }
    }
  }

  async #checkStatements(rows: readonly StatementRow[]): Promise<Map<string, Finding[]>> {
    const { statements } = this.#connection.collections;
    const now = await this.#connection.run((session) =>
      statements.find({ _id: { $in: rows.map(({ _id }) => _id) }, position: { $exists: true } }, { session }).toArray(),
    );
    // After the statements: an event that tells of one is not older than its mark.
    return new StatementChecks(this.#connection, await this.#told()).check(now);
  }

  async #told(): Promise<Told> {
    const { events, erasures } = this.#connection.collections;
    return this.#connection.run(async (session) => {
      const rows = await events.find({}, { session }).toArray();
      const voided = new Map<string, Position[]>();
      for (const { _id, kind, ids } of rows) {
        if (kind === 'voided') for (const id of ids) voided.set(id, [...(voided.get(id) ?? []), _id]);
      }
      this.#checked.events = rows.length;
      const erased = (await erasures.findOne({}, { session })) !== null;
      return { voided, positions: new Set(rows.map(({ _id }) => _id)), erased };
    });
  }

  async *#documents(tell: () => void): AsyncGenerator<Finding> {
    const { documents, activities } = this.#connection.collections;
    for await (const row of documents.find()) {
      yield* checkDocument(row);
      this.#checked.documents++;
    }
    tell();
    for await (const { _id, definition } of activities.find()) {
      if (!isObject(definition)) yield found('activity', _id, 'Its definition cannot be read.');
      this.#checked.activities++;
    }
    tell();
  }

  async *#items(tell: () => void): AsyncGenerator<Finding> {
    const { items } = this.#connection.collections;
    for (let after = ''; ; ) {
      const rows = await this.#page(after);
      for (const { blobs = [] } of rows) for (const blob of blobs) this.#names.add(blob);
      yield* await this.#lasting(
        rows.map(({ _id }) => _id),
        async (ids) => {
          const now = await this.#connection.run((session) =>
            items.find({ _id: { $in: [...ids] } }, { session }).toArray(),
          );
          return checkItems(this.#connection, now);
        },
      );
      this.#checked.items += rows.length;
      tell();
      const last = rows.at(-1);
      if (!last) break;
      after = last._id;
    }
    yield* await this.#lasting(['lost'], async () => {
      const lost = await checkLostKeys(this.#connection);
      return new Map(lost.length > 0 ? [['lost', lost]] : []);
    });
  }

  #page(after: string): Promise<ItemRow[]> {
    const { items } = this.#connection.collections;
    return this.#connection.run((session) =>
      items
        .find({ _id: { $gt: after } }, { session })
        .sort({ _id: 1 })
        .limit(PAGE)
        .toArray(),
    );
  }

  /** Looks, and at what seems wrong again. */
  async #lasting(
    ids: readonly string[],
    look: (ids: ReadonlySet<string>) => Promise<Map<string, Finding[]>>,
  ): Promise<Finding[]> {
    let wrong = await look(new Set(ids));
    for (let n = 1; n < LOOKS && wrong.size > 0; n++) {
      await wait(PAUSE);
      wrong = await look(new Set(wrong.keys()));
    }
    return [...wrong.values()].flat();
  }
}

const found = (kind: Finding['kind'], where: string, problem: string): Finding => ({ kind, where, problem });
