import { crc32 } from 'node:zlib';
import { agentFromKey } from '../../xapi/agents.ts';
import { membersOf, referenceOf } from '../../xapi/members.ts';
import { rewriteAgents } from '../../xapi/rewrite.ts';
import type { Statement } from '../../xapi/types.ts';
import { type Erasure, replacementOf } from '../store.ts';
import { tombstoneOf } from '../tombstone.ts';
import type { Clock } from './clock.ts';
import type { Dictionary } from './dictionary.ts';
import { fromUtf8, MEMBER_KIND, utf8, uuidText } from './encoding.ts';
import { EntryWriter } from './entries.ts';
import { Inheritance } from './inheritance.ts';
import { PairWriter } from './pairs.ts';
import type { Database } from './schema.ts';
import { merge, readInherited, type Usages, writeInherited } from './usages.ts';

/** Statement ids in one event of the feed. */
const IDS_PER_EVENT = 500;

interface Row {
  position: number;
  id: Uint8Array;
  text: Uint8Array;
}

interface Counts {
  statements: number;
  documents: number;
}

/** Forgets a person: their statements and documents are given to a random account, or removed. */
export class Eraser {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #dictionary: Dictionary;
  readonly #entries: EntryWriter;
  readonly #pairs: PairWriter;
  readonly #inheritance: Inheritance;

  constructor(database: Database, clock: Clock, dictionary: Dictionary) {
    this.#database = database;
    this.#clock = clock;
    this.#dictionary = dictionary;
    this.#entries = new EntryWriter(database);
    this.#pairs = new PairWriter(database, dictionary);
    this.#inheritance = new Inheritance(database, dictionary);
  }

  run(erasure: Erasure): Counts {
    const done = this.#get<Counts>('SELECT statements, documents FROM erasure WHERE id = ?', erasure.id);
    if (done) return { statements: done.statements, documents: done.documents };
    const ids = this.#statements(erasure);
    for (let from = 0; from < ids.length; from += IDS_PER_EVENT) {
      const detail = JSON.stringify(ids.slice(from, from + IDS_PER_EVENT));
      this.#run("INSERT INTO event (position, kind, detail) VALUES (?, 'erased', ?)", this.#clock.next(), detail);
    }
    const counts = { statements: ids.length, documents: this.#documents(erasure) };
    this.#run(
      'INSERT INTO erasure (id, statements, documents) VALUES (?, ?, ?)',
      erasure.id,
      counts.statements,
      counts.documents,
    );
    return counts;
  }

  /** Rewrites or removes what names the person; gives the ids. */
  #statements(erasure: Erasure): string[] {
    const keys = new Set(erasure.agents);
    const replacement = replacementOf(erasure);
    const found = this.#foundBy(erasure.agents);
    const ids: string[] = [];
    const left = new Set<number>();
    for (const position of found) {
      const row = this.#row(position);
      // found only through what it refers to: nothing of the person stands in it
      if (!row || !names(fromUtf8(row.text), keys)) continue;
      ids.push(uuidText(row.id));
      this.#bury(row);
      const after =
        replacement === undefined
          ? this.#remove(row)
          : this.#rewrite(row, rewriteAgents(fromUtf8(row.text), keys, agentFromKey(replacement)));
      for (const member of this.#inheritance.ownOf(fromUtf8(row.text)).keys()) if (!after.has(member)) left.add(member);
    }
    for (const position of found) this.#inheritAnew(position);
    this.#dropNames(erasure.agents, left);
    return ids;
  }

