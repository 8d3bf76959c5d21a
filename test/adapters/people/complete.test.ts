import { expect } from 'chai';
import type { Findings, Left } from '../../../adapters/people/findings.ts';
import { importPeople } from '../../../adapters/people/import-people.ts';
import { createDirectory, type Directory, placeOf } from '../../../lrs/directory/index.ts';
import { onEachEngine, withStore } from '../../engines/index.ts';

const HEADER = 'identifiant;fournisseur;Nom;Prénom;courriel;direction;service;site;roles;debut;fin';
const PROVIDER = 'https://sso.example';
const key = (name: string): string => `account:${PROVIDER}|${name}`;
const line = (name: string, direction = 'DRH', provider = PROVIDER): string =>
  `${name};${provider};${name};;;${direction};;;;;`;
const OTHER = 'https://elsewhere.example';
/** What is found of one provider's people. */
const left = (found: number, of: number, refused?: 'unread' | 'tooMany', provider = PROVIDER): Partial<Left> => ({
  ...{ found, closed: refused ? 0 : found },
  providers: [{ provider, found, of, ...(refused && { refused }) }],
  ...(refused && { refused }),
});

onEachEngine('a file of people', (engine) => {
  const store = withStore(engine);
  let directory: Directory;
  beforeEach(() => {
    directory = createDirectory(store);
  });

  async function* input(lines: readonly string[]): AsyncGenerator<Uint8Array> {
    yield Buffer.from([HEADER, ...lines, ''].join('\n'));
  }
  const load = (
    lines: readonly string[],
    options: { dryRun?: boolean; complete?: { force: boolean } } = {},
  ): Promise<Findings> =>
    importPeople(directory, input(lines), {
      timeZone: 'Europe/Paris',
      dryRun: false,
      refused: async () => {},
      progress: async () => {},
      ...options,
    });
  const here = async (name: string): Promise<string | undefined> => {
    const person = await directory.personByAgentKey(key(name));
    return person && placeOf(person, Date.now())?.direction;
  };
  const people = (count: number): string[] => Array.from({ length: count }, (_, i) => line(`p${i}`));

  it('shows before what it would do: columns, first lines, new directions, who moves', async () => {
    await load([line('ada'), line('bob')]);
    const found = await load([line('ada', 'DSI'), line('bob'), line('eve', 'CAB'), 'x;y;z'], { dryRun: true });
    expect(found).to.deep.include({
      ...{ lines: 4, new: 1, changed: 1, unchanged: 1, refused: 1 },
      newDirections: { count: 2, names: ['CAB', 'DSI'] },
      moves: { count: 1, examples: [{ line: 2, from: { direction: 'DRH' }, to: { direction: 'DSI' } }] },
    });
    expect(found.columns.slice(2, 4)).to.deep.equal([
      { header: 'Nom', column: 'nom' },
      { header: 'Prénom', column: 'prenom' },
    ]);
    expect(found.first[0]).to.deep.equal({
      ...{ line: 2, identifier: key('ada'), familyName: 'ada', direction: 'DSI', roles: ['agent'] },
    });
    expect(await here('ada')).to.equal('DRH');
    expect((await directory.tree()).directions()).to.deep.equal(['DRH']);
  });

  it('closes those who are no longer in it where it is complete, and takes them back when they are', async () => {
    await load([...people(40), line('other', 'DSI', OTHER)]);
    const file = people(40).slice(3);
    expect((await load(file)).left).to.equal(undefined);
    expect(await here('p0')).to.equal('DRH');
    expect((await load(file, { complete: { force: false }, dryRun: true })).left).to.deep.include(left(3, 40));
    expect(await here('p0')).to.equal('DRH');
    expect((await load(file, { complete: { force: false } })).left).to.deep.include(left(3, 40));
    expect(await here('p0')).to.equal(undefined);
    expect(await here('p3')).to.equal('DRH');
    const gone = await directory.personByAgentKey(key('p0'));
    expect(gone?.memberships).to.have.length(1);
    const [entry] = await directory.history(gone?.id ?? '', 1);
    expect(entry).to.deep.include({ by: 'import', changes: [{ what: 'left' }] });
    // Again: nobody is left to close. Another provider's people are not meant.
    expect((await load(file, { complete: { force: false } })).left).to.deep.include({
      found: 0,
      closed: 0,
      providers: [],
    });
    expect((await directory.headcounts(Date.now())).get('DSI')).to.equal(1);
    await load(people(40), { complete: { force: false } });
    expect(await here('p0')).to.equal('DRH');
  });

  it('closes nobody where more have left than can have, unless it is told to', async () => {
    await load(people(40));
    const file = people(40).slice(5);
    const refused = left(5, 40, 'tooMany');
    expect((await load(file, { complete: { force: false } })).left).to.deep.include(refused);
    expect(await here('p0')).to.equal('DRH');
    expect((await load(file, { complete: { force: true } })).left).to.deep.include(left(5, 40));
    expect(await here('p0')).to.equal(undefined);
  });

  it('counts each provider by itself: one stray line does not close everybody of another one', async () => {
    const others = Array.from({ length: 6 }, (_, i) => line(`o${i}`, 'DSI', OTHER));
    await load([...people(100), ...others, line('both', 'DSI', OTHER)]);
    // Known by both providers, and in neither's lines: too many of one have left, so nobody can tell.
    const both = await directory.personByAgentKey(`account:${OTHER}|both`);
    await directory.addIdentifier(both?.id ?? '', key('both'), { by: 'console', at: Date.now() });
    const file = [...people(100).slice(2), line('o0', 'DSI', OTHER)];
    expect((await load(file, { complete: { force: false } })).left).to.deep.include({
      ...{ found: 8, closed: 2, refused: 'tooMany' },
      providers: [
        { provider: OTHER, found: 6, of: 7, refused: 'tooMany' },
        { provider: PROVIDER, found: 3, of: 101 },
      ],
    });
    // Who is of a provider of whom few have left is closed all the same.
    expect([await here('p0'), await here('p2'), await here('both')]).to.deep.equal([undefined, 'DRH', 'DSI']);
    expect((await directory.headcounts(Date.now())).get('DSI')).to.equal(7);
    await load(file, { complete: { force: true } });
    expect((await directory.headcounts(Date.now())).get('DSI')).to.equal(1);
  });

  it('takes a line that is refused for a sign of life, and closes nobody where a line says nothing of whose it is', async () => {
    await load(people(40));
    const broken = `p0;${PROVIDER};;;no address;DRH;;;;;`;
    expect((await load([broken, ...people(40).slice(2)], { complete: { force: false } })).left).to.deep.include(
      left(1, 40),
    );
    expect([await here('p0'), await here('p1')]).to.deep.equal(['DRH', undefined]);
    const nobody = left(38, 39, 'unread');
    expect((await load([line('p0'), 'p1;p2'], { complete: { force: true } })).left).to.deep.include(nobody);
    expect(await here('p5')).to.equal('DRH');
  });
});
