/** Who the agents are, where they belonged and when, which role they hold. */
export { addDays, dayOf, startOfDay } from './civil-day.ts';
export { createDirectory, type Directory } from './directory.ts';
export { holdsAt, type Membership, ROLES, type Role } from './membership.ts';
export { type Grant, type Person, type PersonRecord, placeOf, rolesOf } from './person.ts';
export type { Outcome, UpsertOptions } from './upsert.ts';
