/** The directory beside the events, so that questions join the two: copied whole whenever it has changed. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Directory } from '../../lrs/directory/index.ts';
import { appendRow } from './append.ts';
import { type Database, writeMeta } from './database.ts';

const ALWAYS = Number.MIN_SAFE_INTEGER;
const FOREVER = Number.MAX_SAFE_INTEGER;

/** Copies the directory unless the read model has this revision already. */
export async function copyDirectory(database: Database, directory: Directory): Promise<void> {
  for (;;) {
    const revision = String(await directory.revision());
    if ((await database.meta('directory')) === revision) return;
    // Reading everyone takes several pages: noted under the revision it began at, so that a change meanwhile is seen next time round.
    await database.write((connection) => replace(connection, directory, revision));
  }
}

async function replace(connection: DuckDBConnection, directory: Directory, revision: string): Promise<void> {
  await connection.run('DELETE FROM agents; DELETE FROM memberships;');
  const agents = await connection.createAppender('agents');
  const memberships = await connection.createAppender('memberships');
  for await (const person of directory.all()) {
    for (const identifier of person.identifiers) appendRow(agents, [identifier, person.id]);
    for (const { direction, service, site, from, to } of person.memberships) {
      appendRow(memberships, [person.id, direction, service, site, from ?? ALWAYS, to ?? FOREVER]);
    }
  }
  agents.closeSync();
  memberships.closeSync();
  await writeMeta(connection, 'directory', revision);
}
