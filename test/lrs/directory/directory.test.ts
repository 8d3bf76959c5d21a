import { createHash, getHashes } from 'node:crypto';
import { expect } from 'chai';
import {
  createDirectory,
  type Directory,
  type Membership,
  type Outcome,
  type PersonRecord,
} from '../../../lrs/directory/index.ts';
import { LivretError } from '../../../lrs/errors.ts';
import { openStore } from '../../../lrs/store/open.ts';
import { onEachEngine, withStore } from '../../engines/index.ts';

const key = (name: string): string => `account:https://sso.example|${name}`;
const person = (name: string, direction: string, more: Partial<Membership> = {}): PersonRecord => ({
  identifiers: [key(name)],
  membership: { direction, roles: ['agent'], ...more },
});

onEachEngine('the directory', (engine) => {
  const store = withStore(engine);
  let directory: Directory;
  beforeEach(() => {
    directory = createDirectory(store);
  });

  it('knows a person by agent key, and where they belonged when', async () => {
    await directory.upsert({
      ...person('ada', 'DRH', { from: 100 }),
      familyName: 'Lovelace',
      email: 'ada@interieur.example',
    });
    await directory.upsert(person('ada', 'DSI', { from: 500, service: 'SDRH' }));
    const ada = await directory.personByAgentKey(key('ada'));
    expect(ada).to.deep.include({ identifiers: [key('ada')], familyName: 'Lovelace', email: 'ada@interieur.example' });
    const days = [99, 100, 499, 500, 9_999].map((at) => directory.directionAt(key('ada'), at));
    expect(await Promise.all(days)).to.deep.equal([undefined, 'DRH', 'DRH', 'DSI', 'DSI']);
    expect(await directory.membershipAt(key('ada'), 600)).to.deep.equal({
      direction: 'DSI',
      service: 'SDRH',
      from: 500,
      roles: ['agent'],
    });
    expect(await directory.personByAgentKey(key('bob'))).to.equal(undefined);
    expect(await directory.directionAt(key('bob'), 600)).to.equal(undefined);
  });

  it('changes nothing when told the same again, and says so', async () => {
    const record = person('ada', 'DRH');
    expect(await directory.upsert(record)).to.equal('new');
    const revision = await directory.revision();
    expect(await directory.upsert(record)).to.equal('unchanged');
    expect(await directory.revision()).to.equal(revision);
    expect(await directory.upsert({ ...record, givenName: 'Ada' })).to.equal('changed');
    expect(await directory.revision()).not.to.equal(revision);
    expect(await directory.upsert(record)).to.equal('unchanged');
    expect((await directory.personByAgentKey(key('ada')))?.givenName).to.equal('Ada');
  });

  it('ends roles with the membership they were given for', async () => {
    await directory.upsert(person('ada', 'DRH', { from: 100, roles: ['agent', 'correspondent'] }));
    expect(await directory.rolesAt(key('ada'), 200)).to.deep.equal([
      { role: 'agent', direction: 'DRH' },
      { role: 'correspondent', direction: 'DRH' },
    ]);
    await directory.upsert(person('ada', 'DSI', { from: 500, to: 800 }));
    expect(await directory.rolesAt(key('ada'), 600)).to.deep.equal([{ role: 'agent', direction: 'DSI' }]);
    expect(await directory.rolesAt(key('ada'), 900)).to.deep.equal([]);
  });

  it('lists directions and counts heads at an instant, leavers not', async () => {
    await directory.upsertAll([
      person('ada', 'DRH'),
      person('bob', 'DRH', { from: 100, to: 300 }),
      person('eve', 'DÉPAFI', { from: 100 }),
      person('dan', 'DRH'),
      person('ada', 'CAB', { from: 200 }),
    ]);
    expect(await directory.directions()).to.deep.equal(['CAB', 'DRH', 'DÉPAFI']);
    const counts = async (at: number) => Object.fromEntries(await directory.headcounts(at));
    expect(await counts(150)).to.deep.equal({ DRH: 3, DÉPAFI: 1 });
    expect(await counts(400)).to.deep.equal({ CAB: 1, DRH: 1, DÉPAFI: 1 });
    const former = await directory.ofDirection('DRH');
    expect(former.map(({ identifiers }) => identifiers[0]).sort()).to.deep.equal([key('ada'), key('bob'), key('dan')]);
  });

  it('gives everyone once, over several pages', async () => {
    const records = Array.from({ length: 1_203 }, (_, i) => person(`p${i}`, 'DRH'));
    await directory.upsertAll(records);
    const names: string[] = [];
    for await (const { identifiers } of directory.all()) names.push(...identifiers);
    expect(names.sort()).to.deep.equal(records.map(({ identifiers }) => identifiers[0]).sort());
  });

  it('refuses one record and takes its neighbours', async () => {
    const outcomes = await directory.upsertAll([person('ada', 'DRH', { from: 500, to: 100 }), person('bob', 'DRH')]);
    expect(outcomes.map(({ change }) => change)).to.deep.equal(['refused', 'new']);
    expect(await directory.personByAgentKey(key('ada'))).to.equal(undefined);
    const refusal = await directory
      .upsert(person('ada', 'DRH', { from: 5, to: 1 }))
      .catch((error: LivretError) => error);
    expect(refusal).to.be.instanceOf(LivretError).with.property('code', 'people.membership');
  });

  it('joins the identifiers of one person, but never two people', async () => {
    const mbox = 'mbox:mailto:ada@interieur.example';
    await directory.upsertAll([{ identifiers: [key('ada'), mbox] }, person('bob', 'DRH')]);
    expect((await directory.personByAgentKey(mbox))?.id).to.equal((await directory.personByAgentKey(key('ada')))?.id);
    const refusal = await directory
      .upsert({ identifiers: [mbox, key('bob')] })
      .catch((error: LivretError) => error.code);
    expect(refusal).to.equal('people.identity');
  });

  it('stores nothing in a dry run', async () => {
    const revision = await directory.revision();
    const outcomes = await directory.upsertAll([person('ada', 'DRH')], { dryRun: true });
    expect(outcomes.map(({ change }) => change)).to.deep.equal(['new']);
    expect(await directory.personByAgentKey(key('ada'))).to.equal(undefined);
    expect(await directory.revision()).to.equal(revision);
  });

  it('loses nothing when several write about the same people at once', async () => {
    const writers = Array.from({ length: 5 }, (_, i) =>
      directory.upsertAll([person('ada', `D${i}`, { from: 100 * (i + 1) }), person(`own${i}`, 'DRH')]),
    );
    await Promise.all(writers);
    const ada = await directory.personByAgentKey(key('ada'));
    expect(ada?.memberships.map(({ direction, to }) => [direction, to])).to.deep.equal([
      ['D0', 200],
      ['D1', 300],
      ['D2', 400],
      ['D3', 500],
      ['D4', undefined],
    ]);
  });

  it('gives ids that nobody can tell from what the person is known by', async () => {
    await directory.upsert(person('ada', 'DRH'));
    await directory.upsert(person('bob', 'DRH'));
    const ids = await Promise.all(
      ['ada', 'bob'].map(async (name) => (await directory.personByAgentKey(key(name)))?.id),
    );
    expect(new Set(ids)).to.have.length(2);
    for (const id of ids) expect(id).to.match(/^[\da-f]{32}$/);
    const derived = ['ada', 'bob'].flatMap((name) =>
      getHashes().map((algorithm) => createHash(algorithm).update(key(name)).digest('hex').slice(0, 32)),
    );
    expect(derived.filter((each) => ids.includes(each))).to.deep.equal([]);
  });
});

onEachEngine('two importers of the same people at once', (engine) => {
  it('make each person once', async () => {
    const opened = await engine.create();
    // Where one process at a time may have the store open, two directories on it are as far apart as can be.
    const second = engine.shared ? await openStore(opened.place) : undefined;
    try {
      const directories = [createDirectory(opened.store), createDirectory(second ?? opened.store)];
      const records = Array.from({ length: 400 }, (_, i) => person(`p${i}`, 'DRH'));
      const load = async (directory: Directory): Promise<string[]> => {
        const known = directory.known();
        const outcomes: Outcome[] = [];
        for (let i = 0; i < records.length; i += 100)
          outcomes.push(...(await directory.upsertAll(records.slice(i, i + 100), { known })));
        return outcomes.map((each) => (each.change === 'refused' ? 'refused' : `${each.person}`));
      };
      const [one, other] = await Promise.all(directories.map(load));
      expect(one).to.deep.equal(other);
      expect(new Set(one)).to.have.length(records.length);
      let people = 0;
      for await (const _ of createDirectory(opened.store).all()) people += 1;
      expect(people).to.equal(records.length);
    } finally {
      await second?.close();
      await opened.destroy();
    }
  });
});
