/** Two people of the directory who are one, and two again. Pure. */
import { isDeepStrictEqual } from 'node:util';
import { LivretError } from '../errors.ts';
import { type Grant, sameGrant } from './grants.ts';
import { inGaps, type Membership, samePlace, sorted } from './membership.ts';
import { type Person, placeOf, type Waiting } from './person.ts';

const NAMES = ['familyName', 'givenName', 'email'] as const;

/** What a merge gave to the one who stays, so that it can be taken away again. */
export interface Taken {
  names: Partial<Pick<Person, (typeof NAMES)[number]>>;
  memberships: Membership[];
  grants: Grant[];
  /** What the one who stays waited for, where the merge ended that. */
  waited?: Waiting;
  /** Waits for what the other one waited for. */
  waits?: true;
}

/**
 * `into` with all that `from` was: identifiers and granted roles of both, names of `from` where `into` has none, its
 * memberships where `into` belonged nowhere. Where both belonged somewhere, `into` says where. Who waits for a place goes
 * on waiting, unless one of the two has one at `at` (ms).
 */
export function mergePeople(into: Person, from: Person, at: number): { after: Person; taken: Taken } {
  const names: Taken['names'] = {};
  for (const name of NAMES) if (into[name] === undefined && from[name] !== undefined) names[name] = from[name];
  const memberships = inGaps(into.memberships, from.memberships);
  const grants = (from.grants ?? []).filter((grant) => !into.grants?.some((own) => sameGrant(own, grant)));
  const { waiting: own, ...rest } = into;
  const joined: Person = {
    ...rest,
    ...names,
    identifiers: [...into.identifiers, ...from.identifiers],
    memberships: sorted([...into.memberships, ...memberships]),
    ...((into.grants || grants.length > 0) && { grants: [...(into.grants ?? []), ...grants] }),
  };
  const waiting = placeOf(joined, at) ? undefined : (own ?? from.waiting);
  const after = { ...joined, ...(waiting && { waiting }) };
  const ended = own && !waiting ? { waited: own } : {};
  const begun = waiting && !own ? { waits: true as const } : {};
  return { after, taken: { names, memberships, grants, ...ended, ...begun } };
}

const cannot = (detail: string): LivretError => new LivretError('people.unmerge', { detail });

/**
 * The two again: `from` as it was, `into` without what the merge gave it. What has happened since stays with `into`:
 * identifiers that were added, moves, names. An identifier that `into` no longer has does not come back, and a role that
 * was taken back since stays so. Throws `people.unmerge` where one of the two would have no identifier.
 */
export function unmergePeople(now: Person, was: Person, taken: Taken, at: number): { into: Person; from: Person } {
  const back = was.identifiers.filter((identifier) => now.identifiers.includes(identifier));
  if (back.length === 0) throw cannot('None of the identifiers that it came with is there any more.');
  const kept = now.identifiers.filter((identifier) => !back.includes(identifier));
  if (kept.length === 0) throw cannot('All identifiers that are left came with it.');
  const grants = was.grants?.map((grant) => now.grants?.find((each) => sameGrant(each, grant)) ?? grant);
  return {
    into: { ...withoutTaken(now, was, taken, at), identifiers: kept },
    from: { ...was, identifiers: back, ...(grants && { grants }) },
  };
}

function withoutTaken(now: Person, was: Person, taken: Taken, at: number): Person {
  const { waiting, grants, ...rest } = now;
  const person: Person = { ...rest };
  for (const name of NAMES) if (taken.names[name] !== undefined && now[name] === taken.names[name]) delete person[name];
  person.memberships = now.memberships.filter((each) => !taken.memberships.some((given) => isSame(each, given)));
  const own = grants?.filter((grant) => !taken.grants.some((given) => sameGrant(given, grant))) ?? [];
  if (own.length > 0) person.grants = own;
  const given = taken.waits === true && isDeepStrictEqual(waiting, was.waiting);
  const waits = (given ? undefined : waiting) ?? taken.waited;
  if (waits && !placeOf(person, at)) person.waiting = waits;
  return person;
}

/** Roles and end may have changed since: it is still the same membership. */
const isSame = (a: Membership, b: Membership): boolean => a.from === b.from && samePlace(a, b);
