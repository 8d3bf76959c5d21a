/** The person in front of a page: who it is, and what the table of rights lets them do. */
import type { Response } from 'express';
import { lastPlaceOf, type Person } from '../../directory/index.ts';
import { LivretError } from '../../errors.ts';
import type { HeldRole, Reach } from './rights.ts';
import type { Session } from './sessions.ts';

export interface Visitor {
  session: Session;
  /** Nobody of the directory where an administrator came in by the link of the command line. */
  person?: Person;
  /** As pages greet them. */
  name: string;
  roles: readonly HeldRole[];
}

/** What the action of this request reaches; set by the guard. */
export interface Reaching {
  reach: Reach;
  /** Directions with all below them; empty unless `reach` is 'direction'. */
  directions: ReadonlySet<string>;
  /** Id of who asks; undefined for keys and for who came by the link. */
  self?: string;
}

/** Whoever is logged in in this request, if anybody is. */
export const visitorOf = (response: Response): Visitor | undefined => response.locals.visitor;

/** By whom a change is made, for the history and the log: a person's id, or the link of the command line. */
export const actorOf = (response: Response): string => visitorOf(response)?.person?.id ?? 'link';

/** What the guard found that this request reaches. Throws `access.missing` where no guard ran: a bug. */
export function reachingOf(response: Response): Reaching {
  const reaching: Reaching | undefined = response.locals.reaching;
  if (!reaching) throw new LivretError('access.missing');
  return reaching;
}

/** Whether a person is within reach at an instant (ms): oneself always, others by where they belong, or belonged last. */
export function reaches({ reach, directions, self }: Reaching, person: Person, at: number): boolean {
  if (reach === 'all' || person.id === self) return true;
  if (reach === 'own') return false;
  const last = lastPlaceOf(person, at);
  return last !== undefined && directions.has(last.direction);
}
