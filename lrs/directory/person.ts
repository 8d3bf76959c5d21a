/** Who the agents are, as the store keeps them: one document a person, so that a change to one is atomic by itself. */
import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { LivretError } from '../errors.ts';
import type { CollectionSpec } from '../store/store.ts';
import { type Membership, place } from './membership.ts';

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
