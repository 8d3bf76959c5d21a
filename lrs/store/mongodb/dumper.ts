/**
 * Everything the store holds as of one moment. What can change is read at one moment of the database (a snapshot
 * session); that lasts five minutes, or what minSnapshotHistoryWindowInSeconds says, so that the statements, which do not
 * change, are read after it, up to where the snapshot ended.
 */
import type { ClientSession } from 'mongodb';
import { LivretError } from '../../errors.ts';
import type { DumpEntry, DumpedEvent, DumpedStatement } from '../dump.ts';
import { type Position, positionAt } from '../store.ts';
import type { Connection } from './connection.ts';
import { uuidText } from './encoding.ts';
import { holdBlobs } from './holds.ts';
import { type CommitRow, codeOf, StatementFlag, type StatementRow } from './schema.ts';
import type { Tickets } from './tickets.ts';

/** Statements read at a time. */
const PAGE = 1_000;

const SNAPSHOT_TOO_OLD = 239;

/** Options of a read that is made at the moment of a snapshot session. */
interface Pinned {
  session: ClientSession;
  readConcern: { level: 'snapshot' };
}

interface Moment {
  /** Everything at or before it is in the dump. */
  clock: Position;
  /** Positions of commits that were under way, which are not. */
  underWay: readonly { after: Position; before: Position }[];
  events: DumpedEvent[];
  voided: ReadonlySet<string>;
}

export class Dumper {
  readonly #connection: Connection;
  readonly #tickets: Tickets;

  constructor(connection: Connection, tickets: Tickets) {
    this.#connection = connection;
    this.#tickets = tickets;
  }

  async *entries(): AsyncGenerator<DumpEntry, void, void> {
    const release = await holdBlobs(this.#connection);
    try {
      await this.#tickets.look();
      const snapshot = this.#connection.client.startSession({ snapshot: true });
      // Named each time: the client's own read concern would come before the session's.
      const pinned: Pinned = { session: snapshot, readConcern: { level: 'snapshot' } };
      let moment: Moment;
      try {
        moment = await this.#momentOf(pinned);
        yield { kind: 'clock', position: moment.clock };
        yield* this.#changing(pinned);
      } catch (error) {
        throw codeOf(error) === SNAPSHOT_TOO_OLD ? tookTooLong(error) : error;
      } finally {
        await snapshot.endSession();
      }
      yield* this.#statements(moment);
      yield* moment.events;
    } finally {
      await release();
    }
  }

  async #momentOf(at: Pinned): Promise<Moment> {
    const { commits, events, meta } = this.#connection.collections;
    const floor = await meta.findOne({ _id: 'floor' }, at);
    const from = floor?.ticket ?? 0;
    const rows = await commits
      .find({ _id: { $gte: from } }, at)
      .sort({ _id: 1 })
      .toArray();
    const last = rows.findLast((row) => row.last !== undefined);
    const clock = last ? endOf(last) : Math.max(0, positionAt((floor?.stored ?? 0) + 1) - 1);
    const told = await events.find({}, at).sort({ _id: 1 }).toArray();
    return {
      clock,
      underWay: gapsOf(rows, { ticket: from, end: positionAt((floor?.stored ?? 0) + 1) - 1 }),
      events: told.map(({ _id: position, kind, ids }) => ({ kind: 'event', position, event: kind, ids })),
      voided: new Set(told.flatMap(({ kind, ids }) => (kind === 'voided' ? ids : []))),
    };
  }

