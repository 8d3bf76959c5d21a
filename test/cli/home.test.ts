import { expect } from 'chai';
import { onEachEngine } from '../engines/index.ts';
import { type HouseSite, openHouseSite } from '../house/open-house.ts';

/** Where the tiles of a home page lead, in their order. */
const tiles = (page: string): string[] =>
  [...page.matchAll(/class="fr-tile__title"><a href="([^"]+)"/g)].flatMap(([, path]) => path ?? []);

onEachEngine('home, and the page of one’s own', function (engine) {
  this.timeout(30_000);
  let site: HouseSite;
  before(async () => {
    site = await openHouseSite(engine);
  });
  after(() => site.close());

  it('begin with what one’s role is for', async () => {
    const first: [Parameters<HouseSite['logIn']>[2], string[]][] = [
      [['agent'], ['/packages', '/learning', '/people/me']],
      [['tutor'], ['/people', '/packages', '/learning', '/directions', '/people/me']],
      [['analyst'], ['/reports', '/directions', '/packages', '/learning', '/people/me']],
      [
        ['agent', 'correspondent'],
        ['/progress', '/people', '/reports', '/directions', '/packages', '/learning', '/people/me'],
      ],
      [
        ['administrator'],
        [
          '/people',
          '/directions',
          '/reports',
          '/packages',
          '/learning',
          '/people/me',
          '/statements',
          '/people/to-place',
          '/keys',
          '/sso',
          '/status',
        ],
      ],
    ];
    for (const [roles, expected] of first) {
      const who = await site.logIn(`H-${roles?.join('-')}`, 'DRH', roles);
      const { text } = await site.get('/', who);
      expect(tiles(text), String(roles)).to.deep.equal(expected);
      expect(text.includes('/ready'), 'technical facts').to.equal(roles?.[0] === 'administrator');
    }
  });

  it('say where one belongs, the roles with their directions, and under which account records are kept', async () => {
    const who = await site.logIn('Claire', 'DRH', ['agent', 'tutor', 'administrator']);
    const { directory, access } = site.house.lrs;
    const at = Date.now();
    await directory.grant(who.id, { role: 'analyst' }, { by: 'console', at });
    const mail = 'mbox:mailto:claire@sso.test';
    await directory.upsert({ identifiers: ['account:https://sso.test|Claire', mail], email: 'claire@interieur.test' });
    const own = await site.get(`/people/${who.id}`, who);
    const home = await site.get('/', who);
    for (const { text } of [home, own]) {
      const facts = /<dl class="livret-facts">.*?<\/dl>/s.exec(text)?.[0] ?? '';
      expect(facts).to.contain('DRH');
      for (const role of ['Tuteur (DRH)', 'Analyste (toutes les directions)', 'Administrateur', 'Agent']) {
        expect(facts).to.contain(`<li>${role}</li>`);
      }
      expect(facts).to.contain('<code>Claire</code> chez <code>https://sso.test</code>');
      expect(facts, 'an address is no account').not.to.contain('claire@sso.test');
    }
    // Of somebody else one is not told that it is oneself.
    const root = await site.logIn('Root', 'SG', ['administrator']);
    expect((await site.get(`/people/${who.id}`, root)).text).not.to.contain(' chez ');

    const { token } = await access.people.sessions.begin({
      person: who.id,
      roles: [{ role: 'correspondent', direction: 'DRH' }],
      origin: { provider: 'test' },
    });
    const session = await site.get('/', { ...who, cookie: `livret=${token}` });
    expect(session.text).to.match(
      /Correspondant de formation \(DRH\)<span class="fr-hint-text"> donné par votre connexion/,
    );
    expect(session.text).to.contain('<li>Tuteur (DRH)</li>');
  });

  it('offer no page of one’s own to who is nobody, by the link of the command line', async () => {
    const roles = [{ role: 'administrator' as const }];
    const { token } = await site.house.lrs.access.people.sessions.begin({ roles, origin: { provider: 'link' } });
    const { text } = await site.get('/', { id: '', cookie: `livret=${token}`, csrf: '' });
    expect(tiles(text)).to.include('/people').and.not.include('/people/me');
    expect(text).to.contain('n’est celle de personne');
  });

  it('tell an administrator of who waits to be placed, and those who wait that they do', async () => {
    const root = await site.logIn('Root', 'SG', ['administrator']);
    const agent = await site.logIn('Agathe', 'DRH');
    expect((await site.get('/', root)).text).not.to.contain('être placée');
    const { directory, access } = site.house.lrs;
    const person = await directory.arrive({
      identifier: 'account:https://sso.test|malo',
      sent: { direction: 'ailleurs' },
      by: 'sso:test',
    });
    expect((await site.get('/', root)).text).to.contain('Une personne attend d’être placée.');
    expect((await site.get('/', agent)).text).not.to.contain('être placée');
    const { token } = await access.people.sessions.begin({
      person: person.id,
      roles: [],
      origin: { provider: 'test' },
    });
    const malo = await site.get('/', { id: person.id, cookie: `livret=${token}`, csrf: '' });
    expect(malo.text).to.contain('un administrateur la précisera').and.to.contain('<li>Agent</li>');
  });
});
