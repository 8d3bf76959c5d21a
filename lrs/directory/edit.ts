/** What an administrator changes of one person. */
import { LivretError } from '../errors.ts';
import type { Versioned } from '../store/store.ts';
import { type Grant, inForce, leftAt } from './grants.ts';
import { type Place, place as placeIn, type Role, samePlace } from './membership.ts';
import { changed, PEOPLE, type Person, personOf, placeOf, type StoredPerson } from './person.ts';
import type { Tree } from './tree.ts';
import { type Act, commitDrafts, draftOf, type Ground, untilCommitted } from './write.ts';

/** The person of an id as stored. Rejects `people.unknown`, and `people.merged` where it was merged into somebody else. */
export async function requirePerson({ store }: Ground, id: string): Promise<Versioned<StoredPerson>> {
  const found = await store.collection(PEOPLE).get(id);
  if (!found) throw new LivretError('people.unknown');
  if (found.value.mergedInto !== undefined) throw new LivretError('people.merged');
  return found;
}

/** Changes one person by what the function makes of them; it is asked again where somebody else was quicker. */
async function edit(
  ground: Ground,
  id: string,
  act: Act,
  make: (person: Person, tree: Tree) => Person | Promise<Person>,
): Promise<Person> {
  return untilCommitted(async () => {
    const { tree } = await ground.trees.read();
    const found = await requirePerson(ground, id);
    const draft = draftOf(found);
    const after = changed(found.value, await make(personOf(found.value), tree), act.at);
    await commitDrafts(ground, [{ ...draft, after }], act);
    return personOf(after);
  });
}

function requireDirection(tree: Tree, name: string): void {
  if (tree.direction(name) === undefined) throw new LivretError('direction.unknown');
}

/** See Directory.place. */
export const place = (ground: Ground, id: string, where: Place, act: Act): Promise<Person> =>
  edit(ground, id, act, (person, tree) => {
    if (tree.at(where) === undefined) throw new LivretError('direction.unknown');
    const here = placeOf(person, act.at);
    if (here && samePlace(here, where)) return person;
    const memberships = placeIn(person.memberships, { ...where, roles: ['agent'] }, act.at);
    return { ...person, memberships };
  });

const sameRole = (a: { role: Role; direction?: string }, b: { role: Role; direction?: string }): boolean =>
  a.role === b.role && a.direction === b.direction;

/** See Directory.grant. */
export const grant = (ground: Ground, id: string, wanted: Omit<Grant, 'from'>, act: Act): Promise<Person> =>
  edit(ground, id, act, (person, tree) => {
    if (wanted.direction !== undefined) requireDirection(tree, wanted.direction);
    // The table of rights knows no administrator of one direction: who was given that would be one of all.
    if (wanted.role === 'administrator' && wanted.direction !== undefined)
      throw new LivretError('people.administrator');
    if (wanted.to !== undefined && wanted.to <= act.at)
      throw new LivretError('people.membership', { detail: 'It ends before it starts.' });
    if (leftAt(person, act.at) !== undefined) throw new LivretError('people.left');
    const { grants = [] } = person;
    const same = grants.find((each) => sameRole(each, wanted) && inForce(each, act.at));
    if (same && same.to === wanted.to) return person;
    const others = grants.filter((each) => each !== same);
    return { ...person, grants: [...others, { ...wanted, from: same?.from ?? act.at }] };
  });

/** See Directory.revoke. */
export const revoke = (
  ground: Ground,
  id: string,
  role: { role: Role; direction?: string },
  act: Act,
): Promise<Person> =>
  edit(ground, id, act, (person) => {
    if (!person.grants?.some((each) => sameRole(each, role) && inForce(each, act.at))) return person;
    const grants = person.grants
      // Given and taken back within a millisecond: it never held.
      .filter((each) => !(sameRole(each, role) && each.from === act.at))
      .map((each) => (sameRole(each, role) && inForce(each, act.at) ? { ...each, to: act.at } : each));
    return { ...person, grants };
  });

/** See Directory.addIdentifier. */
export const addIdentifier = (ground: Ground, id: string, identifier: string, act: Act): Promise<Person> =>
  edit(ground, id, act, async (person) => {
    const people = ground.store.collection(PEOPLE);
    const [holder] = await people.find({ index: 'identifiers', equals: [identifier], limit: 1 });
    if (holder?.id === id) return person;
    if (holder) throw new LivretError('people.identity');
    return { ...person, identifiers: [...person.identifiers, identifier] };
  });

/** See Directory.removeIdentifier. */
export const removeIdentifier = (ground: Ground, id: string, identifier: string, act: Act): Promise<Person> =>
  edit(ground, id, act, (person) => {
    const identifiers = person.identifiers.filter((each) => each !== identifier);
    if (identifiers.length === 0) throw new LivretError('people.lastIdentifier');
    return { ...person, identifiers };
  });
