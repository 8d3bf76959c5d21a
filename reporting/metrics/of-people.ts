/** What metrics of people have in common: where people stand, and how rows of a query become contributions. */
import type { Query, Row } from '../projection/database.ts';
import type { Contribution, PeopleFigure } from './metric.ts';

/** How many contribute. */
export const PEOPLE: PeopleFigure = {
  kind: 'people',
  name: 'n',
  texts: { fr: { heading: 'Personnes' }, en: { heading: 'People' } },
};

/**
 * CTE `places` (person, direction, calendar): where people belonged at the end of the period; who left in it, where they
 * belonged last (published-cells.md, rule 5). Parameters $start and $end, milliseconds.
 */
export const PLACES = `
  places AS (
    SELECT person, arg_max(direction, starts) AS direction, arg_max(calendar, starts) AS calendar
    FROM memberships
    WHERE starts < $end AND ends > $start
    GROUP BY person
  )
`;

/**
 * Runs a SELECT of person, direction and the values of a metric, in its order under these names; of lists too, by the names
 * that they have as keys of a contribution.
 */
export async function contributionsOf(
  query: Query,
  sql: string,
  parameters: Parameters<Query>[1],
  names: readonly string[],
  lists: Readonly<Record<string, string>> = {},
): Promise<Contribution[]> {
  const rows = await query(sql, parameters);
  const keyed = Object.entries(lists);
  return rows.map((row) => ({
    person: String(row.person),
    leaf: [String(row.direction)],
    values: valuesOf(row, names),
    ...(keyed.length > 0 && { keys: Object.fromEntries(keyed.map(([name, column]) => [name, listIn(row[column])])) }),
  }));
}

export const listIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

const valuesOf = (row: Row, names: readonly string[]): number[] => names.map((name) => Number(row[name]));
