/** What a statement counts for: the parcours, and the module in it. */
import type { Activity, Context, ContextActivityKey } from '../xapi/index.ts';
import { type ActivityRole, roleOf } from './activities.ts';

type Around = Context['contextActivities'];
type Test = (role: ActivityRole | undefined, id: string) => boolean;

/** Id of the first activity in that place of the context that passes. One activity, or a list of them. */
function first(around: Around, key: ContextActivityKey, test: Test): string | undefined {
  const activities = around?.[key];
  if (activities === undefined) return undefined;
  if (!Array.isArray(activities)) return test(roleOf(activities), activities.id) ? activities.id : undefined;
  for (const activity of activities) if (test(roleOf(activity), activity.id)) return activity.id;
  return undefined;
}

const isParcours: Test = (role) => role === 'parcours';
const isCourse: Test = (role) => role === 'course';

/**
 * One at most, so that no statement is counted in two groups: the outermost parcours named, else the outermost course.
 * A course inside a parcours is then a unit of that parcours.
 */
export function parcoursOf(around: Around, object: Activity | undefined): string | undefined {
  const role = object === undefined ? undefined : roleOf(object);
  return (
    first(around, 'grouping', isParcours) ??
    first(around, 'parent', isParcours) ??
    (role === 'parcours' ? object?.id : undefined) ??
    first(around, 'grouping', isCourse) ??
    first(around, 'parent', isCourse) ??
    (role === 'course' ? object?.id : undefined)
  );
}

const isLesson: Test = (role) => role === 'lesson';
const isBlock: Test = (role) => role === 'block';

/** Nearest lesson around, known by its type. */
export const lessonAround = (around: Around): string | undefined =>
  first(around, 'parent', isLesson) ?? first(around, 'grouping', isLesson);

/** Nearest lesson, else nearest block around, known by their types. */
export const typedAround = (around: Around): string | undefined =>
  lessonAround(around) ?? first(around, 'parent', isBlock) ?? first(around, 'grouping', isBlock);

/**
 * Nearest module around what is none itself: a lesson; else the parent, which senders often name without its type; else
 * what is a module by its type further out. Never the parcours.
 */
export function moduleAround(around: Around, parcours: string | undefined): string | undefined {
  if (around === undefined) return undefined;
  const holds: Test = (role, id) => role !== 'part' && role !== 'aside' && role !== 'parcours' && id !== parcours;
  return (
    lessonAround(around) ??
    first(around, 'parent', holds) ??
    first(around, 'grouping', (role, id) => role !== undefined && holds(role, id))
  );
}
