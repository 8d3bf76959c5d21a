/**
 * One question, asked in several ways: of those who entered a parcours in a quarter, how many were enrolled, had started and
 * had completed it by its end, by direction? See reporting/metrics/completion.ts for what the words mean. Of statements it is
 * asked as whoever has nothing else would: from the texts in SQLite, and from documents in MongoDB by its pipeline. Neither
 * has an index that helps, for whether a statement is the first of its kind only all of them tell.
 */
import { DatabaseSync } from '@photostructure/sqlite';
import type { Db } from 'mongodb';
import { ACTIVITY_TYPE, VERB } from '../../../lrs/profile/index.ts';
import type { Query } from '../../../reporting/projection/database.ts';

export interface Span {
  /** ms, the second one not part of it. */
  start: number;
  end: number;
}

export interface Counted {
  direction: string;
  entries: number;
  enrolled: number;
  started: number;
  completed: number;
}

/** Verbs by which others record something about a person. */
const RECORDED = [VERB.needed, VERB.diagnosed, VERB.registered, VERB.waived, VERB.abandoned, VERB.satisfied];

/** About a slot or a call: planned, kept, answered. Calling a tutor is the person's own act. */
const ASIDE = [VERB.scheduled, VERB.updated, VERB.cancelled, VERB.attended, VERB.missed];
const ASIDE_TYPES = [ACTIVITY_TYPE.slot, ACTIVITY_TYPE.tutorSession];
const DONE = [VERB.completed, VERB.satisfied];

const list = (texts: readonly string[]): string => texts.map((text) => `'${text}'`).join();
const rowsOf = (rows: readonly object[]): Counted[] =>
  (rows as Counted[])
    .map(({ direction, entries, enrolled, started, completed }) => ({
      direction,
      entries,
      enrolled,
      started,
      completed,
    }))
    .toSorted((a, b) => (a.direction < b.direction ? -1 : 1));

/** Of the maintained tables of the read model. */
export async function ofModel(query: Query, { start, end }: Span): Promise<Counted[]> {
  const before = (stage: string): string => `coalesce(${stage}_at < epoch_ms($end::BIGINT), false)`;
  const found = await query(
    `SELECT direction, count(*)::INTEGER AS entries,
       count(*) FILTER (${before('registered')} OR ${before('started')})::INTEGER AS enrolled,
       count(*) FILTER (${before('started')})::INTEGER AS started,
       count(*) FILTER (${before('completed')})::INTEGER AS completed
     FROM enrolments
     WHERE entered_at >= epoch_ms($start::BIGINT) AND entered_at < epoch_ms($end::BIGINT) AND direction IS NOT NULL
     GROUP BY direction`,
    { start, end },
  );
  return rowsOf(found);
}

const SQLITE = `
  WITH said AS MATERIALIZED (
    SELECT 'account:' || (body ->> '$.actor.account.homePage') || '|' || (body ->> '$.actor.account.name') AS agent,
      coalesce(body ->> '$.context.contextActivities.grouping[0].id', body ->> '$.object.id') AS parcours,
      body ->> '$.object.id' AS object, body ->> '$.verb.id' AS verb, body ->> '$.object.definition.type' AS type,
      CAST(unixepoch(body ->> '$.timestamp', 'subsec') * 1000 AS INTEGER) AS at
    FROM (SELECT CAST(text AS TEXT) AS body FROM statement WHERE flags & 1 = 0)
  ),
  people AS (
    SELECT id.value AS agent, person.value AS person FROM (SELECT CAST(value AS TEXT) AS value FROM item WHERE collection = 'people') person,
      json_each(person.value, '$.identifiers') id
  ),
  entered AS (
    SELECT person, parcours, min(at) AS entered,
      min(CASE WHEN verb = '${VERB.registered}' THEN at END) AS registered,
      min(CASE WHEN verb NOT IN (${list(RECORDED)}) AND NOT (verb IN (${list(ASIDE)}) AND type IN (${list(ASIDE_TYPES)})) THEN at END) AS started,
      min(CASE WHEN verb IN (${list(DONE)}) AND object = parcours THEN at END) AS completed
    FROM said JOIN people USING (agent)
    GROUP BY person, parcours
    HAVING entered >= :start AND entered < :end
  )
  SELECT membership.value ->> '$.direction' AS direction, count(*) AS entries,
    count(*) FILTER (WHERE registered < :end OR started < :end) AS enrolled,
    count(*) FILTER (WHERE started < :end) AS started,
    count(*) FILTER (WHERE completed < :end) AS completed
  FROM entered, json_each(person, '$.memberships') membership
  WHERE entered >= coalesce(membership.value ->> '$.from', entered) AND entered < coalesce(membership.value ->> '$.to', entered + 1)
  GROUP BY 1
`;