  /** Positions of all that can be found by these agents, by what it refers to as well. */
  #foundBy(agents: readonly string[]): number[] {
    const find = this.#database.prepare('SELECT position FROM entry WHERE member = ?');
    const positions = agents.flatMap((agent) => {
      const member = this.#dictionary.find(MEMBER_KIND.agent, agent);
      return member === undefined ? [] : (find.all(member) as { position: number }[]).map((row) => row.position);
    });
    return [...new Set(positions)].sort((a, b) => a - b);
  }

  #bury({ id, text }: Row): void {
    const { hash, version } = tombstoneOf(fromUtf8(text));
    this.#run(
      'INSERT INTO tombstone (id, hash, hash_version) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      id,
      hash,
      version,
    );
  }

  /** Gives what it is found by from now on. */
  #rewrite({ position, text }: Row, rewritten: string): Usages {
    const inherited = this.#inherited(position) ?? new Map();
    const before = this.#inheritance.ownOf(fromUtf8(text));
    const after = this.#inheritance.ownOf(rewritten);
    const bytes = utf8(rewritten);
    this.#run('UPDATE statement SET text = ?, crc = ? WHERE position = ?', bytes, crc32(bytes), position);
    this.#entries.replace(position, together(before, inherited), together(after, inherited));
    return after;
  }

  #remove({ position, text }: Row): Usages {
    const own = this.#inheritance.ownOf(fromUtf8(text));
    this.#entries.replace(position, together(own, this.#inherited(position) ?? new Map()), new Map());
    const statement = JSON.parse(fromUtf8(text)) as Statement;
    this.#pairs.remove(position, membersOf(statement), referenceOf(statement) !== undefined);
    this.#run('DELETE FROM reference WHERE source = ?', position);
    this.#run('DELETE FROM attachment WHERE statement = ?', position);
    this.#run('DELETE FROM statement WHERE position = ?', position);
    return new Map();
  }

  /** For a statement that referred to what has changed, nearby or far. */
  #inheritAnew(position: number): void {
    const before = this.#inherited(position);
    const row = this.#row(position);
    if (!before || !row) return;
    const after = this.#inheritance.of(position);
    const own = this.#inheritance.ownOf(fromUtf8(row.text));
    this.#run('UPDATE reference SET inherited = ? WHERE source = ?', writeInherited(after), position);
    this.#entries.replace(position, together(own, before), together(own, after));
  }

  /** The person's own keys, and those of authorities that they were part of (authorityKey), where nothing else has them. */
  #dropNames(agents: readonly string[], left: ReadonlySet<number>): void {
    for (const agent of agents) {
      const member = this.#dictionary.find(MEMBER_KIND.agent, agent);
      if (member === undefined) continue;
      this.#run('DELETE FROM entry WHERE member = ?', member);
      this.#run('DELETE FROM member WHERE id = ?', member);
    }
    for (const member of left) {
      this.#run(
        `DELETE FROM member WHERE id = ?1 AND kind = ${MEMBER_KIND.agent} AND CAST(value AS TEXT) LIKE 'group:%'
         AND NOT EXISTS (SELECT 1 FROM entry WHERE member = ?1)`,
        member,
      );
    }
    this.#dictionary.reset();
  }

  #documents(erasure: Erasure): number {
    const replacement = replacementOf(erasure);
    let count = 0;
    for (const agent of erasure.agents) {
      if (replacement !== undefined) {
        count += this.#run('UPDATE OR REPLACE document SET agent = ? WHERE agent = ?', utf8(replacement), utf8(agent));
      } else count += this.#run('DELETE FROM document WHERE agent = ?', utf8(agent));
    }
    return count;
  }

  #row(position: number): Row | undefined {
    return this.#get<Row>('SELECT position, id, text FROM statement WHERE position = ?', position);
  }

  #inherited(position: number): Usages | undefined {
    const row = this.#get<{ inherited: string }>('SELECT inherited FROM reference WHERE source = ?', position);
    return row && readInherited(row.inherited);
  }

  #run(sql: string, ...values: (string | number | Uint8Array)[]): number {
    return Number(this.#database.prepare(sql).run(...values).changes);
  }

  #get<T>(sql: string, ...values: (string | number)[]): T | undefined {
    return this.#database.prepare(sql).get(...values) as T | undefined;
  }
}

const together = (own: Usages, inherited: Usages): Usages => merge(new Map(own), inherited);

/** Whether a statement itself names one of these agents, whatever it refers to. */
const names = (text: string, keys: ReadonlySet<string>): boolean =>
  membersOf(JSON.parse(text) as Statement).some(({ kind, value }) => kind === 'agent' && keys.has(value));
