/** Statements by who made them, under whatever identifiers, the newest first. */
import type { Position, Store, StoredStatement } from '../../store/store.ts';

export interface Wanted {
  /** Agent keys of one person; of everybody where it is missing. */
  agents?: readonly string[];
  registration?: string;
  limit: number;
  /** Only those stored before it. */
  after?: Position;
}

export interface Found {
  statements: StoredStatement[];
  /** There may be more: pass it as `after`. */
  next?: Position;
}

/** One statement once, though several of the identifiers are in it. */
export async function findStatements(
  { statements }: Pick<Store, 'statements'>,
  { agents, registration, limit, after }: Wanted,
): Promise<Found> {
  const query = { limit, ...(registration !== undefined && { registration }), ...(after !== undefined && { after }) };
  const pages = await Promise.all(
    agents === undefined ? [statements.find(query)] : agents.map((agent) => statements.find({ ...query, agent })),
  );
  // A page that has more may miss something before its end, and nothing of what comes earlier here.
  const known = Math.max(...pages.map(({ next }) => next ?? 0), 0);
  const all = new Map(pages.flatMap((page) => page.statements.map((each) => [each.position, each] as const)));
  const merged = [...all.values()].filter(({ position }) => position >= known);
  const newest = merged.toSorted((a, b) => b.position - a.position);
  const given = newest.slice(0, limit);
  const next = newest.length > limit ? given.at(-1)?.position : known;
  return { statements: given, ...(next && { next }) };
}