/** Of the texts of statements in the store's own file, beside its server. */
export function ofSqlite(file: string, { start, end }: Span): Counted[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    // As much memory as the reports have.
    database.exec('PRAGMA cache_size = -524288; PRAGMA mmap_size = 8589934592; PRAGMA temp_store = MEMORY;');
    return rowsOf(database.prepare(SQLITE).all({ start, end }) as object[]);
  } finally {
    database.close();
  }
}

export const STATEMENTS = 'statements';
export const PEOPLE = 'people';

/** Of documents in MongoDB: see `fillMongo` for what they are. */
export async function ofMongo(db: Db, { start, end }: Span): Promise<Counted[]> {
  const [first, last] = [new Date(start), new Date(end)];
  const notAside = {
    $not: [{ $and: [{ $in: ['$verb.id', ASIDE] }, { $in: ['$object.definition.type', ASIDE_TYPES] }] }],
  };
  const when = (condition: object) => ({ $min: { $cond: [condition, '$timestamp', null] } });
  const reached = (stage: string) => ({ $and: [{ $gt: [`$${stage}`, null] }, { $lt: [`$${stage}`, last] }] });
  const count = (condition: object) => ({ $sum: { $cond: [condition, 1, 0] } });
  const parcours = { $ifNull: [{ $first: '$context.contextActivities.grouping.id' }, '$object.id'] };
  const pipeline = [
    {
      $group: {
        _id: { home: '$actor.account.homePage', name: '$actor.account.name', parcours },
        entered: { $min: '$timestamp' },
        registered: when({ $eq: ['$verb.id', VERB.registered] }),
        started: when({ $and: [{ $not: [{ $in: ['$verb.id', RECORDED] }] }, notAside] }),
        completed: when({ $and: [{ $in: ['$verb.id', DONE] }, { $eq: ['$object.id', parcours] }] }),
      },
    },
    { $match: { entered: { $gte: first, $lt: last } } },
    { $set: { agent: { $concat: ['account:', '$_id.home', '|', '$_id.name'] } } },
    { $lookup: { from: PEOPLE, localField: 'agent', foreignField: 'identifiers', as: 'person' } },
    { $unwind: '$person' },
    { $unwind: '$person.memberships' },
    {
      $match: {
        $expr: {
          $and: [
            { $gte: ['$entered', { $ifNull: ['$person.memberships.from', '$entered'] }] },
            {
              $or: [
                { $eq: [{ $type: '$person.memberships.to' }, 'missing'] },
                { $lt: ['$entered', '$person.memberships.to'] },
              ],
            },
          ],
        },
      },
    },
    {
      $group: {
        _id: '$person.memberships.direction',
        entries: { $sum: 1 },
        enrolled: count({ $or: [reached('registered'), reached('started')] }),
        started: count(reached('started')),
        completed: count(reached('completed')),
      },
    },
    { $project: { _id: 0, direction: '$_id', entries: 1, enrolled: 1, started: 1, completed: 1 } },
  ];
  return rowsOf(await db.collection(STATEMENTS).aggregate(pipeline, { allowDiskUse: true }).toArray());
}
