/**
 * Agents by number: events are many, and whose they are is found among numbers in a third of the time that it takes among
 * keys. A number means nothing outside of one file.
 */
import type { DuckDBConnection } from '@duckdb/node-api';

/** Gives each of these keys a number, unless it has one. `keys` is a SELECT of them, as `key`. */
export async function giveNumbers(
  connection: DuckDBConnection,
  keys: string,
  parameters: Record<string, string> = {},
): Promise<void> {
  await connection.run(
    `INSERT INTO agent_numbers
     SELECT key, (SELECT coalesce(max(agent), 0) FROM agent_numbers) + row_number() OVER ()
     FROM (SELECT DISTINCT key FROM (${keys}) ANTI JOIN agent_numbers USING (key))`,
    parameters,
  );
}

/** The numbers of some keys, given where they lack. */
export async function numbersOf(
  connection: DuckDBConnection,
  keys: ReadonlySet<string>,
): Promise<ReadonlyMap<string, number>> {
  const list = JSON.stringify([...keys]);
  const wanted = `SELECT unnest(from_json($list, '["VARCHAR"]')) AS key`;
  await giveNumbers(connection, wanted, { list });
  const found = await connection.runAndReadAll(
    `SELECT key, agent FROM agent_numbers SEMI JOIN (${wanted}) USING (key)`,
    { list },
  );
  return new Map(found.getRows().map(([key, agent]) => [String(key), Number(agent)]));
}

/** Forgets the keys of agents of whom there is nothing any more: who was forgotten leaves no name behind. */
export async function dropUnused(connection: DuckDBConnection): Promise<void> {
  await connection.run(
    'DELETE FROM agent_numbers WHERE agent NOT IN (SELECT agent FROM events) AND agent NOT IN (SELECT agent FROM agents)',
  );
}
