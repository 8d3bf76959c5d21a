/**
 * What so many people would have left behind in two years, straight as the rows that the projection would have made of
 * it: 20 million statements take an hour through the store, and a minute like this. statement.ts gives the statement of a
 * row; the bench sees to it that a model filled so is the one that the feed would have filled.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import { ACTIVITY_TYPE, VERB } from '../../../lrs/profile/index.ts';
import { positionAt } from '../../../lrs/store/store.ts';

/** What one person leaves behind in the two years. */
export const EVENTS_A_PERSON = 620;
export const MONTHS = 24;
export const PARCOURS = 12;
export const MODULES = 8;
const ENROLMENTS = 4;

export const HOME_PAGE = 'https://sso.interieur.example';
const SITE = 'https://livret.example';
export const accountOf = (person: number): string => `agent-${person}`;
export const parcoursIri = (parcours: number): string => `${SITE}/parcours/${parcours}`;
export const moduleIri = (parcours: number, module: number): string => `${SITE}/parcours/${parcours}/modules/${module}`;

const EXPERIENCED = 'http://adlnet.gov/expapi/verbs/experienced';

/** Verbs by what a row says; what is not here is only looked at. */
const VERBS: Record<string, string> = {
  ...VERB,
  slotPlanned: VERB.scheduled,
  slotMoved: VERB.updated,
  slotKept: VERB.attended,
  slotMissed: VERB.missed,
  tutorCalled: VERB.requestedAttention,
  tutorAnswered: VERB.attended,
  other: EXPERIENCED,
};
const KINDS = [
  ...['needed', 'diagnosed', 'registered', 'waived', 'satisfied'],
  ...['slotPlanned', 'slotMoved', 'slotKept', 'slotMissed', 'tutorCalled', 'tutorAnswered'],
  ...['initialized', 'resumed', 'suspended', 'terminated', 'completed', 'passed', 'failed', 'other'],
];

/** Of the object of a row, by how its IRI begins and what the row says. */
export const typeOf = (object: string, kind: string): string => {
  if (kind.startsWith('slot')) return ACTIVITY_TYPE.slot;
  if (kind.startsWith('tutor')) return ACTIVITY_TYPE.tutorSession;
  if (object.includes('#')) return 'http://activitystrea.ms/schema/1.0/page';
  return object.includes('/modules/') ? ACTIVITY_TYPE.lesson : ACTIVITY_TYPE.parcours;
};

/** From 0 on, below n; the same for the same seeds. */
const pick = (n: number, ...seeds: string[]): string => `(hash(${seeds.join(', ')}) % ${n})::INTEGER`;
const text = (value: string): string => `'${value}'`;
const seconds = (expression: string): string => `to_seconds(${expression})`;

/**
 * Who does what when, narrow, so that sorting it is quick. At most of the times they like, on working days; six in ten go
 * on to the end; some move or miss the slots that they plan.
 */
