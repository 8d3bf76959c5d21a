/** A read model filled by hand, its maintained tables included. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendRow, type Cell } from '../../../reporting/projection/append.ts';
import { type Database, openDatabase, type Query } from '../../../reporting/projection/database.ts';
import { refresh } from '../../../reporting/projection/refresh.ts';
import type { Rules } from '../../../reporting/projection/rules.ts';
import { MAINTAINED } from '../../../reporting/projection/schema.ts';
import { RULES } from '../site.ts';

export interface Deed {
  person: string;
  /** ISO 8601 */
  time: string;
  verb?: string;
  object?: string;
  /** FactKind; `other` by default. */
  kind?: string;
  /** Whether the person did it, learning; they did by default. */
  active?: boolean;
  course?: string;
  /** The object by default, unless it is the course. */
  module?: string | null;
  registration?: string;
  scaled?: number;
  success?: boolean;
  completion?: boolean;
  slot?: { id: string; from?: string; to?: string };
  place?: string;
}

export interface Belonging {
  person: string;
  direction: string;
  from?: string;
  to?: string;
}

const EMPTIED = ['agents', 'memberships', 'events', 'stale', ...MAINTAINED];

const MEMORY = 64 * 2 ** 20;

const NOW = Date.UTC(2022, 0, 1);

export async function openModel(rules: Rules = RULES) {
  const folder = await mkdtemp(join(tmpdir(), 'livret-model-'));
  const database = await openDatabase(join(folder, 'reports.duckdb'), MEMORY, {});
  return {
    /** Empties the model and fills it with these; people are their own agents. */
    async fill(deeds: readonly Deed[], belongings: readonly Belonging[]) {
      // Not the calendars, which take longer to fill than all the rest.
      for (const table of EMPTIED) await database.write((connection) => connection.run(`DELETE FROM ${table}`));
      const people = new Set([...deeds, ...belongings].map(({ person }) => person));
      const numbers = new Map([...people].map((person, number) => [person, number]));
      await append(
        database,
        'agents',
        [...numbers].map(([person, number]) => [number, person]),
      );
      await append(
        database,
        'memberships',
        belongings.map((each) => membershipRow(rules, each)),
      );
      await append(
        database,
        'events',
        deeds.map((deed, index) => eventRow(deed, index, numbers.get(deed.person))),
      );
      await append(
        database,
        'stale',
        [...people].map((person) => [person]),
      );
      await refresh(database, { rules, portion: 10_000, now: NOW, through: 0 });
    },
    ask: <T>(work: (query: Query) => Promise<T>): Promise<T> => database.read(work),
    async close() {
      database.close();
      await rm(folder, { recursive: true });
    },
  };
}

export type Model = Awaited<ReturnType<typeof openModel>>;

const membershipRow = ({ calendars }: Rules, { person, direction, from, to }: Belonging): Cell[] => [
  person,
  direction,
  null,
  null,
  from === undefined ? Number.MIN_SAFE_INTEGER : Date.parse(from),
  to === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(to),
  calendars.of({ direction }).id,
];

function eventRow(deed: Deed, index: number, agent: number | undefined): Cell[] {
  const { verb = 'did', object = 'unit', kind = 'other', active = true, course, slot } = deed;
  const { module = object === course ? null : object } = deed;
  const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  return [
    ...[index, id, agent, new Date(deed.time), kind, active, verb, object, course, module, deed.registration],
    ...[deed.scaled, deed.success, deed.completion, null, slot?.id, dateOf(slot?.from), dateOf(slot?.to), deed.place],
  ];
}

const dateOf = (time: string | undefined): Date | null => (time === undefined ? null : new Date(time));

async function append(database: Database, table: string, rows: readonly Cell[][]): Promise<void> {
  await database.write(async (connection) => {
    const appender = await connection.createAppender(table);
    for (const row of rows) appendRow(appender, row);
    appender.closeSync();
  });
}
