import { expect } from 'chai';
import { type Arrival, createDirectory, type Directory, directionId, rolesOf } from '../../../lrs/directory/index.ts';
import { onEachEngine, withStore } from '../../engines/index.ts';

const KEY = 'account:https://sso.example|ada';
const arrival = (more: Partial<Arrival>): Arrival => ({
  identifier: KEY,
  sent: {},
  by: 'sso:passage2',
  at: 1_000,
  ...more,
});

onEachEngine('who comes in by a provider', (engine) => {
  const store = withStore(engine);
  let directory: Directory;
  beforeEach(async () => {
    directory = createDirectory(store);
    await directory.addUnit({ kind: 'direction', name: 'DRH' });
    await directory.addUnit({ kind: 'direction', name: 'DSI' });
  });

  it('joins the person that the import made, keeps their place and roles, and brings the names up to date', async () => {
    const membership = { direction: 'DRH', service: 'SDRH', roles: ['agent' as const, 'tutor' as const] };
    await directory.upsert({ identifiers: [KEY], familyName: 'LOVELACE', email: 'ada@old.example', membership });
    const before = await directory.personByAgentKey(KEY);
    const after = await directory.arrive(
      arrival({ familyName: 'Lovelace', givenName: '', email: 'ada@new.example', placed: { direction: 'DRH' } }),
    );
    expect(after).to.deep.equal({ ...before, familyName: 'Lovelace', email: 'ada@new.example' });
    expect(await directory.personByAgentKey(KEY)).to.deep.equal(after);
    const revision = await directory.revision();
    await directory.arrive(arrival({ familyName: 'Lovelace', at: 2_000, placed: { direction: 'DRH' } }));
    expect(await directory.revision()).to.equal(revision);
  });

  it('moves who is placed elsewhere: an agent there, and no longer what they were', async () => {
    const membership = { direction: 'DRH', from: 10, roles: ['agent' as const, 'correspondent' as const] };
    await directory.upsert({ identifiers: [KEY], membership });
    const moved = await directory.arrive(arrival({ placed: { direction: 'DSI', service: 'SDSI' } }));
    expect(moved.memberships).to.deep.equal([
      { direction: 'DRH', from: 10, to: 1_000, roles: ['agent', 'correspondent'] },
      { direction: 'DSI', service: 'SDSI', from: 1_000, roles: ['agent'] },
    ]);
    expect(rolesOf(moved, 1_000)).to.deep.equal([{ role: 'agent', direction: 'DSI' }]);
  });

  it('keeps the roles of who goes to another service of the same direction', async () => {
    await directory.addUnit({ kind: 'service', name: 'Formation', parent: directionId('DRH') });
    const membership = { direction: 'DRH', service: 'SDRH', from: 10, roles: ['agent' as const, 'tutor' as const] };
    await directory.upsert({ identifiers: [KEY], membership });
    const moved = await directory.arrive(arrival({ placed: { direction: 'DRH', service: 'Formation' } }));
    expect(moved.memberships.at(-1)).to.deep.equal({
      direction: 'DRH',
      service: 'Formation',
      from: 1_000,
      roles: ['agent', 'tutor'],
    });
  });

  it('import, login, import, login: where a service is spelled otherwise nobody moves to and fro', async () => {
    const membership = { direction: 'DRH', service: 'Bureau RH', roles: ['agent' as const, 'tutor' as const] };
    for (let at = 1_000; at < 4_000; at += 1_000) {
      await directory.upsert({ identifiers: [KEY], membership }, { at });
      await directory.arrive(arrival({ placed: { direction: 'DRH', service: 'SG/BRH' }, at: at + 500 }));
    }
    const person = await directory.personByAgentKey(KEY);
    expect(person?.memberships).to.deep.equal([membership]);
  });

  it('lets wait who belongs nowhere and was sent with a direction that is not known, until they are placed', async () => {
    const sent = { direction: 'Direction inconnue', site: 'Lyon' };
    const { id, waiting, memberships } = await directory.arrive(arrival({ familyName: 'Lovelace', sent }));
    expect(waiting).to.deep.equal({ sent, by: 'sso:passage2', since: 1_000 });
    expect(memberships).to.deep.equal([]);
    expect((await directory.tree()).direction('Direction inconnue')).to.equal(undefined);
    // The next login of the same does not begin the waiting anew; other words do.
    await directory.arrive(arrival({ sent, at: 2_000 }));
    expect((await directory.toPlace(10)).map((person) => person.waiting?.since)).to.deep.equal([1_000]);
    await directory.arrive(arrival({ identifier: `${KEY}2`, sent: { direction: 'X' }, at: 500 }));
    expect((await directory.toPlace(10)).map((person) => person.waiting?.sent.direction)).to.deep.equal([
      'X',
      'Direction inconnue',
    ]);

    const placed = await directory.place(id, { direction: 'DRH' }, { by: 'boss', at: 3_000 });
    expect(placed).not.to.have.property('waiting');
    expect((await directory.toPlace(10)).map((person) => person.waiting?.sent.direction)).to.deep.equal(['X']);
    // What they send from now on changes nothing, and does not make them wait again.
    await directory.arrive(arrival({ sent, at: 4_000 }));
    expect(await directory.toPlace(10)).to.have.length(1);
    expect(
      (await directory.history(id, 10)).map(({ by, changes }) => [by, changes.map(({ what }) => what)]),
    ).to.deep.equal([
      ['boss', ['moved']],
      ['sso:passage2', ['known', 'waits']],
    ]);
  });

  it('guesses no direction: a table that leads to one that is not there places nobody', async () => {
    const person = await directory.arrive(arrival({ sent: { direction: 'drh' }, placed: { direction: 'drh' } }));
    expect(person.memberships).to.deep.equal([]);
    expect(await directory.toPlace(10)).to.have.length(1);
    const refusal = directory.place(person.id, { direction: 'drh' }, { by: 'boss', at: 2_000 });
    expect(await refusal.catch((error) => error.code)).to.equal('direction.unknown');
    // The import says it: they wait no longer.
    await directory.upsert({ identifiers: [KEY], membership: { direction: 'CAB', roles: ['agent'] } });
    expect(await directory.toPlace(10)).to.deep.equal([]);
  });

  it('makes one person of many logins at once', async () => {
    const people = await Promise.all(
      Array.from({ length: 6 }, () => directory.arrive(arrival({ placed: { direction: 'DRH' } }))),
    );
    expect(new Set(people.map(({ id }) => id))).to.have.length(1);
    expect(people[0]?.memberships).to.deep.equal([{ direction: 'DRH', roles: ['agent'] }]);
    expect(await directory.headcounts(5_000)).to.deep.equal(new Map([['DRH', 1]]));
  });

  it('gives another id to who comes under an identifier that was taken from somebody', async () => {
    const first = await directory.arrive(arrival({}));
    await directory.addIdentifier(first.id, 'openid:https://ada.example', { by: 'boss', at: 2_000 });
    await directory.removeIdentifier(first.id, KEY, { by: 'boss', at: 2_000 });
    const second = await directory.arrive(arrival({ at: 3_000 }));
    expect(second.id).not.to.equal(first.id);
    await directory.removeIdentifier(first.id, 'openid:https://ada.example', { by: 'boss', at: 4_000 }).then(
      () => expect.fail('the last one was removed'),
      (error) => expect(error.code).to.equal('people.lastIdentifier'),
    );
    await directory.addIdentifier(second.id, 'openid:https://ada.example', { by: 'boss', at: 4_000 }).then(
      () => expect.fail('one identifier belongs to two'),
      (error) => expect(error.code).to.equal('people.identity'),
    );
    await directory.upsert({
      identifiers: ['mbox:mailto:ada@example.org'],
      membership: { direction: 'DRH', roles: ['agent'] },
    });
  });
});
