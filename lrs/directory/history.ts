/** Who changed what of a person, and when: kept for as long as the person is. Names nobody but by internal ids. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type CollectionChange, type CollectionSpec, put, type Store } from '../store/store.ts';
import { type Grant, sameGrant } from './grants.ts';
import { type Membership, type Place, type Role, samePlace } from './membership.ts';
import { type Person, placeOf } from './person.ts';

/** One thing that changed. */
export type Change =
  | { what: 'known' }
  /** Family name, given name or e-mail. */
  | { what: 'names' }
  | { what: 'identifierAdded' | 'identifierRemoved'; identifier: string }
  /** Belongs somewhere else now; without `from`, the first place, or after having left. */
  | { what: 'moved'; from?: Place; to: Place }
  | { what: 'left' }
  /** The roles of where the person is. */
  | { what: 'roles'; roles: Role[] }
  /** Something earlier or later than now in the history of memberships. */
  | { what: 'memberships' }
  /** A provider sent a direction that is none of ours. */
  | { what: 'waits'; sent: Partial<Place> }
  | { what: 'granted' | 'revoked'; role: Role; direction?: string }
  /** `other` is the id of the other one of the two. */
  | { what: 'merged' | 'mergedInto' | 'unmerged' | 'unmergedFrom'; other: string };

export interface HistoryEntry {
  person: string;
  /** ms since 1970 */
  at: number;
  /** Id of a person, or 'import', 'sso:' with the id of a provider, 'console', 'link', 'key'. */
  by: string;
  changes: Change[];
}

export const HISTORY: CollectionSpec<HistoryEntry> = {
  name: 'people-history',
  indexes: { person: { fields: ['person', 'at'] } },
};

export const noted = (entry: HistoryEntry): CollectionChange => put(HISTORY, randomUUID(), entry, { expect: 'absent' });

/** The newest entries of a person, newest first. */
export async function readHistory(store: Store, person: string, limit: number): Promise<HistoryEntry[]> {
  const query = { index: 'person', equals: [person], descending: true, limit };
  return (await store.collection(HISTORY).find(query)).map(({ value }) => value);
}

const sameNames = (a: Person, b: Person): boolean =>
  a.familyName === b.familyName && a.givenName === b.givenName && a.email === b.email;

const placed = ({ direction, service, site }: Membership): Place => ({
  direction,
  ...(service !== undefined && { service }),
  ...(site !== undefined && { site }),
});

/** What became another at `at` (ms). Empty where only what is for the store did. */
export function changesBetween(before: Person | undefined, after: Person, at: number): Change[] {
  if (!before) return [{ what: 'known' }, ...waits(undefined, after)];
  return [
    ...(sameNames(before, after) ? [] : [{ what: 'names' } as const]),
    ...identifiers('identifierAdded', after, before),
    ...identifiers('identifierRemoved', before, after),
    ...memberships(before, after, at),
    ...waits(before, after),
    ...grants('granted', after, before, at),
    ...grants('revoked', before, after, at),
  ];
}

const identifiers = (what: 'identifierAdded' | 'identifierRemoved', here: Person, there: Person): Change[] =>
  here.identifiers.filter((each) => !there.identifiers.includes(each)).map((identifier) => ({ what, identifier }));

function memberships(before: Person, after: Person, at: number): Change[] {
  if (isDeepStrictEqual(before.memberships, after.memberships)) return [];
  const [was, is] = [placeOf(before, at), placeOf(after, at)];
  if (!is) return [{ what: was ? 'left' : 'memberships' }];
  if (!was || !samePlace(was, is)) return [{ what: 'moved', ...(was && { from: placed(was) }), to: placed(is) }];
  if (!isDeepStrictEqual(was.roles, is.roles)) return [{ what: 'roles', roles: is.roles }];
  return [{ what: 'memberships' }];
}

const waits = (before: Person | undefined, { waiting }: Person): Change[] =>
  waiting === undefined || isDeepStrictEqual(before?.waiting, waiting) ? [] : [{ what: 'waits', sent: waiting.sent }];

/** Those that hold at `at` (ms), or will. */
const open = ({ grants = [] }: Person, at: number): Grant[] => grants.filter(({ to }) => to === undefined || to > at);

const grants = (what: 'granted' | 'revoked', here: Person, there: Person, at: number): Change[] =>
  open(here, at)
    .filter((grant) => !open(there, at).some((other) => sameGrant(grant, other)))
    .map(({ role, direction }) => ({ what, role, ...(direction !== undefined && { direction }) }));
