/** A view of the read model that holds one person: what is asked of everybody is then asked of them, by the same code. */
import type { Query } from '../projection/database.ts';

const OF_PERSON = ['active_hours', 'sessions', 'attempts', 'enrolments', 'agents', 'memberships'];

/** Without the columns that nothing here asks for: their texts lie scattered over the file, and reading them takes a fifth of the time. */
const EVENTS = `
  CREATE TEMP TABLE events AS SELECT * EXCLUDE (statement, verb, object) FROM events
  WHERE agent IN (SELECT agent FROM agents WHERE person = $person)
`;

/**
 * Makes `query` show nobody but that person: temporary tables of the reader's own connection, which are found before those
 * of the file. Events are looked through once here, and not by every question about them.
 */
export async function narrowTo(query: Query, person: string): Promise<void> {
  const ofPerson = (table: string): string =>
    `CREATE TEMP TABLE ${table} AS SELECT * FROM ${table} WHERE person = $person`;
  await query(EVENTS, { person });
  for (const table of OF_PERSON) await query(ofPerson(table), { person });
}
