/** Which verb says what: the verbs of the standard profiles that count, and no others. */
import { ACTIVITY_TYPE, VERB } from './iris.ts';

export type FactKind =
  | 'needed'
  | 'diagnosed'
  | 'registered'
  | 'waived'
  | 'launched'
  | 'initialized'
  | 'suspended'
  | 'resumed'
  | 'terminated'
  | 'abandoned'
  | 'completed'
  | 'passed'
  | 'failed'
  | 'satisfied'
  | 'slotPlanned'
  | 'slotMoved'
  | 'slotCancelled'
  | 'slotKept'
  | 'slotMissed'
  | 'tutorCalled'
  | 'tutorAnswered'
  | 'other';

/**
 * Verbs that mean the same about any activity. ADL's initialized, suspended, resumed, terminated, completed, passed and
 * failed are those of cmi5, of the SCORM profile and of the video profile as well; waived, abandoned and satisfied are
 * cmi5's. Two older verbs stand in for the ones that came after them: content made before cmi5 (H5P, tincan.xml) opens
 * with attempted and leaves with exited.
 */
const KINDS: ReadonlyMap<string, FactKind> = new Map<string, FactKind>([
  [VERB.needed, 'needed'],
  [VERB.diagnosed, 'diagnosed'],
  [VERB.registered, 'registered'],
  [VERB.waived, 'waived'],
  [VERB.launched, 'launched'],
  [VERB.initialized, 'initialized'],
  ['http://adlnet.gov/expapi/verbs/attempted', 'initialized'],
  [VERB.suspended, 'suspended'],
  [VERB.resumed, 'resumed'],
  [VERB.terminated, 'terminated'],
  ['http://adlnet.gov/expapi/verbs/exited', 'terminated'],
  [VERB.abandoned, 'abandoned'],
  [VERB.completed, 'completed'],
  [VERB.passed, 'passed'],
  [VERB.failed, 'failed'],
  [VERB.satisfied, 'satisfied'],
  [VERB.requestedAttention, 'tutorCalled'],
]);

/** ActivityStreams verbs are written in two ways: as ADL published them, and as the first registry did. */
const SLOT_KINDS: ReadonlyMap<string, FactKind> = new Map<string, FactKind>([
  [VERB.scheduled, 'slotPlanned'],
  ['http://activitystrea.ms/schema/1.0/schedule', 'slotPlanned'],
  [VERB.updated, 'slotMoved'],
  ['http://activitystrea.ms/schema/1.0/update', 'slotMoved'],
  [VERB.cancelled, 'slotCancelled'],
  ['http://activitystrea.ms/schema/1.0/cancel', 'slotCancelled'],
  [VERB.attended, 'slotKept'],
  [VERB.missed, 'slotMissed'],
]);

/** What the verb says about an object of that type. */
export function kindOf(verb: string, type: string | undefined): FactKind {
  if (type === ACTIVITY_TYPE.slot) return SLOT_KINDS.get(verb) ?? 'other';
  if (type === ACTIVITY_TYPE.tutorSession && verb === VERB.attended) return 'tutorAnswered';
  return KINDS.get(verb) ?? 'other';
}

const RECORDED: ReadonlySet<FactKind> = new Set<FactKind>([
  'needed',
  'diagnosed',
  'registered',
  'waived',
  'abandoned',
  'satisfied',
  'slotPlanned',
  'slotMoved',
  'slotCancelled',
  'slotKept',
  'slotMissed',
  'tutorAnswered',
]);

/** Whether others, or a job, record such a fact about a person; or the person plans it. */
export const isRecorded = (kind: FactKind): boolean => RECORDED.has(kind);

/** Verbs of no kind of ours that say nothing of learning at that instant either. */
const NOT_LEARNING: ReadonlySet<string> = new Set([
  'http://adlnet.gov/expapi/verbs/imported',
  'http://adlnet.gov/expapi/verbs/voided',
  'http://id.tincanapi.com/verb/earned',
  'http://id.tincanapi.com/verb/expired',
  'http://id.tincanapi.com/verb/hired',
  'http://id.tincanapi.com/verb/unregistered',
  'https://w3id.org/xapi/acrossx/verbs/was-assigned',
  'https://w3id.org/xapi/adl/verbs/logged-in',
  'https://w3id.org/xapi/adl/verbs/logged-out',
  'https://w3id.org/xapi/tla/verbs/assigned',
  'https://w3id.org/xapi/tla/verbs/was-assigned',
]);

/** Whether the person did it themselves, learning, at the statement's instant. */
export const isActive = (kind: FactKind, verb: string): boolean =>
  kind === 'other' ? !NOT_LEARNING.has(verb) : !isRecorded(kind);
