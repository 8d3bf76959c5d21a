/**
 * The tables of the read model. They hold nothing that cannot be read again from the store: a file of another version,
 * or of another store, is emptied and filled anew.
 */
import { CALENDAR_TABLES, CREATE_CALENDAR_TABLES } from '../calendar/fill.ts';

/** Goes up with every change of the tables, or of what is kept of a statement. */
export const SCHEMA_VERSION = 3;

/** Worked out from the others, for people at a time (refresh.ts). */
export const MAINTAINED = ['sessions', 'active_hours', 'attempts', 'enrolments'] as const;

const TABLES = [
  'meta',
  'events',
  'agent_numbers',
  'agents',
  'memberships',
  ...CALENDAR_TABLES,
  'stale',
  ...MAINTAINED,
] as const;

/** All instants are UTC. */
export const CREATE_TABLES = `
  CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

  -- One row a statement that a single agent made and that is not void.
  CREATE TABLE events (
    position BIGINT NOT NULL,
    statement UUID NOT NULL,
    agent INTEGER NOT NULL,       -- see agent_numbers
    instant TIMESTAMP NOT NULL,   -- the statement's timestamp
    kind VARCHAR NOT NULL,        -- what it says (Fact of lrs/profile)
    active BOOLEAN NOT NULL,      -- the person did it, learning
    verb VARCHAR NOT NULL,
    object VARCHAR,               -- when it is an activity
    parcours VARCHAR,             -- the one it counts for
    module VARCHAR,               -- NULL where it is about the parcours itself
    registration UUID,
    scaled DOUBLE,
    success BOOLEAN,
    completion BOOLEAN,
    duration BIGINT,              -- ms, as the player says
    slot VARCHAR,
    slot_from TIMESTAMP,
    slot_to TIMESTAMP,
    place VARCHAR                 -- declared: where the person sat
  );

  -- Of every agent of an event or of the directory: agent key.
  CREATE TABLE agent_numbers (key VARCHAR NOT NULL, agent INTEGER NOT NULL);

  -- The directory as of its revision in meta: whose each agent is, and where each person belonged when.
  CREATE TABLE agents (agent INTEGER NOT NULL, person VARCHAR NOT NULL);
  CREATE TABLE memberships (
    person VARCHAR NOT NULL,
    direction VARCHAR NOT NULL,
    service VARCHAR,
    site VARCHAR,
    starts BIGINT NOT NULL,       -- first millisecond in it
    ends BIGINT NOT NULL,         -- first millisecond after it
    calendar VARCHAR NOT NULL
  );

  ${CREATE_CALENDAR_TABLES}
  -- People whose rows below are behind the rows above.
  CREATE TABLE stale (person VARCHAR NOT NULL);

  -- Active events of a person without a gap longer than the session gap between two of them.
  CREATE TABLE sessions (
    person VARCHAR NOT NULL,
    starts TIMESTAMP NOT NULL,
    ends TIMESTAMP NOT NULL,      -- its last event
    worked BIGINT NOT NULL,       -- ms from starts to ends
    off BIGINT NOT NULL,          -- ms of them outside the working hours of the calendar
    events INTEGER NOT NULL,
    calendar VARCHAR NOT NULL     -- of the place where the person belonged at its start
  );

  -- Active events by civil day and hour of the place where the person belonged at each.
  CREATE TABLE active_hours (
    person VARCHAR NOT NULL,
    day DATE NOT NULL,
    hour TINYINT NOT NULL,
    events INTEGER NOT NULL
  );

  -- What a person did of a module under one registration. Of each …_at the earliest, but last_at.
  CREATE TABLE attempts (
    person VARCHAR NOT NULL,
    parcours VARCHAR,
    module VARCHAR NOT NULL,
    registration UUID,
    first_at TIMESTAMP NOT NULL,  -- first event of any kind
    initialized_at TIMESTAMP,
    last_at TIMESTAMP,            -- last active event
    completed_at TIMESTAMP,       -- kind completed, or completion
    passed_at TIMESTAMP,
    failed_at TIMESTAMP,
    waived_at TIMESTAMP,
    satisfied_at TIMESTAMP,
    abandoned_at TIMESTAMP,
    worked BIGINT NOT NULL,       -- ms: gaps not longer than the session gap, from an active event of it to the person's next one
    events INTEGER NOT NULL,      -- active ones
    scaled DOUBLE,                -- the last one
    calls INTEGER NOT NULL        -- of the tutor
  );

  -- A person in a parcours. What is about a module is in attempts: passed_at and the like are of the parcours itself.
  CREATE TABLE enrolments (
    person VARCHAR NOT NULL,
    parcours VARCHAR NOT NULL,
    entered_at TIMESTAMP NOT NULL, -- first event of any kind
    needed_at TIMESTAMP,
    diagnosed_at TIMESTAMP,
    registered_at TIMESTAMP,
    started_at TIMESTAMP,         -- first active event
    completed_at TIMESTAMP,       -- completed or satisfied
    passed_at TIMESTAMP,
    failed_at TIMESTAMP,
    waived_at TIMESTAMP,
    abandoned_at TIMESTAMP,
    last_at TIMESTAMP,            -- last active event
    direction VARCHAR,            -- where the person belonged at entered_at; NULL outside any place
    service VARCHAR,
    site VARCHAR,
    modules_started INTEGER NOT NULL,   -- with an active event
    modules_completed INTEGER NOT NULL, -- completed or satisfied
    last_module VARCHAR           -- of the last active event in one
  );
`;

export const DROP_TABLES = TABLES.map((table) => `DROP TABLE IF EXISTS ${table};`).join('\n');
