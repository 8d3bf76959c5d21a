/** SQL for analysts: put together. */
import { join } from 'node:path';
import type { Router } from 'express';
import type { Directory } from '../../lrs/directory/index.ts';
import type { PeopleAccess } from '../../lrs/index.ts';
import type { Command, Permission } from '../../web/index.ts';
import { createSqlCommands } from './commands.ts';
import { forgetKept, KeptQueries } from './kept/index.ts';
import { sqlPagePermissions } from './pages/pages.ts';
import { addSqlPages } from './pages/routes.tsx';
import { PublishedFiles } from './published-files.ts';
import { addSqlRoutes, sqlPermissions } from './routes.ts';
import { Sql, type SqlOptions } from './sql.ts';

export interface SqlPart {
  /** Adds its routes to a router, which it gives back. */
  addRoutes(router: Router): Router;
  permissions: readonly Permission[];
  commands: readonly Command[];
  /** Removes the queries that people kept who are gone; gives how many. */
  forget(): Promise<number>;
  close(): Promise<void>;
}

/** `folder` is for published files alone: whatever is in there goes. */
export async function createSql({
  access,
  folder,
  ...options
}: Omit<SqlOptions, 'files' | 'directory'> & {
  access: Pick<PeopleAccess, 'guard'>;
  directory: Pick<Directory, 'revision' | 'person' | 'leadsTo'>;
  folder: string;
}): Promise<SqlPart> {
  // Those of cells are small, one for each who reads them; those of rows are large.
  const files = {
    cells: await PublishedFiles.open(join(folder, 'cells'), 8),
    rows: await PublishedFiles.open(join(folder, 'rows'), 1),
  };
  const sql = new Sql({ ...options, files });
  const { store, directory, now } = options;
  const kept = new KeptQueries(store, now);
  return {
    addRoutes(router) {
      addSqlPages(router, { sql, kept, access, now });
      return addSqlRoutes(router, sql, access);
    },
    permissions: [...sqlPermissions, ...sqlPagePermissions],
    commands: createSqlCommands(sql),
    forget: () => forgetKept(store, directory, now()),
    async close() {
      await files.cells.close();
      await files.rows.close();
    },
  };
}