  async *#changing(at: Pinned): AsyncGenerator<DumpEntry> {
    const { documents, activities, items, statements, erasures } = this.#connection.collections;
    const order = { agent: 1, kind: 1, activity: 1, registration: 1, id: 1 } as const;
    for await (const row of documents.find({}, at).sort(order)) {
      const { agent, activity, registration, id, contentType, etag, updated } = row;
      const contents = row.contents.buffer;
      yield {
        kind: 'document',
        scope: row.kind,
        agent,
        activity,
        registration,
        id,
        contents,
        contentType,
        etag,
        updated,
      };
    }
    for await (const { _id: id, definition } of activities.find({}, at).sort({ _id: 1 })) {
      yield { kind: 'activity', id, definition };
    }
    for await (const { collection, id, version, value, blobs = [] } of items.find({}, at).sort({ _id: 1 })) {
      yield { kind: 'item', collection, id, version, value, blobs: blobs.toSorted() };
    }
    const buried = statements.find(
      { 'tombstones.version': { $exists: true } },
      { ...at, projection: { tombstones: 1 } },
    );
    for await (const { _id, tombstones = [] } of buried.sort({ _id: 1 })) {
      const hashes = tombstones.map(({ hash, version }) => ({ hash: hash.toString('hex'), hashVersion: version }));
      for (const each of hashes.sort((a, b) => (a.hash < b.hash ? -1 : 1))) {
        yield { kind: 'tombstone', id: uuidText(_id), ...each };
      }
    }
    for await (const { _id: id, statements: count, documents: moved } of erasures
      .find({ done: true }, at)
      .sort({ _id: 1 })) {
      yield { kind: 'erasure', id, statements: count, documents: moved };
    }
    for (const blob of await this.#blobs(at)) yield { kind: 'blob', blob };
  }

  async #blobs(at: Pinned): Promise<string[]> {
    const { items, statements } = this.#connection.collections;
    const names = new Set<string>();
    const attached = statements.find(
      { 'attachments.blob': { $exists: true } },
      { ...at, projection: { 'attachments.blob': 1 } },
    );
    for await (const { attachments = [] } of attached) for (const { blob } of attachments) names.add(blob);
    for (const blob of await items.distinct('blobs', { blobs: { $exists: true } }, at)) if (blob) names.add(blob);
    return [...names].sort();
  }

  async *#statements({ clock, underWay, voided }: Moment): AsyncGenerator<DumpedStatement> {
    const { statements, events } = this.#connection.collections;
    const projection = { position: 1, text: 1, flags: 1, attachments: 1 };
    for (let after = 0; ; ) {
      const range = { position: { $gt: after, $lte: clock } };
      const rows = await this.#connection.run((session) =>
        statements.find(range, { session, projection }).sort({ position: 1 }).limit(PAGE).toArray(),
      );
      for (const row of rows) {
        const position = row.position ?? 0;
        after = position;
        if (!underWay.some((gap) => position > gap.after && position < gap.before)) yield dumped(row, voided);
      }
      if (rows.length < PAGE) break;
    }
    const erased = await this.#connection.run((session) =>
      events.findOne({ _id: { $gt: clock }, kind: 'erased' }, { session }),
    );
    if (erased)
      throw new LivretError('store.unavailable', { detail: 'Somebody was forgotten meanwhile: begin again.' });
  }
}

const tookTooLong = (cause: unknown): LivretError =>
  new LivretError('store.unavailable', {
    detail:
      'Reading what can change (documents, definitions, records) took longer than MongoDB keeps the moment it is read at: ' +
      'raise minSnapshotHistoryWindowInSeconds on every member (300 by default), and begin again.',
    cause,
  });

/** The last position of a commit; where it came with a dump, that of its clock. */
const endOf = ({ last = 0, position }: CommitRow): Position => position ?? positionAt(last + 1) - 1;

/** Between commits that are there, where tickets are missing. */
function gapsOf(
  rows: readonly CommitRow[],
  done: { ticket: number; end: Position },
): { after: Position; before: Position }[] {
  const gaps: { after: Position; before: Position }[] = [];
  let { ticket, end } = done;
  let open = false;
  for (const row of rows) {
    open ||= row._id > ticket + 1;
    ticket = row._id;
    // A given-up ticket does not say where it was.
    if (row.first === undefined) continue;
    if (open) gaps.push({ after: end, before: positionAt(row.first) });
    open = false;
    if (row.last !== undefined) end = endOf(row);
  }
  return gaps;
}

function dumped(row: StatementRow, voided: ReadonlySet<string>): DumpedStatement {
  const { position = 0, flags = 0, attachments = [] } = row;
  const id = uuidText(row._id);
  return {
    kind: 'statement',
    position,
    id,
    text: row.text?.buffer ?? new Uint8Array(),
    hasTimestamp: (flags & StatementFlag.HAS_TIMESTAMP) !== 0,
    voids: (flags & StatementFlag.VOIDS) !== 0,
    voided: voided.has(id),
    attachments,
  };
}
