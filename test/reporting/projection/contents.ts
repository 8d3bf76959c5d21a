/** All that a read model holds about people, in an order of its own, to compare two of them. */
import type { Projection } from '../../../reporting/projection/projection.ts';
import { MAINTAINED } from '../../../reporting/projection/schema.ts';

const TABLES = ['events', 'agents', 'memberships', 'stale', ...MAINTAINED];

export const contentsOf = (projection: Projection): Promise<Record<string, string[]>> =>
  projection.snapshot(async ({ query }) => {
    const tables: Record<string, string[]> = {};
    for (const table of TABLES) {
      const rows = await query(`SELECT to_json(t)::VARCHAR AS row FROM ${table} t ORDER BY ALL`);
      tables[table] = rows.map(({ row }) => String(row));
    }
    return tables;
  });
