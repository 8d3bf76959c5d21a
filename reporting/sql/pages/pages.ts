/** What the SQL pages are given, and who may open them. */
import { type Action, type PeopleAccess, permissionFor } from '../../../lrs/index.ts';
import type { Permission } from '../../../web/index.ts';
import type { KeptQueries, Over } from '../kept/index.ts';
import type { Sql } from '../sql.ts';
import { PAGES, queriesPath } from './address.ts';

export interface SqlPages {
  sql: Sql;
  kept: KeptQueries;
  access: Pick<PeopleAccess, 'guard'>;
  /** Milliseconds since 1970. */
  now(): number;
}

export const ACTIONS: Record<Over, Action> = { cells: 'sql.cells', rows: 'sql.rows' };
export const OVERS: readonly Over[] = ['cells', 'rows'];

/** The item of the menu that the pages belong to. */
export const MENU = '/reports';

export const sqlPagePermissions: Permission[] = OVERS.flatMap((over) =>
  [PAGES[over], queriesPath(over)].flatMap((path) => [
    permissionFor('GET', path, ACTIONS[over]),
    permissionFor('POST', path, ACTIONS[over]),
  ]),
);
