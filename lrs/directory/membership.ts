/** Where a person belonged and when. Pure: a history goes in with what is newly known, and a history comes out. */
import { LivretError } from '../errors.ts';

export const ROLES = ['agent', 'tutor', 'correspondent', 'analyst', 'administrator'] as const;

export type Role = (typeof ROLES)[number];

/** A place of the organisation, by the names of what it lies in. */
export interface Place {
  direction: string;
  service?: string;
  site?: string;
}

/** A stretch of time in one place of the organisation. */
export interface Membership extends Place {
  /** First millisecond (since 1970); without it: since before anything is known. */
  from?: number;
  /** First millisecond after it; without it: still. */
  to?: number;
  /** Roles held in this direction for as long as this lasts: who moves or leaves does not keep them. */
  roles: Role[];
}

const start = ({ from }: Membership): number => from ?? Number.NEGATIVE_INFINITY;
const end = ({ to }: Membership): number => to ?? Number.POSITIVE_INFINITY;

/** Whether a membership holds at an instant (ms). */
export const holdsAt = (membership: Membership, at: number): boolean => start(membership) <= at && at < end(membership);

export const samePlace = (a: Place, b: Place): boolean =>
  a.direction === b.direction && a.service === b.service && a.site === b.site;

const refused = (detail: string): LivretError => new LivretError('people.membership', { detail });

function lasting(membership: Membership): Membership {
  if (end(membership) <= start(membership)) throw refused('It ends before it starts.');
  return membership;
}

/** In order of start, each ending at the latest where the next one starts. */
function inOrder(memberships: readonly Membership[]): Membership[] {
  const ordered = sorted(memberships);
  return ordered.map((membership, i) => {
    const next = ordered[i + 1]?.from;
    return next !== undefined && next < end(membership) ? { ...membership, to: next } : membership;
  });
}

function placeDated(history: readonly Membership[], wanted: Membership): Membership[] {
  const others = history.filter(({ from }) => from !== wanted.from);
  return inOrder([...others, lasting(wanted)]);
}

function placeUndated(history: readonly Membership[], wanted: Membership, at: number): Membership[] {
  const latest = history.findLast((membership) => start(membership) <= at);
  if (!latest) return placeDated(history, wanted);
  const { from: _from, ...place } = wanted;
  if (samePlace(latest, wanted) && (at < end(latest) || end(wanted) <= at)) {
    return placeDated(history, latest.from === undefined ? place : { ...place, from: latest.from });
  }
  if (end(wanted) <= at) throw refused('It has ended, and without a start it cannot be said which place came first.');
  return placeDated(history, { ...place, from: at });
}

/**
 * The history with one membership more, or one known better; memberships never overlap, and nothing is deleted.
 * - With a start: it takes the place of the one with that very start, else it closes the one it falls into there. It ends
 *   at its own end, or where a later one starts.
 * - Without a start: in the place where the person is at `at` (ms) it confirms that membership, with the roles and the
 *   end that are given now. In another place, or after having left, it is a move of which only now is known: a new
 *   membership starts at `at`. The first one a person ever has starts before anything is known.
 * The same again changes nothing. Throws `people.membership` where it ends before it starts, or ended without a start
 * somewhere else than the history says.
 */
export const place = (history: readonly Membership[], wanted: Membership, at: number): Membership[] =>
  wanted.from === undefined ? placeUndated(history, wanted, at) : placeDated(history, wanted);

const between = ({ from: _from, to: _to, ...place }: Membership, first: number, last: number): Membership => ({
  ...place,
  ...(first !== Number.NEGATIVE_INFINITY && { from: first }),
  ...(last !== Number.POSITIVE_INFINITY && { to: last }),
});

/** The parts of `others` that lie where `history` says nothing, in order. Neither overlaps in itself. */
export function inGaps(history: readonly Membership[], others: readonly Membership[]): Membership[] {
  return others.flatMap((other) => {
    const parts: Membership[] = [];
    let first = start(other);
    for (const own of history) {
      if (first < Math.min(start(own), end(other))) parts.push(between(other, first, Math.min(start(own), end(other))));
      first = Math.max(first, end(own));
    }
    if (first < end(other)) parts.push(between(other, first, end(other)));
    return parts;
  });
}

/** Memberships that do not overlap, in order. */
export const sorted = (memberships: readonly Membership[]): Membership[] =>
  memberships.toSorted((a, b) => (start(a) < start(b) ? -1 : 1));
