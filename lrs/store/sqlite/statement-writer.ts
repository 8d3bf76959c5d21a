/** Puts statements and everything that finds them into the tables. Checks come before the first write: a refusal leaves no trace. */
import { crc32 } from 'node:zlib';
import { mergeDefinition } from '../../xapi/definitions.ts';
import { isSameStatement } from '../../xapi/equality.ts';
import { membersOf } from '../../xapi/members.ts';
import type { ActivityDefinition, Member, Statement } from '../../xapi/types.ts';
import type { Placed } from '../dumped-statement.ts';
import { MOST_STEPS, type NewStatement } from '../store.ts';
import { isErased, statementConflict } from '../tombstone.ts';
import type { Clock } from './clock.ts';
import type { Dictionary } from './dictionary.ts';
import { fromUtf8, MEMBER_KIND, utf8, uuidBytes } from './encoding.ts';
import { EntryWriter } from './entries.ts';
import { PairWriter } from './pairs.ts';
import { type Database, StatementFlag } from './schema.ts';
import { adopt, merge, readInherited, type Usages, withoutOwner, writeInherited } from './usages.ts';

interface StatementRow {
  position: number;
  flags: number;
}

interface TombstoneRow {
  hash: Uint8Array;
  hash_version: number;
}

interface ReferenceRow {
  source: number;
  voids: number;
  inherited: string;
}

export class StatementWriter {
  readonly #clock: Clock;
  readonly #dictionary: Dictionary;
  readonly #entries: EntryWriter;
  readonly #pairs: PairWriter;
  readonly #byId;
  readonly #tombstone;
  readonly #anyTombstone;
  readonly #insert;
  readonly #setFlags;
  readonly #byPosition;
  readonly #insertReference;
  readonly #setInherited;
  readonly #inheritedOf;
  readonly #referrers;
  readonly #anyReference;
  readonly #insertEvent;
  readonly #insertAttachment;
  readonly #definition;
  readonly #putDefinition;
  #hasReferences: boolean;
  #hasTombstones: boolean;

