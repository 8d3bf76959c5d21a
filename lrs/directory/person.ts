/** Who the agents are, as the store keeps them: one document a person, so that a change to one is atomic by itself. */
import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { LivretError } from '../errors.ts';
import type { CollectionSpec } from '../store/store.ts';
import { holdsAt, type Membership, place, type Role } from './membership.ts';

/** A role given by name, beside those that come with a membership: for one direction and all below it, or everywhere. */
export interface Grant {
  role: Role;
  direction?: string;
  /** First millisecond (since 1970), and first millisecond after it; without `to`: still. */
  from: number;
  to?: number;
}

export interface Person {
  /** Of this directory; does not name the person. */
  id: string;
  /** Agent keys (see agentKey) under which the person's statements come in. */
  identifiers: string[];
  familyName?: string;
  givenName?: string;
  email?: string;
  /** In order of time, never overlapping. Leavers keep theirs, closed. */
  memberships: Membership[];
  grants?: Grant[];
}

export interface StoredPerson extends Person {
  /** Every direction ever belonged to, for the index. */
  directions: string[];
}

export const PEOPLE: CollectionSpec<StoredPerson> = {
  name: 'people',
  indexes: {
    // for reading everyone page by page
    id: { fields: ['id'] },
    identifiers: { fields: ['identifiers'], unique: true },
    directions: { fields: ['directions'] },
  },
};

/** Where a person belongs at an instant (ms); undefined when not yet there, gone, or still to be placed. */
export const placeOf = ({ memberships }: Person, at: number): Membership | undefined =>
  memberships.find((membership) => holdsAt(membership, at));

/** Roles a person holds at an instant (ms), with the direction each is bound to; without one it holds everywhere. */
export function rolesOf(person: Person, at: number): { role: Role; direction?: string }[] {
  const here = placeOf(person, at);
  const granted = (person.grants ?? []).filter(({ from, to }) => from <= at && (to === undefined || at < to));
  return [
    ...(here?.roles.map((role) => ({ role, direction: here.direction })) ?? []),
    ...granted.map(({ role, direction }) => ({ role, ...(direction !== undefined && { direction }) })),
  ];
}

/** What is known of a person now. What is left out says nothing and changes nothing. */
export interface PersonRecord {
  /** Agent keys, at least one: the person who has one of them is meant, and has them all afterwards. */
  identifiers: readonly [string, ...string[]];
  familyName?: string;
  givenName?: string;
  email?: string;
  membership?: Membership;
}

/** The id a person gets who is first known by this agent key: the same in every process, so that two cannot make one person twice. */
const newPersonId = (agentKey: string): string => hash('sha256', agentKey, 'hex').slice(0, 32);

/** A person as they are once the record is known. Pure; gives `before` itself when that changes nothing. Throws `people.membership`. */
export function withRecord(before: StoredPerson | undefined, record: PersonRecord, at: number): StoredPerson {
  const { identifiers, membership, ...names } = record;
  const history = before?.memberships ?? [];
  const memberships = membership ? place(history, membership, at) : history;
  const after: StoredPerson = {
    id: newPersonId(identifiers[0]),
    ...before,
    ...names,
    identifiers: [...new Set([...(before?.identifiers ?? []), ...identifiers])],
    memberships,
    directions: [...new Set(memberships.map(({ direction }) => direction))].sort(),
  };
  return before && isDeepStrictEqual(before, after) ? before : after;
}

/** The one thing found, several times or not at all. Throws `people.identity` when the identifiers of one record belong to several people. */
export function onlyOne<T>(found: readonly T[]): T | undefined {
  if (new Set(found).size > 1) throw new LivretError('people.identity');
  return found[0];
}
