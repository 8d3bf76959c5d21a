/** Who reads a digest, and what of it they may see now: the directory is asked each time, for a mail cannot be taken back. */
import { type Directory, leftAt, type Person, placeOf, rolesOf } from '../../lrs/directory/index.ts';
import { type HeldRole, reachOf } from '../../lrs/index.ts';
import { DAY } from '../calendar/index.ts';
import { type erasedAt, isErasedSince } from '../privacy/index.ts';
import type { Subscription } from './subscription.ts';

/** The right that the pages of the same figures ask for. */
const ACTION = 'report.read';

/**
 * ms for which a role counts that came with a login: only the next login tells whether it is still there. Longer than from
 * one quarter's figures to the next, so that who comes back for each goes on.
 */
export const LOGIN_COUNTS = 100 * DAY;

export interface Reader {
  person: Person;
  /** Directions whose figures they see, with all below them; undefined: all. */
  within?: ReadonlySet<string>;
  /** The one direction that it is all about, where there is one. */
  direction?: string;
}

/** Why somebody reads none any more: nobody of the directory; gone from it; without a role, or the direction, it takes. */
export type Ended = 'unknown' | 'erased' | 'left' | 'role' | 'direction';

type Known = Pick<Directory, 'person' | 'leadsTo' | 'below'>;

/** Who it is and what they see, or why they see nothing any more. `erased`: when somebody was, by the store's ledger. */
export async function readerOf(
  directory: Known,
  { person: id, login, direction, created }: Pick<Subscription, 'person' | 'login' | 'direction' | 'created'>,
  erased: ReturnType<typeof erasedAt>,
  now: number,
): Promise<Reader | Ended> {
  const person = await directory.person((await directory.leadsTo(id)) ?? id);
  if (!person) return 'unknown';
  if (isErasedSince(erased(person.identifiers), created)) return 'erased';
  if (leftAt(person, now) !== undefined) return 'left';
  const reached = reachOf([...rolesOf(person, now), ...rolesByLogin(person, login, now)], ACTION);
  if (!reached || reached.reach === 'own') return 'role';
  const seen = reached.reach === 'all' ? undefined : new Set(await directory.below(reached.directions));
  if (direction === undefined) {
    const [only, ...others] = reached.directions;
    return {
      person,
      ...(seen && { within: seen }),
      ...(only !== undefined && others.length === 0 && { direction: only }),
    };
  }
  const below = await directory.below([direction]);
  const within = new Set(seen ? below.filter((each) => seen.has(each)) : below);
  return within.size > 0 ? { person, within, direction } : 'direction';
}

/** A login would grant them where the person is now, or everywhere: one of elsewhere is no longer theirs. */
function rolesByLogin(person: Person, login: Subscription['login'], now: number): HeldRole[] {
  if (!login || now >= login.at + LOGIN_COUNTS) return [];
  const here = placeOf(person, now)?.direction;
  return login.roles.filter(({ direction }) => direction === undefined || direction === here);
}
