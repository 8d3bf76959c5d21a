/**
 * Rows of people under pseudonyms: outside the promise of published cells, so under a right of its own. No names, no
 * identifiers, no ids of agents, statements or registrations; places down to the direction, instants to the minute.
 */
import { listValue } from '@duckdb/node-api';
import type { Query, Row } from '../projection/database.ts';
import type { Snapshot } from '../projection/projection.ts';
import { column } from './column.ts';
import type { Cell } from './insert.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import type { PublishedTable, TableSpec } from './publish.ts';
import { ROW_TABLES, type RowTable } from './row-tables.ts';

/** People whose rows are read at once. */
const PORTION = 500;

const ABOUT: TableSpec = {
  name: 'about',
  description: { fr: 'De quand sont ces lignes.', en: 'Of when these rows are.' },
  columns: [
    column('as_of', 'TIMESTAMP', 'Ce qui était enregistré alors y est (UTC).', 'All stored by then is in them (UTC).'),
    column('quarter', 'VARCHAR', 'Trimestre des pseudonymes.', 'Quarter of the pseudonyms.'),
    column('session_gap', 'INTEGER', 'Pause qui sépare deux séances.', 'Gap that separates two sessions.', 'min'),
  ],
};

/** What the tables hold, without their rows. */
export const ROW_SPECS: readonly TableSpec[] = [...ROW_TABLES, ABOUT];

/** The tables, whose rows are read as they are asked for: within the snapshot. */
export async function rowTables(
  { query, asOf }: Snapshot,
  pseudonyms: Pseudonyms,
  { sessionGap }: { sessionGap: number },
): Promise<PublishedTable[]> {
  const known = await query('SELECT DISTINCT person FROM agents');
  // By pseudonym: the order of the directory would tell who is who.
  const people = known
    .map(({ person }) => ({ person: String(person), pseudonym: pseudonyms.of(String(person)) }))
    .sort((a, b) => (a.pseudonym < b.pseudonym ? -1 : 1));
  return [
    ...ROW_TABLES.map((table) => ({ ...table, rows: rowsOf(query, table, people) })),
    { ...ABOUT, rows: [[new Date(asOf), pseudonyms.quarter, sessionGap]] },
  ];
}

async function* rowsOf(
  query: Query,
  { sql }: RowTable,
  people: readonly { person: string; pseudonym: string }[],
): AsyncGenerator<Cell[]> {
  for (let from = 0; from < people.length; from += PORTION) {
    const portion = people.slice(from, from + PORTION);
    const rows: Row[] = await query(sql, {
      people: listValue(portion.map(({ person }) => person)),
      pseudonyms: listValue(portion.map(({ pseudonym }) => pseudonym)),
    });
    for (const row of rows) yield Object.values(row) as Cell[];
  }
}
