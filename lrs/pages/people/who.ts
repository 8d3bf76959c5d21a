/** Who looks at a page of people, and what they may see of it. */
import type { Response } from 'express';
import type { Crumb, Language } from '../../../web/index.ts';
import { reaches, reachingOf, reachOf, visitorOf } from '../../access/index.ts';
import type { Membership, Person } from '../../directory/index.ts';
import { LivretError } from '../../errors.ts';
import { words } from './words.ts';

/** Whether they may change people. A key that reaches these pages may do everything. */
export function managesPeople(response: Response): boolean {
  const visitor = visitorOf(response);
  return visitor === undefined || reachOf(visitor.roles, 'person.manage') !== undefined;
}

/** Throws `people.unknown` where the person is out of reach: as if there were nobody. */
export function requireReach(response: Response, person: Person, at: number): void {
  if (!reaches(reachingOf(response), person, at)) throw new LivretError('people.unknown');
}

/** The memberships that they may see: all of their own and for administrators, else those in their directions. */
export function visibleMemberships(response: Response, { id, memberships }: Person): Membership[] {
  const { reach, directions, self } = reachingOf(response);
  const all = reach === 'all' || id === self;
  return all ? memberships : memberships.filter(({ direction }) => directions.has(direction));
}

/** The person with those granted roles that they may see: as with memberships; who is granted one everywhere is not theirs to know. */
export function withVisibleGrants(response: Response, person: Person): Person {
  const { reach, directions, self } = reachingOf(response);
  const { grants, ...rest } = person;
  if (grants === undefined || reach === 'all' || person.id === self) return person;
  const visible = grants.filter(({ direction }) => direction !== undefined && directions.has(direction));
  return { ...rest, ...(visible.length > 0 && { grants: visible }) };
}

/** Name as it is listed: family name first. Undefined where none is known. */
export const nameOf = ({ familyName, givenName }: Pick<Person, 'familyName' | 'givenName'>): string | undefined =>
  [familyName, givenName].filter(Boolean).join(' ') || undefined;

/** The pages above one of a person's. */
export const above = (lang: Language, person?: Person): Crumb[] => [
  { href: '/people', label: words[lang].title },
  ...(person ? [{ href: `/people/${person.id}`, label: nameOf(person) ?? words[lang].nameless }] : []),
];
