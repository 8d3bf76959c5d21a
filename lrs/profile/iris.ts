/** The names the profile goes by. Each IRI is an identifier for good: docs/profile.md says where it can be read. */

/** The profile overall, whatever its version. Belongs to no site, so that statements of two sites mean the same. */
export const PROFILE = 'https://w3id.org/livret/xapi';

/** The version that statements name as their category (xAPI Profiles, Structure 5.0). */
export const PROFILE_VERSION = `${PROFILE}/v1`;

const ADL = 'http://adlnet.gov/expapi/verbs';
/** Where cmi5's own verbs live. */
const ADL_W3ID = 'https://w3id.org/xapi/adl/verbs';
const ACTIVITY_STREAMS = 'http://activitystrea.ms';

/** What the program emits. Coined here: needed, diagnosed, missed; the rest is borrowed. */
export const VERB = {
  needed: `${PROFILE}/verbs/needed`,
  diagnosed: `${PROFILE}/verbs/diagnosed`,
  registered: `${ADL}/registered`,
  waived: `${ADL_W3ID}/waived`,
  launched: `${ADL}/launched`,
  initialized: `${ADL}/initialized`,
  suspended: `${ADL}/suspended`,
  resumed: `${ADL}/resumed`,
  terminated: `${ADL}/terminated`,
  abandoned: `${ADL_W3ID}/abandoned`,
  completed: `${ADL}/completed`,
  passed: `${ADL}/passed`,
  failed: `${ADL}/failed`,
  satisfied: `${ADL_W3ID}/satisfied`,
  scheduled: `${ACTIVITY_STREAMS}/schedule`,
  updated: `${ACTIVITY_STREAMS}/update`,
  cancelled: `${ACTIVITY_STREAMS}/cancel`,
  attended: `${ADL}/attended`,
  missed: `${PROFILE}/verbs/missed`,
  requestedAttention: 'http://id.tincanapi.com/verb/requested-attention',
} as const;

/** Coined here: slot. */
export const ACTIVITY_TYPE = {
  /** A parcours: a learning plan of AcrossX, "to plan and organize learning activities from different providers". */
  parcours: 'https://w3id.org/xapi/acrossx/activities/learning-plan',
  course: 'http://adlnet.gov/expapi/activities/course',
  lesson: 'http://adlnet.gov/expapi/activities/lesson',
  slot: `${PROFILE}/activity-types/slot`,
  tutorSession: 'http://id.tincanapi.com/activitytype/tutor-session',
  profile: 'http://adlnet.gov/expapi/activities/profile',
} as const;

/** Coined here: place. */
export const EXTENSION = {
  place: `${PROFILE}/extensions/place`,
  plannedStart: 'http://id.tincanapi.com/extension/planned-start-time',
  plannedDuration: 'http://id.tincanapi.com/extension/planned-duration',
  cmi5Session: 'https://w3id.org/xapi/cmi5/context/extensions/sessionid',
  /** Of the xAPI Profiles specification: which course of events of a registration a statement belongs to. */
  subregistration: 'https://w3id.org/xapi/profiles/extensions/subregistration',
  cmi5Reason: 'https://w3id.org/xapi/cmi5/result/extensions/reason',
} as const;

/** Category of the statements that cmi5 itself defines. */
export const CMI5_CATEGORY = 'https://w3id.org/xapi/cmi5/context/categories/cmi5';
