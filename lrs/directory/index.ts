/** Who the agents are, where they belonged and when, which role they hold. */
export type { Arrival } from './arrive.ts';
export type { Census } from './census.ts';
export type { NewUnit } from './change-tree.ts';
export { addDays, dayOf, isDay, startOfDay, wallClock } from './civil-day.ts';
export { createDirectory, type Directory } from './directory.ts';
export { fold } from './fold.ts';
export { type Grant, inForce, leftAt } from './grants.ts';
export type { Change, HistoryEntry } from './history.ts';
export type { KnownPeople } from './known-people.ts';
export type { Leavers } from './leave.ts';
export { holdsAt, type Membership, type Place, ROLES, type Role } from './membership.ts';
export type { Merge } from './merges.ts';
export {
  lastPlaceOf,
  type Person,
  type PersonRecord,
  placeOf,
  rolesOf,
  type Waiting,
} from './person.ts';
export type { PeoplePage, PeopleQuery } from './search.ts';
export { sortKeyOf } from './search-words.ts';
export { lastChangeOf, type Predecessors, predecessorsOf, type Succession } from './succession.ts';
export { type RecordedSuccession, readSuccessions } from './successions.ts';
export type { Tree } from './tree.ts';
export { isAddress, isEmail, oneSpelling } from './typed.ts';
export { directionId, KINDS_BELOW, placeText, type Unit, type UnitKind, unitIdOf, unitsOf } from './unit.ts';
export type { Outcome, UpsertOptions } from './upsert.ts';
export type { Act } from './write.ts';
