import { expect } from 'chai';
import fc from 'fast-check';
import { createDirectory, type Directory, type Person } from '../../../lrs/directory/index.ts';
import { onEachEngine, withStore } from '../../engines/index.ts';

const key = (name: string): string => `account:https://sso.example|${name}`;
const act = { by: 'boss', at: 5_000 };

onEachEngine('merging people', (engine) => {
  const store = withStore(engine);
  let directory: Directory;
  beforeEach(() => {
    directory = createDirectory(store);
  });

  async function known(name: string, direction: string, from?: number): Promise<Person> {
    const membership = { direction, roles: ['agent' as const], ...(from !== undefined && { from }) };
    await directory.upsert({ identifiers: [key(name)], familyName: name, membership }, { at: 10 });
    const person = await directory.personByAgentKey(key(name));
    if (!person) throw new Error(`${name} is not there`);
    return person;
  }

  const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => 'done',
      (error) => error.code,
    );

  it('makes one of two, counts them once, and leads from the old id to the new', async () => {
    const a = await known('a', 'DRH');
    const b = await known('b', 'DSI', 100);
    const made = await directory.merge(a.id, b.id, act);
    expect(await directory.person(b.id)).to.equal(undefined);
    expect(await directory.leadsTo(b.id)).to.equal(a.id);
    expect((await directory.personByAgentKey(key('b')))?.id).to.equal(a.id);
    expect(await directory.headcounts(6_000)).to.deep.equal(new Map([['DRH', 1]]));
    const everyone: string[] = [];
    for await (const person of directory.all()) everyone.push(person.id);
    expect(everyone).to.deep.equal([a.id]);
    expect(await directory.ofDirection('DSI')).to.deep.equal([]);
    // What comes in under the old identifier joins the one who stays.
    expect(await directory.upsert({ identifiers: [key('b')], givenName: 'Bea' }, { at: 6_000 })).to.equal('changed');
    expect((await directory.person(a.id))?.givenName).to.equal('Bea');

    // Not as somebody else's.
    expect(await codeOf(directory.unmerge({ ...made, into: b.id }, act))).to.equal('people.unmerge');
    await directory.unmerge(made, { ...act, at: 7_000 });
    expect(await directory.person(b.id)).to.deep.equal(b);
    expect(await directory.person(a.id)).to.deep.equal({ ...a, givenName: 'Bea' });
    const [merge] = await directory.mergesInto(a.id, 10);
    expect(merge).to.deep.include({ id: made.id, from: b.id, was: b, undone: { by: 'boss', at: 7_000 } });
    const what = async (of: string) =>
      (await directory.history(of, 10)).flatMap(({ changes }) => changes.map((change) => change.what));
    expect(await what(a.id)).to.deep.equal(['unmerged', 'names', 'merged', 'known']);
    expect(await what(b.id)).to.deep.equal(['unmergedFrom', 'mergedInto', 'known']);
    expect(await codeOf(directory.unmerge(made, act))).to.equal('people.unmerge');
  });

  it('refuses oneself, nobody, and who is part of somebody else', async () => {
    const [a, b, c] = [await known('a', 'DRH'), await known('b', 'DRH'), await known('c', 'DRH')];
    expect(await codeOf(directory.merge(a.id, a.id, act))).to.equal('people.merge');
    expect(await codeOf(directory.merge(a.id, 'nobody', act))).to.equal('people.unknown');
    const first = await directory.merge(b.id, a.id, act);
    expect(await codeOf(directory.merge(c.id, a.id, act))).to.equal('people.merged');
    expect(await codeOf(directory.place(a.id, { direction: 'DRH' }, act))).to.equal('people.merged');
    const second = await directory.merge(c.id, b.id, act);
    expect(await directory.leadsTo(a.id)).to.equal(c.id);
    // The last merge is undone first.
    expect(await codeOf(directory.unmerge(first, act))).to.equal('people.unmerge');
    await directory.unmerge(second, act);
    await directory.unmerge(first, act);
    for (const each of [a, b, c]) expect(await directory.person(each.id)).to.deep.equal(each);
  });

  it('lets one of two administrators win, whichever way round they merge, and loses nothing', async () => {
    const [a, b, c] = [await known('a', 'DRH'), await known('b', 'DSI'), await known('c', 'CAB')];
    const answers = await Promise.all([
      codeOf(directory.merge(a.id, b.id, { by: 'one', at: 5_000 })),
      codeOf(directory.merge(b.id, a.id, { by: 'two', at: 5_000 })),
      codeOf(directory.merge(c.id, b.id, { by: 'three', at: 5_000 })),
      directory.upsert({ identifiers: [key('b')], email: 'b@example.org' }),
    ]);
    expect(answers.slice(0, 3).filter((answer) => answer === 'done').length).to.be.within(1, 2);
    const people = new Map<string, Person>();
    for await (const person of directory.all()) people.set(person.id, person);
    const held = [...people.values()].flatMap(({ identifiers }) => identifiers).sort();
    expect(held).to.deep.equal([key('a'), key('b'), key('c')]);
    expect((await directory.personByAgentKey(key('b')))?.email).to.equal('b@example.org');
    expect(people.size).to.equal(3 - answers.slice(0, 3).filter((answer) => answer === 'done').length);

    const [merge] = (await Promise.all([...people.keys()].map((id) => directory.mergesInto(id, 1)))).flat();
    const wanted = merge ?? { id: '', into: '' };
    const undone = [directory.unmerge(wanted, act), directory.unmerge(wanted, act)];
    expect((await Promise.all(undone.map(codeOf))).sort()).to.deep.equal(['done', 'people.unmerge']);
  });

  it('leaves every identifier with exactly one person, whatever is merged, undone, added and removed', async function () {
    this.timeout(60_000);
    const names = ['a', 'b', 'c', 'd'];
    const people = await Promise.all(names.map((name) => known(name, 'DRH')));
    const who = fc.nat({ max: people.length - 1 });
    const merges: { id: string; into: string }[] = [];
    const spare = [key('x'), key('y')];
    const step = fc.oneof(
      fc.record({ do: fc.constant('merge' as const), one: who, two: who }),
      fc.record({ do: fc.constant('unmerge' as const), one: fc.nat({ max: 10 }), two: who }),
      fc.record({ do: fc.constant('add' as const), one: who, two: who }),
      fc.record({ do: fc.constant('remove' as const), one: who, two: who }),
    );
    const id = (n: number): string => people[n]?.id ?? '';
    const steps = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (wanted) => {
      for (const { do: what, one, two } of wanted) {
        const spared = spare[two % 2] ?? '';
        if (what === 'merge') await codeOf(directory.merge(id(one), id(two), act).then((made) => merges.push(made)));
        else if (what === 'unmerge') await codeOf(directory.unmerge(merges.at(-1 - one) ?? { id: '', into: '' }, act));
        else if (what === 'add') await codeOf(directory.addIdentifier(id(one), spared, act));
        else await codeOf(directory.removeIdentifier(id(one), spared, act));
      }
      const held: string[] = [];
      for await (const { identifiers } of directory.all()) {
        expect(identifiers).not.to.deep.equal([]);
        held.push(...identifiers);
      }
      expect(new Set(held).size).to.equal(held.length);
      expect(held).to.include.members(names.map(key));
    });
    await fc.assert(steps, { numRuns: 25 });
  });
});
