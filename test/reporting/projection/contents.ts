/** All that a read model holds about people, in an order of its own, to compare two of them. */
import type { Projection } from '../../../reporting/projection/projection.ts';
import { MAINTAINED } from '../../../reporting/projection/schema.ts';

/** Which number an agent has is chance: the key stands for it. */
const BY_KEY = (table: string): string =>
  `(SELECT t.* REPLACE (key AS agent) FROM ${table} t LEFT JOIN agent_numbers USING (agent))`;

const TABLES = {
  ...{ events: BY_KEY('events'), agents: BY_KEY('agents'), agent_numbers: '(SELECT key FROM agent_numbers)' },
  ...Object.fromEntries(['memberships', 'stale', ...MAINTAINED].map((table) => [table, table])),
};

export const contentsOf = (projection: Projection): Promise<Record<string, string[]>> =>
  projection.snapshot(async ({ query }) => {
    const tables: Record<string, string[]> = {};
    for (const [table, rowsOf] of Object.entries(TABLES)) {
      const rows = await query(`SELECT to_json(t)::VARCHAR AS row FROM ${rowsOf} t ORDER BY ALL`);
      tables[table] = rows.map(({ row }) => String(row));
    }
    return tables;
  });