  constructor(database: Database, clock: Clock, dictionary: Dictionary) {
    this.#clock = clock;
    this.#dictionary = dictionary;
    this.#entries = new EntryWriter(database);
    this.#pairs = new PairWriter(database, dictionary);
    this.#byId = database.prepare('SELECT position, flags FROM statement WHERE id = ?');
    this.#tombstone = database.prepare('SELECT hash, hash_version FROM tombstone WHERE id = ?');
    this.#anyTombstone = database.prepare('SELECT 1 FROM tombstone LIMIT 1');
    this.#insert = database.prepare('INSERT INTO statement (position, id, flags, text, crc) VALUES (?, ?, ?, ?, ?)');
    this.#setFlags = database.prepare('UPDATE statement SET flags = ? WHERE position = ?');
    this.#byPosition = database.prepare('SELECT id, flags, text FROM statement WHERE position = ?');
    this.#insertReference = database.prepare(
      'INSERT INTO reference (source, target, voids, inherited) VALUES (?, ?, ?, ?)',
    );
    this.#setInherited = database.prepare('UPDATE reference SET inherited = ? WHERE source = ?');
    this.#inheritedOf = database.prepare('SELECT inherited FROM reference WHERE source = ?');
    this.#referrers = database.prepare('SELECT source, voids, inherited FROM reference WHERE target = ?');
    this.#anyReference = database.prepare('SELECT 1 FROM reference LIMIT 1');
    this.#insertEvent = database.prepare('INSERT INTO event (position, kind, detail) VALUES (?, ?, ?)');
    this.#insertAttachment = database.prepare(
      'INSERT INTO attachment (statement, n, sha2, content_type, blob) VALUES (?, ?, ?, ?, ?)',
    );
    this.#definition = database.prepare('SELECT definition FROM activity WHERE id = ?');
    this.#putDefinition = database.prepare(
      'INSERT INTO activity (id, definition) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET definition = excluded.definition',
    );
    this.#hasReferences = this.#anyReference.get() !== undefined;
    this.#hasTombstones = this.#anyTombstone.get() !== undefined;
  }

  /** After a rollback, or when an erasure may have changed what is remembered here. */
  reset(): void {
    this.#hasReferences = this.#anyReference.get() !== undefined;
    this.#hasTombstones = this.#anyTombstone.get() !== undefined;
  }

  /** Which statements are new. Throws statement.conflict; writes nothing. */
  check(statements: readonly NewStatement[]): ('stored' | 'same')[] {
    const inThisCommit = new Map<string, NewStatement>();
    return statements.map((statement) => {
      const twin = inThisCommit.get(statement.id);
      if (twin && !isSameStatement(twin, statement)) throw statementConflict(statement.id);
      inThisCommit.set(statement.id, statement);
      if (twin) return 'same';
      return this.#isThere(statement) ? 'same' : 'stored';
    });
  }

  write(statement: NewStatement): void {
    const position = this.#clock.next();
    const referrers = this.#referrersOf(statement.id);
    const arrivesVoided = !statement.voids && referrers.some((row) => row.voids === 1);
    this.#place(position, { ...statement, voided: arrivesVoided }, referrers);
    if (statement.voids && statement.refersTo) this.#void(statement.id, statement.refersTo);
    if (arrivesVoided) this.#event('voided', statement.id);
    if (statement.defines)
      for (const { id: activity, definition } of statement.definitions) this.#define(activity, definition);
  }

  /** Puts a statement of another store where it stood there. Its events and definitions come by themselves. */
  replay(position: number, statement: Placed): void {
    this.#place(position, statement, this.#referrersOf(statement.id));
  }

  #place(position: number, statement: Placed, referrers: readonly ReferenceRow[]): void {
    const { hasTimestamp, voids, voided, refersTo, attachments } = statement;
    const id = uuidBytes(statement.id);
    const text = utf8(statement.text);
    const flags =
      (hasTimestamp ? StatementFlag.HAS_TIMESTAMP : 0) |
      (voids ? StatementFlag.VOIDS : 0) |
      (voided ? StatementFlag.VOIDED : 0);
    this.#insert.run(position, id, flags, text, crc32(text));

    const usages = this.#usages(statement.members);
    if (refersTo) this.#refer(position, id, refersTo, voids, usages);
    this.#entries.insert(position, usages);
    this.#pairs.insert(position, statement.members, refersTo !== undefined);
    if (referrers.length > 0) this.#passOn(id, usages, new Set([position]));
    attachments.forEach((attachment, n) => {
      this.#insertAttachment.run(position, n, attachment.sha2, utf8(attachment.contentType), attachment.blob);
    });
  }

  #referrersOf(id: string): ReferenceRow[] {
    return this.#hasReferences ? (this.#referrers.all(uuidBytes(id)) as unknown as ReferenceRow[]) : [];
  }

  #isThere(statement: NewStatement): boolean {
    const id = uuidBytes(statement.id);
    const row = this.#byId.get(id) as StatementRow | undefined;
    if (row && this.#isSame(row, statement)) return true;
    const tombstones = this.#hasTombstones ? (this.#tombstone.all(id) as TombstoneRow[]) : [];
    if (tombstones.some(({ hash, hash_version }) => isErased({ hash, version: hash_version }, statement))) return true;
    if (row || tombstones.length > 0) throw statementConflict(statement.id);
    return false;
  }

  #isSame({ position, flags }: StatementRow, statement: NewStatement): boolean {
    const { text } = this.#byPosition.get(position) as { text: Uint8Array };
    const hasTimestamp = (flags & StatementFlag.HAS_TIMESTAMP) !== 0;
    return isSameStatement({ text: fromUtf8(text), hasTimestamp }, statement);
  }

  #usages(members: readonly Member[]): Usages {
    const usages: Usages = new Map();
    for (const { kind, value, usage } of members) usages.set(this.#dictionary.number(MEMBER_KIND[kind], value), usage);
    return usages;
  }

  /** The statement refers to another: it can be found by all that finds that one (1.0.3 Communication 2.1.3, recursively). */
  #refer(position: number, id: Buffer, refersTo: string, voids: boolean, usages: Usages): void {
    const target = uuidBytes(refersTo);
    const there = target.equals(id) ? undefined : (this.#byId.get(target) as StatementRow | undefined);
    const inherited: Usages = new Map();
    if (there) adopt(inherited, withoutOwner(this.#reachable(there.position)));
    this.#insertReference.run(position, target, voids ? 1 : 0, writeInherited(inherited));
    this.#hasReferences = true;
    merge(usages, inherited);
  }

  #void(id: string, refersTo: string): void {
    const there = id === refersTo ? undefined : (this.#byId.get(uuidBytes(refersTo)) as StatementRow | undefined);
    if (!there || (there.flags & (StatementFlag.VOIDS | StatementFlag.VOIDED)) !== 0) return;
    this.#setFlags.run(there.flags | StatementFlag.VOIDED, there.position);
    this.#event('voided', refersTo);
  }

  /** Everything a stored statement can be found by: its own members and what it inherited. */
  #reachable(position: number): Usages {
    const row = this.#byPosition.get(position) as { text: Uint8Array };
    const own = this.#usages(membersOf(JSON.parse(fromUtf8(row.text)) as Statement));
    const reference = this.#inheritedOf.get(position) as { inherited: string } | undefined;
    return reference ? merge(own, readInherited(reference.inherited)) : own;
  }

  /** A statement that others refer to arrived after them: they inherit now, and those that refer to them too. */
  #passOn(id: Uint8Array, usages: Usages, visited: Set<number>): void {
    const inherited = withoutOwner(usages);
    let targets: Uint8Array[] = [id];
    for (let step = 0; step < MOST_STEPS && targets.length > 0; step++) {
      const rows = targets.flatMap((target) => this.#referrers.all(target) as ReferenceRow[]);
      targets = rows.filter((row) => this.#inherit(row, inherited, visited)).map(({ source }) => this.#idAt(source));
    }
  }

  /** Gives false where it changed nothing: then those that refer to this one have it all too. */
  #inherit({ source, inherited }: ReferenceRow, usages: Usages, visited: Set<number>): boolean {
    if (visited.has(source)) return false;
    visited.add(source);
    const known = readInherited(inherited);
    const news = adopt(known, usages);
    if (news.size === 0) return false;
    this.#setInherited.run(writeInherited(known), source);
    this.#entries.merge(source, news);
    return true;
  }

  #idAt(position: number): Uint8Array {
    return (this.#byPosition.get(position) as { id: Uint8Array }).id;
  }

  #define(activity: string, definition: ActivityDefinition): void {
    const id = utf8(activity);
    const row = this.#definition.get(id) as { definition: Uint8Array } | undefined;
    const known = row ? (JSON.parse(fromUtf8(row.definition)) as ActivityDefinition) : undefined;
    const { merged, changed } = known ? mergeDefinition(known, definition) : { merged: definition, changed: true };
    if (changed) this.#putDefinition.run(id, utf8(JSON.stringify(merged)));
  }

  #event(kind: 'voided', id: string): void {
    this.#insertEvent.run(this.#clock.next(), kind, JSON.stringify([id]));
  }
}
