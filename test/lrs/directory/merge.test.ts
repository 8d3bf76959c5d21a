import { expect } from 'chai';
import fc from 'fast-check';
import { holdsAt, type Membership, type Person, ROLES } from '../../../lrs/directory/index.ts';
import { place } from '../../../lrs/directory/membership.ts';
import { mergePeople, unmergePeople } from '../../../lrs/directory/merge.ts';
import { placeOf } from '../../../lrs/directory/person.ts';
import { LivretError } from '../../../lrs/errors.ts';

const NOW = 1_000;

const time = fc.option(fc.integer({ min: 0, max: 2_000 }), { nil: undefined });
const told = fc.array(fc.record({ direction: fc.constantFrom('A', 'B', 'C'), from: time, length: time }), {
  maxLength: 5,
});

function historyOf(tellings: { direction: string; from?: number | undefined; length?: number | undefined }[]) {
  let history: Membership[] = [];
  for (const { direction, from, length } of tellings) {
    const to = length === undefined ? {} : { to: (from ?? 0) + length + 1 };
    try {
      history = place(history, { direction, ...(from !== undefined && { from }), ...to, roles: ['agent'] }, NOW);
    } catch (error) {
      if (!(error instanceof LivretError)) throw error;
    }
  }
  return history;
}

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Somebody with identifiers of their own. */
const somebody = (id: string): fc.Arbitrary<Person> =>
  fc
    .record({
      identifiers: fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 }),
      familyName: maybe(fc.constantFrom('Lovelace', 'Byron')),
      givenName: maybe(fc.constantFrom('Ada', 'Augusta')),
      email: maybe(fc.constant(`${id}@example.org`)),
      memberships: told.map(historyOf),
      grants: fc.uniqueArray(fc.record({ role: fc.constantFrom(...ROLES), from: fc.integer({ min: 0, max: 3 }) }), {
        maxLength: 3,
        selector: ({ role, from }) => `${role} ${from}`,
      }),
      since: maybe(fc.integer({ min: 0, max: 2 })),
    })
    .map(({ identifiers, familyName, givenName, email, memberships, grants, since }) => {
      const person: Person = {
        id,
        identifiers: identifiers.map((n) => `account:https://${id}.example|${n}`),
        memberships,
        ...(familyName && { familyName }),
        ...(givenName && { givenName }),
        ...(email && { email }),
        ...(grants.length > 0 && { grants }),
      };
      const waits = since !== undefined && placeOf(person, NOW) === undefined;
      return waits ? { ...person, waiting: { sent: { direction: 'X' }, by: 'sso:a', since } } : person;
    });

const INSTANTS = Array.from({ length: 430 }, (_, i) => i * 10 - 5);

describe('two people who are one', () => {
  it('are exactly what they were once the merge is undone', () => {
    fc.assert(
      fc.property(somebody('a'), somebody('b'), (into, from) => {
        const { after, taken } = mergePeople(into, from, NOW);
        expect(unmergePeople(after, from, taken, NOW)).to.deep.equal({ into, from });
      }),
    );
  });

  it('have everything of both while they are one: identifiers, roles, and where either belonged', () => {
    fc.assert(
      fc.property(somebody('a'), somebody('b'), (into, from) => {
        const { after } = mergePeople(into, from, NOW);
        expect(after.identifiers).to.deep.equal([...into.identifiers, ...from.identifiers]);
        for (const grant of [...(into.grants ?? []), ...(from.grants ?? [])])
          expect(after.grants).to.deep.include(grant);
        for (const at of INSTANTS) {
          const here = after.memberships.filter((membership) => holdsAt(membership, at));
          expect(here.length).to.be.at.most(1);
          expect(here[0]?.direction).to.equal((placeOf(into, at) ?? placeOf(from, at))?.direction);
        }
        expect(after.waiting === undefined || placeOf(after, NOW) === undefined).to.equal(true);
      }),
    );
  });

  it('keep what has happened since: a move, an identifier that was added, one that was removed, a role taken back', () => {
    const grant = { role: 'tutor' as const, direction: 'A', from: 5 };
    const into: Person = { id: 'a', identifiers: ['k1'], memberships: [{ direction: 'A', to: 100, roles: ['agent'] }] };
    const from: Person = {
      id: 'b',
      identifiers: ['k2', 'k3'],
      familyName: 'Byron',
      memberships: [{ direction: 'B', from: 50, roles: ['agent'] }],
      grants: [grant],
    };
    const { after, taken } = mergePeople(into, from, NOW);
    expect(after.memberships).to.deep.equal([
      { direction: 'A', to: 100, roles: ['agent'] },
      { direction: 'B', from: 100, roles: ['agent'] },
    ]);
    const since: Person = {
      ...after,
      familyName: 'Lovelace',
      identifiers: ['k1', 'k2', 'k4'],
      memberships: place(after.memberships, { direction: 'C', from: 1_500, roles: ['agent'] }, NOW),
      grants: [{ ...grant, to: 1_600 }],
    };
    const apart = unmergePeople(since, from, taken, 2_000);
    expect(apart.into).to.deep.equal({
      id: 'a',
      identifiers: ['k1', 'k4'],
      familyName: 'Lovelace',
      memberships: [
        { direction: 'A', to: 100, roles: ['agent'] },
        { direction: 'C', from: 1_500, roles: ['agent'] },
      ],
    });
    expect(apart.from).to.deep.equal({ ...from, identifiers: ['k2'], grants: [{ ...grant, to: 1_600 }] });
  });

  it('are not parted where one of them would have no identifier', () => {
    const into: Person = { id: 'a', identifiers: ['k1'], memberships: [] };
    const from: Person = { id: 'b', identifiers: ['k2'], memberships: [] };
    const { after, taken } = mergePeople(into, from, NOW);
    for (const identifiers of [['k1'], ['k2']]) {
      expect(() => unmergePeople({ ...after, identifiers }, from, taken, NOW))
        .to.throw(LivretError)
        .with.property('code', 'people.unmerge');
    }
  });
});
