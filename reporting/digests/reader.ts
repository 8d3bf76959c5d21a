/** Who reads a digest, and what of it they may see now: the directory is asked each time, for a mail cannot be taken back. */
import { type Directory, leftAt, type Person, placeOf, rolesOf } from '../../lrs/directory/index.ts';
import { GRANTED_COUNTS, type Granted, type HeldRole, type PeopleAccess, reachOf } from '../../lrs/index.ts';
import { type erasedAt, isErasedSince } from '../privacy/index.ts';
import type { Subscription } from './subscription.ts';

/** The right that the pages of the same figures ask for. */
const ACTION = 'report.read';

export interface Reader {
  person: Person;
  /** Directions whose figures they see, with all below them; undefined: all. */
  within?: ReadonlySet<string>;
  /** The one direction that it is all about, where there is one. */
  direction?: string;
  /** ms since 1970 up to which their role counts, where it came with a login and the directory does not know of it. */
  until?: number;
}

/** Why somebody reads none any more: nobody of the directory; gone from it; without a role, or the direction, it takes. */
export type Ended = 'unknown' | 'erased' | 'left' | 'role' | 'direction';

type Known = Pick<Directory, 'person' | 'leadsTo' | 'below'>;

export interface Sources {
  directory: Known;
  /** What providers granted at the last login. */
  sessions: Pick<PeopleAccess['sessions'], 'granted'>;
  /** When somebody was, by the store's ledger. */
  erased: ReturnType<typeof erasedAt>;
}

/** Who it is and what they see, or why they see nothing any more. */
export async function readerOf(
  { directory, sessions, erased }: Sources,
  { person: id, direction, created }: Pick<Subscription, 'person' | 'direction' | 'created'>,
  now: number,
): Promise<Reader | Ended> {
  const person = await directory.person((await directory.leadsTo(id)) ?? id);
  if (!person) return 'unknown';
  if (isErasedSince(erased(person.identifiers), created)) return 'erased';
  if (leftAt(person, now) !== undefined) return 'left';
  const granted = await sessions.granted(person.id);
  const reached = reachOf([...rolesOf(person, now), ...rolesByLogin(person, granted, now)], ACTION);
  if (!reached || reached.reach === 'own') return 'role';
  const byLogin = granted && readsByLogin(person, now) ? { until: granted.at + GRANTED_COUNTS } : {};
  const seen = reached.reach === 'all' ? undefined : new Set(await directory.below(reached.directions));
  if (direction === undefined) {
    const [only, ...others] = reached.directions;
    return {
      ...{ person, ...byLogin },
      ...(seen && { within: seen }),
      ...(only !== undefined && others.length === 0 && { direction: only }),
    };
  }
  const below = await directory.below([direction]);
  const within = new Set(seen ? below.filter((each) => seen.has(each)) : below);
  return within.size > 0 ? { person, within, direction, ...byLogin } : 'direction';
}

/** Whether what somebody reads of groups is by no role that the directory knows of. */
export function readsByLogin(person: Person, now: number): boolean {
  const known = reachOf(rolesOf(person, now), ACTION);
  return !known || known.reach === 'own';
}

/**
 * A login grants them where the person is, an administrator's too: of who has moved since, only the next login tells which
 * they have there.
 */
function rolesByLogin(person: Person, granted: Granted | undefined, now: number): readonly HeldRole[] {
  if (!granted || now >= granted.at + GRANTED_COUNTS) return [];
  return placeOf(person, now)?.direction === granted.direction ? granted.roles : [];
}
