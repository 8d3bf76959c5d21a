/** The index as it should be, noted statement by statement, beside the index as it is. */
import { uuidText } from '../encoding.ts';
import type { Pair } from '../pairs.ts';
import type { Database } from '../schema.ts';
import { type Check, found } from './finding.ts';

export const prepareEntries = (database: Database): void =>
  database.exec(`CREATE TABLE noted (member INTEGER, position INTEGER, usage INTEGER);
    CREATE TABLE noted_pair (verb INTEGER, activity INTEGER, position INTEGER)`);

export class EntryNotes {
  readonly #insert;
  readonly #insertPair;

  constructor(database: Database) {
    this.#insert = database.prepare('INSERT INTO noted (member, position, usage) VALUES (?, ?, ?)');
    this.#insertPair = database.prepare('INSERT INTO noted_pair (verb, activity, position) VALUES (?, ?, ?)');
  }

  /** Once for each statement: member → bits of Usage. */
  add(position: number, usages: ReadonlyMap<number, number>): void {
    for (const [member, usage] of usages) this.#insert.run(member, position, usage);
  }

  addPair(position: number, pair: Pair): void {
    this.#insertPair.run(...pair, position);
  }
}

const NOT_THERE = `SELECT s.id, count(*) AS n FROM noted x JOIN statement s ON s.position = x.position
  WHERE NOT EXISTS (SELECT 1 FROM entry e WHERE e.member = x.member AND e.position = x.position AND e.usage = x.usage)
  GROUP BY x.position`;

const NOT_NOTED = `SELECT s.id, e.position, count(*) AS n FROM entry e LEFT JOIN statement s ON s.position = e.position
  WHERE NOT EXISTS (SELECT 1 FROM noted x WHERE x.position = e.position AND x.member = e.member AND x.usage = e.usage)
  GROUP BY e.position`;

/** Pairs that should be there, or should not. */
const PAIRS = `SELECT DISTINCT s.id, x.position FROM
  (SELECT * FROM (SELECT * FROM noted_pair EXCEPT SELECT verb, activity, position FROM pair)
   UNION SELECT * FROM (SELECT verb, activity, position FROM pair EXCEPT SELECT * FROM noted_pair)) x
  LEFT JOIN statement s ON s.position = x.position`;

export function* checkPairs(database: Database): Check {
  for (const { id, position } of database.prepare(PAIRS).all() as { id: Uint8Array | null; position: number }[]) {
    const where = id === null ? `position ${position}` : uuidText(id);
    yield found('index', where, 'It is not under the pair of its verb and its activity.');
  }
}

/** Where all that was noted is there, and no more rows than were noted, the two are the same. */
export function* checkEntries(database: Database): Check {
  let missing = false;
  for (const { id, n } of database.prepare(NOT_THERE).all() as { id: Uint8Array; n: number }[]) {
    missing = true;
    yield found('index', uuidText(id), `Entries that should find it are not there: ${n}.`);
  }
  const { more } = database
    .prepare('SELECT (SELECT count(*) FROM entry) <> (SELECT count(*) FROM noted) AS more')
    .get() as {
    more: number;
  };
  if (more === 0 && !missing) return;
  database.exec('CREATE INDEX noted_position ON noted (position, member)');
  const rows = database.prepare(NOT_NOTED).all() as { id: Uint8Array | null; position: number; n: number }[];
  for (const { id, position, n } of rows) {
    if (id === null) yield found('index', `position ${position}`, `Entries of no statement: ${n}.`);
    else yield found('index', uuidText(id), `Entries that are not its own find it: ${n}.`);
  }
}
