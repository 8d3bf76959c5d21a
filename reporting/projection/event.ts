/** What the read model keeps of a statement. Pure. */
import { type Activity, agentKey, parseTimestamp, type Statement, VOIDED } from '../../lrs/index.ts';

export interface Event {
  statement: string;
  /** Agent key of the actor. */
  agent: string;
  /** Milliseconds since 1970. */
  instant: number;
  verb: string;
  object: string | null;
  /** The course or parcours the statement counts for. */
  course: string | null;
  registration: string | null;
  completion: boolean | null;
}

const COURSE_TYPES: ReadonlySet<string | undefined> = new Set([
  'https://w3id.org/xapi/acrossx/activities/learning-plan',
  'http://adlnet.gov/expapi/activities/course',
  'https://w3id.org/xapi/cmi5/activitytype/course',
]);

/**
 * The event of a stored statement; undefined for what tells nothing about how a person learns: groups, and voidings,
 * which are about a statement.
 */
export function eventOf(id: string, statement: Statement): Event | undefined {
  const { actor, verb, object, context, result } = statement;
  const agent = actor.objectType === 'Group' ? undefined : agentKey(actor);
  const instant = instantOf(statement);
  if (agent === undefined || instant === undefined || verb.id === VOIDED) return undefined;
  const activity = isActivity(object) ? object : undefined;
  return {
    statement: id,
    agent,
    instant,
    verb: verb.id,
    object: activity?.id ?? null,
    course: courseOf(statement, activity) ?? null,
    registration: context?.registration?.toLowerCase() ?? null,
    completion: result?.completion ?? null,
  };
}

/**
 * One course at most, so that no statement is counted in two groups: the outermost one named. A course inside a parcours
 * is then a unit of that parcours.
 */
function courseOf({ context }: Statement, object: Activity | undefined): string | undefined {
  const around = context?.contextActivities;
  const candidates = [around?.grouping, around?.parent, object].flatMap((each) => each ?? []);
  return candidates.find((activity) => COURSE_TYPES.has(activity.definition?.type))?.id;
}

const isActivity = (object: Statement['object']): object is Activity =>
  object.objectType === undefined || object.objectType === 'Activity';

/** Every stored statement has a timestamp that one of the versions accepts. */
function instantOf({ timestamp }: Statement): number | undefined {
  if (timestamp === undefined) return undefined;
  return parseTimestamp(timestamp, '2.0.0') ?? parseTimestamp(timestamp, '1.0.3');
}