const HAPPENED = `
  WITH enrolled AS (
    SELECT p, n, ${pick(24 * 30 - 45, 'p', 'n', text('start'))} AS day, 42 + ${pick(98, 'p', 'n', text('length'))} AS days,
      CASE WHEN ${pick(10, 'p', 'n', text('reach'))} < 6 THEN ${MODULES} ELSE ${pick(MODULES, 'p', 'n', text('end'))} END AS reach,
      8 + ${pick(9, 'p', text('hour'))} AS likes
    FROM range($people::BIGINT) people(p), range(${ENROLMENTS}) enrolments(n)
  ),
  modules AS (
    SELECT *, ${pick(20, 'p', 'n', 'm', text('waived'))} = 0 AS waived, day + (m + 1) * days // 9 AS due,
      1 + (${pick(3, 'p', 'n', 'm', text('sessions'))} = 0)::INTEGER AS sessions
    FROM enrolled, range(${MODULES}) modules(m)
    WHERE m <= reach
  ),
  sessions AS (
    SELECT *, 8 + ${pick(17, 'p', 'n', 'm', 's', text('events'))} AS events,
      -- Seven in eight of those on a weekend are put off to the Monday.
      $first::TIMESTAMP + to_days(CASE
        WHEN isodow($first::TIMESTAMP + to_days(due + 2 * s)) < 6 OR ${pick(8, 'p', 'n', 'm', 's', text('weekend'))} = 0 THEN due + 2 * s
        ELSE due + 2 * s + 8 - isodow($first::TIMESTAMP + to_days(due + 2 * s)) END::INTEGER)
      + ${seconds(`likes * 3600 - 3600 + ${pick(5400, 'p', 'n', 'm', 's', text('minute'))}`)} AS begins
    FROM modules, range(sessions) sessions(s)
    WHERE NOT waived
  ),
  acts AS (
    SELECT *, begins + ${seconds(`e * 180 + ${pick(170, 'p', 'n', 'm', 's', 'e', text('gap'))}`)} AS instant,
      m < reach AND s = sessions - 1 AS last_one
    FROM sessions, range(events) events(e)
  ),
  happened AS (
    SELECT p, n, m, s, e, instant, CASE
        WHEN e = 0 THEN CASE WHEN s = 0 THEN 'initialized' ELSE 'resumed' END
        WHEN e = events - 1 THEN CASE WHEN last_one THEN 'terminated' ELSE 'suspended' END
        WHEN last_one AND e = events - 2 THEN CASE WHEN ${pick(10, 'p', 'n', 'm', text('failed'))} = 0 THEN 'failed' ELSE 'passed' END
        WHEN last_one AND e = events - 3 THEN 'completed'
        WHEN e = 3 AND ${pick(6, 'p', 'n', 'm', 's', text('call'))} = 0 THEN 'tutorCalled'
        ELSE 'other'
      END AS kind
    FROM acts
    UNION ALL
    SELECT p, n, m, s, 3, begins + ${seconds(`1500 + ${pick(900, 'p', 'n', 'm', 's', text('answer'))}`)}, 'tutorAnswered'
    FROM sessions WHERE ${pick(6, 'p', 'n', 'm', 's', text('call'))} = 0
    UNION ALL
    SELECT p, n, m, s, -1, begins - to_days(2) - ${seconds(pick(7200, 'p', 'n', 'm', 's', text('planned')))}, 'slotPlanned' FROM sessions
    UNION ALL
    SELECT p, n, m, s, -1, begins - to_days(1) - ${seconds(pick(7200, 'p', 'n', 'm', 's', text('moved')))}, 'slotMoved'
    FROM sessions WHERE ${pick(7, 'p', 'n', 'm', 's', text('move'))} = 0
    UNION ALL
    SELECT p, n, m, s, -1, begins + ${seconds('3600 * 2')},
      CASE WHEN ${pick(10, 'p', 'm', 's', 'n', text('kept'))} < 8 THEN 'slotKept' ELSE 'slotMissed' END
    FROM sessions
    UNION ALL
    SELECT p, n, m, 0, 0, $first::TIMESTAMP + to_days(day) + ${seconds(`46000 + m`)}, 'waived' FROM modules WHERE waived
    UNION ALL
    SELECT p, n, -1, 0, 0, max(begins) + ${seconds('3600 * 3')}, 'satisfied' FROM sessions WHERE reach = ${MODULES} GROUP BY p, n
    UNION ALL
    SELECT p, n, -1, 0, 0, $first::TIMESTAMP + to_days(day - 20) + ${seconds(`30000 + ${pick(20000, 'p', 'n')}`)}, 'needed'
    FROM enrolled WHERE ${pick(5, 'p', 'n', text('needed'))} > 0
    UNION ALL
    SELECT p, n, -1, 0, 0, $first::TIMESTAMP + to_days(day - 7) + ${seconds(`30000 + ${pick(20000, 'p', 'n')}`)}, 'diagnosed'
    FROM enrolled WHERE ${pick(10, 'p', 'n', text('diagnosed'))} > 2
    UNION ALL
    SELECT p, n, -1, 0, 0, $first::TIMESTAMP + to_days(day) + ${seconds(`30000 + ${pick(15000, 'p', 'n')}`)}, 'registered' FROM enrolled
  )
  SELECT p, n, m, s, e, instant, kind FROM happened WHERE instant < $end::TIMESTAMP ORDER BY instant, p, n, m, s, e
`;

