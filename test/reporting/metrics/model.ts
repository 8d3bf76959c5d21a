/** A read model filled by hand. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendRow, type Cell } from '../../../reporting/projection/append.ts';
import { type Database, openDatabase, type Query } from '../../../reporting/projection/database.ts';

export interface Deed {
  person: string;
  /** ISO 8601 */
  time: string;
  verb?: string;
  object?: string;
  course?: string;
}

export interface Belonging {
  person: string;
  direction: string;
  from?: string;
  to?: string;
}

export async function openModel() {
  const folder = await mkdtemp(join(tmpdir(), 'livret-model-'));
  const database = await openDatabase(join(folder, 'reports.duckdb'), 64 * 2 ** 20, {});
  return {
    /** Empties the model and fills it with these; people are their own agents. */
    async fill(deeds: readonly Deed[], belongings: readonly Belonging[]) {
      await database.reset();
      const people = new Set([...deeds, ...belongings].map(({ person }) => person));
      await append(
        database,
        'agents',
        [...people].map((person) => [person, person]),
      );
      await append(database, 'memberships', belongings.map(membershipRow));
      await append(database, 'events', deeds.map(eventRow));
    },
    ask: <T>(work: (query: Query) => Promise<T>): Promise<T> => database.read(work),
    async close() {
      database.close();
      await rm(folder, { recursive: true });
    },
  };
}

export type Model = Awaited<ReturnType<typeof openModel>>;

const membershipRow = ({ person, direction, from, to }: Belonging): Cell[] => [
  person,
  direction,
  null,
  null,
  from === undefined ? Number.MIN_SAFE_INTEGER : Date.parse(from),
  to === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(to),
];

function eventRow({ person, time, verb = 'did', object = 'unit', course }: Deed, index: number): Cell[] {
  const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  return [index, id, person, new Date(time), verb, object, course, null, null];
}

async function append(database: Database, table: string, rows: readonly Cell[][]): Promise<void> {
  await database.write(async (connection) => {
    const appender = await connection.createAppender(table);
    for (const row of rows) appendRow(appender, row);
    appender.closeSync();
  });
}
