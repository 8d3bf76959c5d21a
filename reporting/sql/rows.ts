/**
 * Rows of people under pseudonyms: outside the promise of published cells, so under a right of its own. No names, no
 * identifiers, no ids of agents, statements or registrations; places down to the direction, instants to the minute.
 */
import { join } from 'node:path';
import { listValue } from '@duckdb/node-api';
import type { Query } from '../projection/database.ts';
import type { Snapshot } from '../projection/projection.ts';
import { column } from './column.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import { literal, type PublishedTable, type TableSpec } from './publish.ts';
import { ROW_TABLES } from './row-tables.ts';

/** People who are given a pseudonym at once. */
const PORTION = 2000;

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

/**
 * The tables as the snapshot has them. DuckDB writes their rows to files in the folder by itself: brought through
 * JavaScript, four million of them took two minutes and held everything else up.
 */
export async function rowTables(
  { query, asOf }: Snapshot,
  pseudonyms: Pseudonyms,
  { sessionGap }: { sessionGap: number },
  folder: string,
): Promise<PublishedTable[]> {
  await nameEveryone(query, pseudonyms);
  const tables: PublishedTable[] = [];
  for (const table of ROW_TABLES) {
    const parquet = join(folder, `${table.name}.parquet`);
    await query(`COPY (${table.sql}) TO ${literal(parquet)} (FORMAT parquet)`);
    tables.push({ ...table, rows: { parquet } });
  }
  return [...tables, { ...ABOUT, rows: [[new Date(asOf), pseudonyms.quarter, sessionGap]] }];
}

/** Makes the table `who` for this transaction: people as the directory knows them, so without those who were erased. */
async function nameEveryone(query: Query, pseudonyms: Pseudonyms): Promise<void> {
  const known = (await query('SELECT DISTINCT person FROM agents')).map(({ person }) => String(person));
  await query('CREATE TEMP TABLE who (id VARCHAR, pseudonym VARCHAR)');
  for (let from = 0; from < known.length; from += PORTION) {
    const people = known.slice(from, from + PORTION);
    await query('INSERT INTO who SELECT unnest($people::VARCHAR[]), unnest($names::VARCHAR[])', {
      people: listValue(people),
      names: listValue(people.map((person) => pseudonyms.of(person))),
    });
  }
}
