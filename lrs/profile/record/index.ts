/**
 * The statements that the program itself emits: facts in, a statement out. The id is made of the fact, so that a retry or
 * a job run twice changes nothing; the instant is part of the fact, never "now".
 */
export * as enrolment from './enrolment.ts';
export * as session from './session.ts';
export * as slot from './slot.ts';
export { type Enrolment, idOf, type Module, type Named, registrationOf } from './statement.ts';
export * as tutor from './tutor.ts';
