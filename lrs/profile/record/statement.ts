/** What all statements of the profile have in common, and the id that makes a second sending change nothing. */
import {
  type Activity,
  type Agent,
  agentKey,
  type Context,
  type LanguageMap,
  nameUuid,
  type Result,
  type Statement,
} from '../../xapi/index.ts';
import { ACTIVITY_TYPE, EXTENSION, PROFILE_VERSION, VERB } from '../iris.ts';

/** An activity as the program knows it. */
export interface Named {
  /** IRI. */
  id: string;
  name?: LanguageMap;
}

/** What one launches: an AU, a SCO, a package of one. */
export interface Module extends Named {
  /** IRI of its activity type, where its content gives itself one; a lesson otherwise. */
  type?: string | undefined;
}

/** Somebody's registration for a parcours: what every fact belongs to. */
export interface Enrolment {
  /** The one who learns, whoever records the fact. */
  person: Agent;
  parcours: Named;
  /** UUID; the same from the censused need to the end. See registrationOf. */
  registration: string;
}

/** Namespace of the ids below; any UUID would do, as long as it never changes. */
const NAMESPACE = Buffer.from('0b7d6e3c5c0f4b0e8e0a4f2d9b6a7c11', 'hex');

/** A UUID version 5 of these parts: the same for the same parts, in their order. */
export const idOf = (...parts: readonly (string | number)[]): string => nameUuid(NAMESPACE, JSON.stringify(parts));

/** The registration of somebody's `nth` time in a parcours. Throws TypeError where the agent has no identifier. */
export function registrationOf(person: Agent, parcours: string, nth = 1): string {
  const key = agentKey(person);
  if (key === undefined) throw new TypeError('The agent has no identifier.');
  return idOf('registration', key, parcours, nth);
}

const DISPLAY: Record<keyof typeof VERB, LanguageMap> = {
  needed: { fr: 'a besoin de', en: 'needed' },
  diagnosed: { fr: 'a été positionné pour', en: 'was diagnosed for' },
  registered: { fr: 'est inscrit à', en: 'registered' },
  waived: { fr: 'a été dispensé de', en: 'waived' },
  launched: { fr: 'a lancé', en: 'launched' },
  initialized: { fr: 'a commencé', en: 'initialized' },
  suspended: { fr: 'a interrompu', en: 'suspended' },
  resumed: { fr: 'a repris', en: 'resumed' },
  terminated: { fr: 'a quitté', en: 'terminated' },
  abandoned: { fr: 'a abandonné', en: 'abandoned' },
  completed: { fr: 'a achevé', en: 'completed' },
  passed: { fr: 'a réussi', en: 'passed' },
  failed: { fr: 'a échoué à', en: 'failed' },
  satisfied: { fr: 'a rempli les conditions de', en: 'satisfied' },
  scheduled: { fr: 'a prévu', en: 'scheduled' },
  updated: { fr: 'a déplacé', en: 'moved' },
  cancelled: { fr: 'a annulé', en: 'cancelled' },
  attended: { fr: 'a pris part à', en: 'attended' },
  missed: { fr: 'a manqué', en: 'missed' },
  requestedAttention: { fr: 'a appelé un tuteur pour', en: 'requested attention' },
};

export interface Parts {
  enrolment: Enrolment;
  verb: keyof typeof VERB;
  object: Activity;
  /** Of the fact, not of its recording; ms since 1970. */
  at: number;
  /** UUID of the course of events this belongs to: session, slot, call; the registration itself otherwise. */
  within: string;
  /** What tells this fact from others of its verb and course of events, such as its instant where it may recur. */
  key?: string | number;
  /** The module it is about, where the object is not the module. */
  parent?: Activity;
  instructor?: Agent;
  result?: Result;
  extensions?: Record<string, unknown>;
}

/** A statement of the profile, for either version of xAPI. */
export function compose(parts: Parts): Statement {
  const { enrolment, verb, object, at, within, key = '', result } = parts;
  return {
    id: idOf(enrolment.registration, within, verb, object.id, key),
    actor: enrolment.person,
    verb: { id: VERB[verb], display: DISPLAY[verb] },
    object,
    ...(result === undefined ? {} : { result }),
    context: contextOf(parts),
    timestamp: new Date(at).toISOString(),
  };
}

function contextOf({ enrolment, object, within, parent, instructor, extensions }: Parts): Context {
  const { parcours } = enrolment;
  const category = { id: PROFILE_VERSION, definition: { type: ACTIVITY_TYPE.profile } };
  return {
    registration: enrolment.registration,
    ...(instructor === undefined ? {} : { instructor }),
    contextActivities: {
      ...(parent === undefined ? {} : { parent: [parent] }),
      ...(object.id === parcours.id ? {} : { grouping: [parcoursActivity(parcours)] }),
      category: [category],
    },
    extensions: {
      ...extensions,
      [EXTENSION.subregistration]: [{ profile: PROFILE_VERSION, subregistration: within }],
    },
  };
}

const typed = ({ id, name }: Named, type: string): Activity => ({
  objectType: 'Activity',
  id,
  definition: { type, ...(name === undefined ? {} : { name }) },
});

export const parcoursActivity = (parcours: Named): Activity => typed(parcours, ACTIVITY_TYPE.parcours);

export const moduleActivity = (module: Module): Activity => typed(module, module.type ?? ACTIVITY_TYPE.lesson);

const SLOT_NAME = { fr: 'Créneau de formation', en: 'Learning slot' };
const CALL_NAME = { fr: 'Appel au tuteur', en: 'Call to the tutor' };

export const slotActivity = (id: string): Activity =>
  typed({ id: `urn:uuid:${id}`, name: SLOT_NAME }, ACTIVITY_TYPE.slot);

export const callActivity = (id: string): Activity =>
  typed({ id: `urn:uuid:${id}`, name: CALL_NAME }, ACTIVITY_TYPE.tutorSession);
