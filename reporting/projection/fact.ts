/** What a statement says, until lrs/profile tells. Pure. */
import type { Activity, Statement } from '../../lrs/index.ts';

export interface Fact {
  kind: string;
  /** The person did it, learning. */
  active: boolean;
  parcours?: string;
  /** Without it: the statement is about the parcours itself. */
  module?: string;
  registration?: string;
  /** A planned slot; from and to are milliseconds. */
  slot?: { id: string; from?: number; to?: number };
  scaled?: number;
  success?: boolean;
  completion?: boolean;
  /** Milliseconds. */
  duration?: number;
  place?: string;
}

const COURSE_TYPES: ReadonlySet<string | undefined> = new Set([
  'http://adlnet.gov/expapi/activities/course',
  'https://w3id.org/xapi/cmi5/activitytype/course',
]);

const KINDS: ReadonlyMap<string, string> = new Map(
  ['registered', 'launched', 'initialized', 'suspended', 'resumed', 'terminated', 'completed', 'passed', 'failed'].map(
    (kind) => [`http://adlnet.gov/expapi/verbs/${kind}`, kind],
  ),
);

export function factOf(statement: Statement): Fact {
  const { verb, object, context, result } = statement;
  const activity = isActivity(object) ? object : undefined;
  const parcours = parcoursOf(statement, activity);
  const kind = KINDS.get(verb.id) ?? 'other';
  return {
    kind,
    active: kind !== 'registered',
    ...(parcours !== undefined && { parcours }),
    ...(activity && activity.id !== parcours && { module: activity.id }),
    ...(context?.registration !== undefined && { registration: context.registration.toLowerCase() }),
    ...(result?.score?.scaled !== undefined && { scaled: result.score.scaled }),
    ...(result?.success !== undefined && { success: result.success }),
    ...(result?.completion !== undefined && { completion: result.completion }),
  };
}

const isActivity = (object: Statement['object']): object is Activity =>
  object.objectType === undefined || object.objectType === 'Activity';

/**
 * One course at most, so that no statement is counted in two groups: the outermost one named. A course inside a parcours
 * is then a unit of that parcours.
 */
function parcoursOf({ context }: Statement, object: Activity | undefined): string | undefined {
  const around = context?.contextActivities;
  const candidates = [around?.grouping, around?.parent, object].flatMap((each) => each ?? []);
  return candidates.find((activity) => COURSE_TYPES.has(activity.definition?.type))?.id;
}