const uuid = (...parts: string[]): string => `md5(concat_ws('/', ${parts.join(', ')}))::UUID`;
const SLOT = `'urn:uuid:' || ${uuid('p', 'n', 'm', 's', text('slot'))}`;
const isSlot = `kind LIKE 'slot%'`;
/** As HAPPENED has it, for the slot alone. */
const PARCOURS_IRI = `'${SITE}/parcours/' || ((${pick(PARCOURS, 'p', text('parcours'))} + n) % ${PARCOURS})`;

/** To the hour for which it is planned. */
const AHEAD = `CASE kind WHEN 'slotPlanned' THEN 48 WHEN 'slotMoved' THEN 24 ELSE -2 END`;
const verbOf = `CASE kind ${KINDS.map((kind) => `WHEN '${kind}' THEN '${VERBS[kind]}'`).join(' ')} END`;

const EVENTS = `
  INSERT INTO events
  -- Of one person in the order in which the rows lie.
  SELECT epoch_ms(instant) * 4096 + $zero::BIGINT + n * 1000 + (m + 1) * 100 + s * 50 + e + 1 AS position,
    ${uuid('p', 'n', 'm', 's', 'e', 'kind')}, p + 1, instant, kind,
    kind NOT IN ('needed', 'diagnosed', 'registered', 'waived', 'satisfied', 'tutorAnswered') AND NOT ${isSlot},
    ${verbOf},
    CASE WHEN ${isSlot} THEN ${SLOT} WHEN kind LIKE 'tutor%' THEN 'urn:uuid:' || ${uuid('p', 'n', 'm', 's', text('call'))}
      WHEN kind = 'other' THEN module || '#' || e ELSE coalesce(module, parcours) END,
    parcours, module, ${uuid('p', 'n', text('registration'))},
    CASE kind WHEN 'passed' THEN (60 + ${pick(41, 'p', 'n', 'm', text('score'))}) / 100 WHEN 'failed' THEN 0.4::DOUBLE END,
    CASE WHEN kind IN ('passed', 'failed') THEN kind = 'passed' END,
    NULL,
    CASE WHEN kind = 'terminated' THEN 1200000 + 1000 * ${pick(2400, 'p', 'n', 'm', 's', text('duration'))} END,
    CASE WHEN ${isSlot} THEN ${SLOT} END,
    CASE WHEN ${isSlot} THEN date_trunc('hour', instant + to_hours(${AHEAD})) END,
    CASE WHEN ${isSlot} THEN date_trunc('hour', instant + to_hours(${AHEAD} + 1)) END,
    CASE WHEN kind = 'slotPlanned' THEN CASE WHEN ${pick(4, 'p', 'n', text('place'))} = 0 THEN 'resourceCentre' ELSE 'workstation' END END
  FROM (
    SELECT *, ${PARCOURS_IRI} AS parcours, CASE WHEN m >= 0 THEN ${PARCOURS_IRI} || '/modules/' || m END AS module
    FROM (${HAPPENED})
  )
`;

/** As many as there are people, each theirs and one. */
const NUMBERS = `
  INSERT INTO agent_numbers SELECT 'account:${HOME_PAGE}|agent-' || p, p + 1 FROM range($people::BIGINT) people(p)
`;

/** First instant of the two years that end at `end` (ms, a first of a month), UTC. */
export const beginOf = (end: number): number => {
  const last = new Date(end);
  return Date.UTC(last.getUTCFullYear(), last.getUTCMonth() - MONTHS, 1);
};

/** Fills `events` of an empty read model, in order of time, as the feed would; gives how many. */
export async function fillEvents(connection: DuckDBConnection, people: number, end: number): Promise<number> {
  const instant = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
  const first = instant(beginOf(end));
  await connection.run(NUMBERS, { people });
  await connection.run(EVENTS, { people, first, end: instant(end), zero: positionAt(0) });
  const counted = await connection.runAndReadAll('SELECT count(*)::INTEGER FROM events');
  return Number(counted.getRows()[0]?.[0]);
}
