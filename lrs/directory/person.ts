/** Who the agents are, as the store keeps them: one document a person, so that a change to one is atomic by itself. */
import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { LivretError } from '../errors.ts';
import type { CollectionSpec } from '../store/store.ts';
import { endedBy, type Grant, heldGrants, leftAt } from './grants.ts';
import { holdsAt, type Membership, type Place, place, type Role } from './membership.ts';
import { sortKeyOf, wordEntriesOf } from './search-words.ts';

/** What a provider sent of somebody whose direction is none of ours: an administrator says where they belong. */
export interface Waiting {
  /** As it was sent. */
  sent: Partial<Place>;
  /** Who said so: 'sso:' and the id of the provider. */
  by: string;
  /** ms since 1970 */
  since: number;
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
  /** There while the person is to be placed. */
  waiting?: Waiting;
}

export interface StoredPerson extends Person {
  /** For the indexes: every direction ever belonged to; `since` of waiting, if any; see search-words.ts. */
  directions: string[];
  waits: number[];
  sortKey: string;
  words: string[];
  /** Merged into the person of that id: nothing else is left here, and nobody is found by it. */
  mergedInto?: string;
}

export const PEOPLE: CollectionSpec<StoredPerson> = {
  name: 'people',
  indexes: {
    identifiers: { fields: ['identifiers'], unique: true },
    directions: { fields: ['directions', 'sortKey'] },
    waits: { fields: ['waits'] },
    sortKey: { fields: ['sortKey'] },
    words: { fields: ['words'] },
  },
};

/** Where a person belongs at an instant (ms); undefined when not yet there, gone, or still to be placed. */
export const placeOf = ({ memberships }: Person, at: number): Membership | undefined =>
  memberships.find((membership) => holdsAt(membership, at));

/** Where a person belongs at an instant (ms), or belonged last before it. */
export const lastPlaceOf = ({ memberships }: Person, at: number): Membership | undefined =>
  memberships.findLast(({ from }) => (from ?? Number.NEGATIVE_INFINITY) <= at);

/** Roles a person holds at an instant (ms), with the direction each is bound to; without one it holds everywhere. None of who has left. */
export function rolesOf(person: Person, at: number): { role: Role; direction?: string }[] {
  const here = placeOf(person, at);
  const granted = heldGrants(person, at);
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

/**
 * By chance: addresses of pages show it, and a number of a person could be found by trying them all if it were made from
 * that. The unique index of the identifiers keeps two processes from making one person twice.
 */
const newPersonId = (): string => randomBytes(16).toString('hex');

/** The person as stored, with what the indexes need. */
export function stored(person: Person): StoredPerson {
  const { grants = [], ...rest } = person;
  return {
    ...rest,
    ...(grants.length > 0 && { grants }),
    directions: [...new Set(person.memberships.map(({ direction }) => direction))].sort(),
    waits: person.waiting ? [person.waiting.since] : [],
    sortKey: sortKeyOf(person),
    words: wordEntriesOf(person),
  };
}

/** What is left of who was merged into somebody else. */
export const mergedAway = (id: string, into: string): StoredPerson => ({
  id,
  identifiers: [],
  memberships: [],
  directions: [],
  waits: [],
  // Before all others, where no list begins.
  sortKey: '',
  words: [],
  mergedInto: into,
});

/** The person without what is only for the store. */
export const personOf = ({
  directions: _directions,
  waits: _waits,
  sortKey: _sortKey,
  words: _words,
  mergedInto: _mergedInto,
  ...person
}: StoredPerson): Person => person;

/** A person as they are once the record is known. Pure; gives `before` itself when that changes nothing. Throws `people.membership`. */
export function withRecord(before: StoredPerson | undefined, record: PersonRecord, at: number): StoredPerson {
  const { identifiers, membership, ...names } = record;
  const known = before ? personOf(before) : { id: newPersonId(), identifiers: [], memberships: [] };
  const memberships = membership ? place(known.memberships, membership, at) : known.memberships;
  return changed(
    before,
    {
      ...known,
      ...names,
      identifiers: [...new Set([...known.identifiers, ...identifiers])],
      memberships,
    },
    at,
  );
}

/** The person with their granted roles ended at `left` (ms), where they have left (see endedBy). */
export function settled(person: Person, at: number, left = leftAt(person, at)): Person {
  return person.grants ? { ...person, grants: endedBy(person.grants, left, person.memberships) } : person;
}

/**
 * The person to store; `before` itself where nothing is different. Who belongs somewhere at `at` (ms) waits no longer, and
 * who has left, or had left until now, has no granted role any more.
 */
export function changed(before: StoredPerson | undefined, person: Person, at: number): StoredPerson {
  const { waiting, ...rest } = settled(person, at, leftAt(person, at) ?? (before && leftAt(before, at)));
  const after = stored({ ...rest, ...(waiting && placeOf(person, at) === undefined && { waiting }) });
  return before && isDeepStrictEqual(before, after) ? before : after;
}

/** The one thing found, several times or not at all. Throws `people.identity` when the identifiers of one record belong to several people. */
export function onlyOne<T>(found: readonly T[]): T | undefined {
  if (new Set(found).size > 1) throw new LivretError('people.identity');
  return found[0];
}
