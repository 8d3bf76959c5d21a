/** Where the pages are, and the address of a query. Pure. */
import type { Over } from '../kept/index.ts';
import type { Drawn } from './drawing.ts';

export const PAGES: Record<Over, string> = { cells: '/reports/sql', rows: '/reports/sql/rows' };

export const queriesPath = (over: Over): string => `${PAGES[over]}/queries`;

/** Characters of the query in an address, encoded: servers in between, and logging in, which carries it along, must bear it. */
export const LONGEST_ADDRESS = 4000;

export interface Asked {
  sql: string;
  chart?: Drawn | undefined;
  /** The kept query that it was, and its version then. */
  kept?: { id: string; version: number } | undefined;
}

/** undefined where the query is too long for an address. */
export function addressOf(over: Over, { sql, chart, kept }: Asked): string | undefined {
  const query = new URLSearchParams({ query: sql });
  if (query.toString().length > LONGEST_ADDRESS) return undefined;
  if (chart !== undefined) query.set('chart', chart);
  if (kept !== undefined) {
    query.set('kept', kept.id);
    query.set('version', String(kept.version));
  }
  return `${PAGES[over]}?${query}`;
}
