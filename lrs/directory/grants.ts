/** Roles given by name, and what becomes of them when somebody leaves. Pure. */
import { holdsAt, type Membership, type Role } from './membership.ts';

/** A role given by name, beside those that come with a membership: for one direction and all below it, or everywhere. */
export interface Grant {
  role: Role;
  direction?: string;
  /** First millisecond (since 1970), and first millisecond after it; without `to`: still. */
  from: number;
  to?: number;
}

/** What of a person says which granted roles they hold. */
interface Holder {
  /** In order of time. */
  memberships: readonly Membership[];
  grants?: readonly Grant[];
}

/** Whether a grant holds at an instant (ms), as long as whoever has it has not left. */
export const inForce = ({ from, to }: Grant, at: number): boolean => from <= at && (to === undefined || at < to);

/** Whether it is one grant, however long it lasts. */
export const sameGrant = (a: Grant, b: Grant): boolean =>
  a.role === b.role && a.direction === b.direction && a.from === b.from;

/**
 * Since when (ms) somebody has left, at an instant: the end of their last membership. Undefined for who is there or will
 * be, and for who never belonged anywhere: a contractor who administers Livret has nothing to leave.
 */
export function leftAt({ memberships }: Holder, at: number): number | undefined {
  const to = memberships.at(-1)?.to;
  return to !== undefined && to <= at ? to : undefined;
}

/** Granted roles that somebody holds at an instant (ms): none where they have left, even if nobody ended them. */
export const heldGrants = (holder: Holder, at: number): Grant[] =>
  leftAt(holder, at) === undefined ? (holder.grants ?? []).filter((grant) => inForce(grant, at)) : [];

/**
 * Grants as they are to be kept: ended where whoever had them has left (`left`, see leftAt), so that they do not come
 * back with the person. Unless they were never away: by what is known now, they belonged somewhere at that instant.
 */
export function endedBy(grants: Grant[], left: number | undefined, memberships: readonly Membership[]): Grant[] {
  if (left === undefined || memberships.some((each) => holdsAt(each, left))) return grants;
  return grants.map((grant) =>
    grant.to === undefined || grant.to > left ? { ...grant, to: Math.max(grant.from, left) } : grant,
  );
}
