/**
 * The tables of the read model. They hold nothing that cannot be read again from the store: a file of another version,
 * or of another store, is emptied and filled anew.
 */

/** Goes up with every change of the tables, or of what is kept of a statement. */
export const SCHEMA_VERSION = 1;

const TABLES = ['meta', 'events', 'agents', 'memberships'] as const;

export const CREATE_TABLES = `
  CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

  -- One row a statement that a single agent made and that is not void.
  CREATE TABLE events (
    position BIGINT NOT NULL,
    statement UUID NOT NULL,
    agent VARCHAR NOT NULL,       -- agent key
    instant TIMESTAMP NOT NULL,   -- the statement's timestamp, UTC
    verb VARCHAR NOT NULL,
    object VARCHAR,               -- when it is an activity
    course VARCHAR,               -- the parcours it counts for
    registration UUID,
    completion BOOLEAN            -- result.completion
  );

  -- The directory as of its revision in meta: whose each agent is, and where each person belonged when.
  CREATE TABLE agents (agent VARCHAR NOT NULL, person VARCHAR NOT NULL);
  CREATE TABLE memberships (
    person VARCHAR NOT NULL,
    direction VARCHAR NOT NULL,
    service VARCHAR,
    site VARCHAR,
    starts BIGINT NOT NULL,       -- first millisecond in it
    ends BIGINT NOT NULL          -- first millisecond after it
  );
`;

export const DROP_TABLES = TABLES.map((table) => `DROP TABLE IF EXISTS ${table};`).join('\n');
