/** What an activity is in a parcours, by its type. */
import type { Activity } from '../xapi/index.ts';
import { ACTIVITY_TYPE } from './iris.ts';

/**
 * parcours, course: what one enrols in. block: what holds modules, and is one where nothing nearer is known. lesson: what
 * one launches (AU, SCO, assessment). medium: a module where it stands alone, a part inside a lesson. part: a question, a
 * page, an attempt. aside: a slot, a tutor session, which are about a module.
 */
export type ActivityRole = 'parcours' | 'course' | 'block' | 'lesson' | 'medium' | 'part' | 'aside';

const ADL = 'http://adlnet.gov/expapi/activities';
const TINCAN = 'http://id.tincanapi.com/activitytype';
const ACROSSX = 'https://w3id.org/xapi/acrossx/activities';

/** ActivityStreams types are written in two ways, as its verbs are. */
const streams = (...names: string[]): string[] =>
  names.flatMap((name) => [`http://activitystrea.ms/${name}`, `http://activitystrea.ms/schema/1.0/${name}`]);

const TYPES: Record<ActivityRole, readonly string[]> = {
  parcours: [ACTIVITY_TYPE.parcours],
  // cmi5's specification and its first published profile spell its types differently.
  course: [
    ACTIVITY_TYPE.course,
    'https://w3id.org/xapi/cmi5/activitytype/course',
    'https://w3id.org/xapi/cmi5/activities/course',
  ],
  // "A module represents any content aggregation at least one level below the course level" (ADL).
  block: [
    `${ADL}/module`,
    'https://w3id.org/xapi/cmi5/activitytype/block',
    'https://w3id.org/xapi/cmi5/activities/block',
  ],
  lesson: [ACTIVITY_TYPE.lesson, `${ADL}/assessment`, `${ADL}/simulation`, `${ADL}/performance`],
  medium: [
    `${ADL}/media`,
    'https://w3id.org/xapi/video/activity-type/video',
    'https://w3id.org/xapi/audio/activity-type/audio',
    `${ACROSSX}/video`,
    ...streams('video', 'audio'),
  ],
  part: [
    `${ADL}/interaction`,
    `${ADL}/cmi.interaction`,
    `${ADL}/question`,
    `${ADL}/objective`,
    `${ADL}/attempt`,
    `${ADL}/profile`,
    `${ADL}/link`,
    `${ADL}/file`,
    `${TINCAN}/slide`,
    `${TINCAN}/step`,
    `${TINCAN}/section`,
    `${TINCAN}/paragraph`,
    `${TINCAN}/chapter`,
    `${TINCAN}/checklist-item`,
    `${ACROSSX}/page`,
    ...streams('page', 'question', 'image', 'file', 'bookmark', 'note', 'comment'),
  ],
  aside: [ACTIVITY_TYPE.slot, ACTIVITY_TYPE.tutorSession],
};

const ROLES: ReadonlyMap<string, ActivityRole> = new Map(
  Object.entries(TYPES).flatMap(([role, types]) => types.map((type) => [type, role as ActivityRole] as const)),
);

/** Undefined where the statement does not say, or names a type that no rule knows. */
export function roleOf({ definition }: Activity): ActivityRole | undefined {
  if (definition === undefined) return undefined;
  const role = definition.type === undefined ? undefined : ROLES.get(definition.type);
  return role ?? (definition.interactionType === undefined ? undefined : 'part');
}
