/** The published xAPI profile of what this platform records, and how any statement is read by its rules. */
export { type ProfileDocument, profileDocument } from './document.ts';
export { formatDuration, parseDuration } from './duration.ts';
export { type Fact, factOf, type LearningPlace, PLACES, type Slot } from './fact.ts';
export { ACTIVITY_TYPE, EXTENSION, PROFILE, PROFILE_VERSION, VERB } from './iris.ts';
export type { FactKind } from './kinds.ts';
export * as record from './record/index.ts';
