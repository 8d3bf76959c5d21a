/** SQL for analysts: put together. */
import { join } from 'node:path';
import type { Router } from 'express';
import type { PeopleAccess } from '../../lrs/index.ts';
import type { Command, Permission } from '../../web/index.ts';
import { createSqlCommands } from './commands.ts';
import { PublishedFiles } from './published-files.ts';
import { addSqlRoutes, sqlPermissions } from './routes.ts';
import { Sql, type SqlOptions } from './sql.ts';

export interface SqlPart {
  /** Adds its routes to a router, which it gives back. */
  addRoutes(router: Router): Router;
  permissions: readonly Permission[];
  commands: readonly Command[];
  close(): Promise<void>;
}

/** `folder` is for published files alone: whatever is in there goes. */
export async function createSql({
  access,
  folder,
  ...options
}: Omit<SqlOptions, 'files'> & { access: Pick<PeopleAccess, 'guard'>; folder: string }): Promise<SqlPart> {
  // Those of cells are small, one for each who reads them; those of rows are large.
  const files = {
    cells: await PublishedFiles.open(join(folder, 'cells'), 8),
    rows: await PublishedFiles.open(join(folder, 'rows'), 1),
  };
  const sql = new Sql({ ...options, files });
  return {
    addRoutes: (router) => addSqlRoutes(router, sql, access),
    permissions: sqlPermissions,
    commands: createSqlCommands(sql),
    async close() {
      await files.cells.close();
      await files.rows.close();
    },
  };
}
