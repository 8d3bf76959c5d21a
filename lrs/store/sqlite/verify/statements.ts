/** Each statement for itself: its text, what it refers to, its attachments. Notes what it should be found by. */
import { crc32 } from 'node:zlib';
import type { Checked } from '../../dump.ts';
import { liesWithin, reachOf } from '../../verify/reach.ts';
import { readText, type TextRead } from '../../verify/text.ts';
import { uuidText } from '../encoding.ts';
import { pairsOf } from '../pairs.ts';
import { type Database, StatementFlag } from '../schema.ts';
import { EntryNotes } from './entries.ts';
import { type Check, found, type Verified } from './finding.ts';
import { Steps } from './steps.ts';

interface Row {
  position: number;
  id: Uint8Array;
  flags: number;
  text: Uint8Array;
  crc: number | null;
}

interface Reference {
  target: Uint8Array;
  voids: number;
  inherited: string;
}

/** Statements read at once. */
const PAGE = 500;

export function* checkStatements(database: Database, checked: Checked): Check {
  const page = database.prepare(
    `SELECT position, id, flags, text, crc FROM statement WHERE position > ? ORDER BY position LIMIT ${PAGE}`,
  );
  const checks = new StatementChecks(database);
  for (let last = -1; ; ) {
    const rows = page.all(last) as unknown as Row[];
    for (const row of rows) yield* checks.check(row);
    const end = rows.at(-1);
    if (!end) break;
    last = end.position;
    checked.statements += rows.length;
    yield { checked: { ...checked } };
  }
  const lost = database.prepare(
    'SELECT source, target FROM reference r WHERE NOT EXISTS (SELECT 1 FROM statement s WHERE s.position = r.source)',
  );
  for (const { target } of lost.all() as { target: Uint8Array }[]) {
    yield found('reference', uuidText(target), 'A statement that is not there refers to it.');
  }
}

class StatementChecks {
  readonly #reference;
  readonly #attachments;
  readonly #notes: EntryNotes;
  readonly #steps: Steps;

  constructor(database: Database) {
    this.#reference = database.prepare('SELECT target, voids, inherited FROM reference WHERE source = ?');
    this.#attachments = database.prepare('SELECT sha2 FROM attachment WHERE statement = ?');
    this.#notes = new EntryNotes(database);
    this.#steps = new Steps(database);
  }

  *check(row: Row): Check {
    const id = uuidText(row.id);
    const voids = (row.flags & StatementFlag.VOIDS) !== 0;
    const hasTimestamp = (row.flags & StatementFlag.HAS_TIMESTAMP) !== 0;
    if (row.crc !== null && row.crc !== crc32(row.text)) yield found('statement', id, 'Its text has changed.');
    const { problems, found: said } = readText({ id, text: row.text, hasTimestamp, voids });
    for (const problem of problems) yield found('statement', id, problem);
    if (said === undefined) return;
    const reference = this.#reference.get(row.position) as Reference | undefined;
    yield* this.#checkReference(id, voids, said, reference);
    const inherited = reference ? pairs(reference.inherited) : new Map<number, number>();
    if (reference && !this.#inheritsRightly(id, inherited)) {
      yield found('reference', id, 'It is not found by what it refers to, or by something else.');
    }
    yield* this.#noteEntries(id, row.position, said, inherited);
    for (const { sha2 } of this.#attachments.all(row.position) as { sha2: string }[]) {
      if (!said.declared.includes(sha2)) yield found('attachment', id, 'It has contents that it does not declare.');
    }
  }

  *#checkReference(
    id: string,
    voids: boolean,
    { refersTo }: NonNullable<TextRead['found']>,
    reference: Reference | undefined,
  ): Check {
    if ((refersTo === undefined) !== (reference === undefined)) {
      yield found('reference', id, refersTo === undefined ? 'It refers to nothing.' : 'That it refers is not known.');
    } else if (reference && (uuidText(reference.target) !== refersTo || (reference.voids === 1) !== voids)) {
      yield found('reference', id, 'It refers to something else.');
    }
  }

  #inheritsRightly(id: string, inherited: ReadonlyMap<number, number>): boolean {
    const reach = reachOf(id, (each) => this.#steps.get(each));
    return reach === undefined || liesWithin(inherited, reach);
  }

  *#noteEntries(
    id: string,
    position: number,
    { members, refersTo }: NonNullable<TextRead['found']>,
    inherited: ReadonlyMap<number, number>,
  ): Generator<Verified, void, void> {
    const { usages, unknown } = this.#steps.usagesOf(members);
    if (unknown > 0) yield found('index', id, `Members that the dictionary does not have: ${unknown}.`);
    for (const [member, usage] of inherited) usages.set(member, (usages.get(member) ?? 0) | usage);
    this.#notes.add(position, usages);
    const pairs = pairsOf(members, refersTo !== undefined, (kind, value) => this.#steps.numberOf(kind, value));
    for (const pair of pairs) this.#notes.addPair(position, pair);
  }
}

/** [member, usage, …] */
function pairs(json: string): Map<number, number> {
  const flat = JSON.parse(json) as number[];
  return new Map(Array.from({ length: flat.length / 2 }, (_, n) => [flat[2 * n] ?? 0, flat[2 * n + 1] ?? 0]));
}
