/** The directory beside the events, so that questions join the two: read whole whenever it has changed. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Directory, Place } from '../../lrs/directory/index.ts';
import { dropUnused, giveNumbers } from './agent-numbers.ts';
import { appendRow } from './append.ts';
import { type Database, writeMeta } from './database.ts';

const ALWAYS = Number.MIN_SAFE_INTEGER;
const FOREVER = Number.MAX_SAFE_INTEGER;

/** Times that it is copied anew because it changed meanwhile: an import that goes on may not keep the statements waiting. */
const PASSES = 5;

const COPIED = ['agents', 'memberships'] as const;

/** Name of the calendar of a place. */
export type CalendarOf = (place: Place) => string;

/**
 * Copies the directory unless the read model has this revision already, and notes the people of whom anything is
 * different.
 */
export async function copyDirectory(database: Database, directory: Directory, calendarOf: CalendarOf): Promise<void> {
  for (let pass = 0; pass < PASSES; pass++) {
    const revision = String(await directory.revision());
    if ((await database.meta('directory')) === revision) return;
    // Reading everyone takes several pages: noted under the revision it began at, so that a change meanwhile is seen next time round.
    await database.write(async (connection) => {
      await readAll(connection, directory, calendarOf);
      for (const table of COPIED) await replace(connection, table);
      await dropUnused(connection);
      await writeMeta(connection, 'directory', revision);
    });
  }
}

/** Into new_agents and new_memberships. */
async function readAll(connection: DuckDBConnection, directory: Directory, calendarOf: CalendarOf): Promise<void> {
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE identifiers (key VARCHAR, person VARCHAR);
    CREATE OR REPLACE TEMP TABLE new_memberships AS FROM memberships LIMIT 0;
  `);
  const agents = await connection.createAppender('identifiers');
  const memberships = await connection.createAppender('new_memberships');
  for await (const person of directory.all()) {
    for (const identifier of person.identifiers) appendRow(agents, [identifier, person.id]);
    for (const membership of person.memberships) {
      const { direction, service, site, from = ALWAYS, to = FOREVER } = membership;
      appendRow(memberships, [person.id, direction, service, site, from, to, calendarOf(membership)]);
    }
  }
  agents.closeSync();
  memberships.closeSync();
  await giveNumbers(connection, 'FROM identifiers');
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE new_agents AS SELECT agent, person FROM identifiers JOIN agent_numbers USING (key);
    DROP TABLE identifiers;
  `);
}

async function replace(connection: DuckDBConnection, table: (typeof COPIED)[number]): Promise<void> {
  await connection.run(`
    INSERT INTO stale
    SELECT person FROM (FROM ${table} EXCEPT FROM new_${table}) UNION SELECT person FROM (FROM new_${table} EXCEPT FROM ${table});
    DELETE FROM ${table};
    INSERT INTO ${table} FROM new_${table};
    DROP TABLE new_${table};
  `);
}
