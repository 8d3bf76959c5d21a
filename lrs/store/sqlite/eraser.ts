import { agentFromKey } from '../../xapi/agents.ts';
import { membersOf } from '../../xapi/members.ts';
import { rewriteAgents } from '../../xapi/rewrite.ts';
import type { Agent, Statement } from '../../xapi/types.ts';
import { type Erasure, replacementOf } from '../store.ts';
import { tombstoneOf } from '../tombstone.ts';
import type { Clock } from './clock.ts';
import type { Dictionary } from './dictionary.ts';
import { fromUtf8, MEMBER_KIND, utf8, uuidText } from './encoding.ts';
import { EntryWriter } from './entries.ts';
import type { Database } from './schema.ts';

/** Statement ids in one event of the feed. */
const IDS_PER_EVENT = 500;

interface Row {
  position: number;
  usage: number;
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

  constructor(database: Database, clock: Clock, dictionary: Dictionary) {
    this.#database = database;
    this.#clock = clock;
    this.#dictionary = dictionary;
    this.#entries = new EntryWriter(database);
  }

  run(erasure: Erasure): Counts {
    const done = this.#get<Counts>('SELECT statements, documents FROM erasure WHERE id = ?', erasure.id);
    if (done) return { statements: done.statements, documents: done.documents };
    const ids: string[] = [];
    for (const agent of erasure.agents) this.#forget(agent, erasure, ids);
    const documents = this.#documents(erasure);
    for (let from = 0; from < ids.length; from += IDS_PER_EVENT) {
      const detail = JSON.stringify(ids.slice(from, from + IDS_PER_EVENT));
      this.#run("INSERT INTO event (position, kind, detail) VALUES (?, 'erased', ?)", this.#clock.next(), detail);
    }
    const counts = { statements: new Set(ids).size, documents };
    this.#run(
      'INSERT INTO erasure (id, statements, documents) VALUES (?, ?, ?)',
      erasure.id,
      counts.statements,
      documents,
    );
    return counts;
  }

  #forget(agent: string, erasure: Erasure, ids: string[]): void {
    const member = this.#dictionary.find(MEMBER_KIND.agent, agent);
    if (member === undefined) return;
    const keys = new Set(erasure.agents);
    const replacement = replacementOf(erasure);
    const substitute = replacement === undefined ? undefined : agentFromKey(replacement);
    const rows = this.#database
      .prepare(
        `SELECT e.position, e.usage, s.id, s.text FROM entry e
         JOIN statement s ON s.position = e.position WHERE e.member = ?`,
      )
      .all(member) as unknown as Row[];
    for (const row of rows) {
      const text = fromUtf8(row.text);
      const rewritten = rewriteAgents(text, keys, substitute ?? FORGOTTEN);
      // found only through what it refers to: nothing of the person stands in it
      if (rewritten === text) continue;
      ids.push(uuidText(row.id));
      const { hash, version } = tombstoneOf(text);
      this.#run(
        'INSERT INTO tombstone (id, hash, hash_version) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
        row.id,
        hash,
        version,
      );
      if (substitute) this.#run('UPDATE statement SET text = ? WHERE position = ?', utf8(rewritten), row.position);
      else this.#remove(row.position, text);
    }
    if (replacement !== undefined) {
      const substituteMember = this.#dictionary.number(MEMBER_KIND.agent, replacement);
      for (const row of rows) this.#entries.merge(row.position, new Map([[substituteMember, row.usage]]));
    }
    this.#dropMember(member);
  }

  #remove(position: number, text: string): void {
    for (const { kind, value } of membersOf(JSON.parse(text) as Statement)) {
      const member = this.#dictionary.find(MEMBER_KIND[kind], value);
      if (member !== undefined) this.#run('DELETE FROM entry WHERE member = ? AND position = ?', member, position);
    }
    const reference = this.#get<{ inherited: string }>('SELECT inherited FROM reference WHERE source = ?', position);
    const inherited = reference ? (JSON.parse(reference.inherited) as number[]) : [];
    for (let i = 0; i < inherited.length; i += 2) {
      this.#run('DELETE FROM entry WHERE member = ? AND position = ?', inherited[i] ?? 0, position);
    }
    this.#run('DELETE FROM reference WHERE source = ?', position);
    this.#run('DELETE FROM attachment WHERE statement = ?', position);
    this.#run('DELETE FROM statement WHERE position = ?', position);
  }

  /** The member's number stays in `inherited` of referring statements, where it then means nobody. */
  #dropMember(member: number): void {
    this.#run('DELETE FROM entry WHERE member = ?', member);
    this.#run('DELETE FROM member WHERE id = ?', member);
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

  #run(sql: string, ...values: (string | number | Uint8Array)[]): number {
    return Number(this.#database.prepare(sql).run(...values).changes);
  }

  #get<T>(sql: string, ...values: (string | number)[]): T | undefined {
    return this.#database.prepare(sql).get(...values) as T | undefined;
  }
}

/** Only tells whether a statement names the person: with mode erase the rewritten text is not kept. */
const FORGOTTEN: Agent = { objectType: 'Agent', account: { homePage: 'urn:livret:forgotten', name: 'forgotten' } };
