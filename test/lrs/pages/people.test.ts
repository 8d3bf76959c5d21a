import { expect } from 'chai';
import { placeOf, unitIdOf } from '../../../lrs/directory/index.ts';
import { onEachEngine } from '../../engines/index.ts';
import { type HouseSite, type LoggedIn, openHouseSite } from '../../house/open-house.ts';

const key = (name: string): string => `account:https://sso.test|${name}`;

onEachEngine('the pages of people', function (engine) {
  this.timeout(30_000);
  let site: HouseSite;
  let administrator: LoggedIn;
  let correspondent: LoggedIn;
  let agent: LoggedIn;
  before(async () => {
    site = await openHouseSite(engine);
    administrator = await site.logIn('Root', 'SG', ['administrator']);
    correspondent = await site.logIn('Corinne', 'DRH', ['correspondent']);
    agent = await site.logIn('Agathe', 'DRH');
  });
  after(() => site.close());

  const directory = () => site.house.lrs.directory;

  async function somebody(name: string, direction: string, more: object = {}): Promise<string> {
    await directory().upsert({
      identifiers: [key(name)],
      familyName: name,
      membership: { direction, roles: ['agent'], ...more },
    });
    return (await directory().personByAgentKey(key(name)))?.id ?? '';
  }

  it('list and find people, for a correspondent only those of their directions and below', async () => {
    await somebody('Lefèvre', 'DRH');
    await somebody('Lemaire', 'DSI');
    await directory().addUnit({ kind: 'direction', name: 'Sous DRH', parent: unitIdOf({ direction: 'DRH' }) });
    await somebody('Lebrun', 'Sous DRH');
    const names = async (path: string, who: LoggedIn): Promise<string[]> => {
      const { status, text } = await site.get(path, who);
      expect(status, path).to.equal(200);
      return [...text.matchAll(/href="\/people\/[\da-f]{32}">([^<]+)</g)].flatMap(([, name]) => name ?? []);
    };
    expect(await names('/people?q=LE', administrator)).to.deep.equal(['Lebrun', 'Lefèvre', 'Lemaire']);
    expect(await names('/people?q=le', correspondent)).to.deep.equal(['Lebrun', 'Lefèvre']);
    expect(await names('/people?q=lemaire', correspondent)).to.deep.equal([]);
    expect(await names('/people?direction=DSI', administrator)).to.deep.equal(['Lemaire']);
    // A direction next door cannot be asked for.
    expect(await names('/people?direction=DSI', correspondent))
      .to.include('Lefèvre')
      .and.not.to.include('Lemaire');
    expect((await site.get('/people', correspondent)).text).not.to.contain('DSI');
    expect((await site.get('/people?q=zzz', correspondent)).text).to.contain('Personne ne correspond');
    expect((await site.get('/people', agent)).status).to.equal(403);
    expect((await site.get('/people')).location).to.equal('/login?to=%2Fpeople');
  });

  it('go on from page to page without naming anybody in the address', async () => {
    for (let i = 0; i < 60; i++) await somebody(`Page${String(i).padStart(2, '0')}`, 'PAGES');
    const first = await site.get('/people?direction=PAGES', administrator);
    const next = /href="(\?[^"]*after=[^"]*)"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(next).not.to.match(/page\d/i);
    const second = await site.get(`/people${next}`, administrator);
    expect(first.text).to.contain('Page49').and.not.to.contain('Page50');
    expect(second.text).to.contain('Page50').and.to.contain('Page59').and.not.to.contain('Page49');
    // A search from there on begins at the beginning: it is another list.
    const kept = [...second.text.matchAll(/<input type="hidden" name="([^"]+)"/g)].map(([, name]) => name);
    expect(kept).to.include('direction').and.not.to.include('after');
  });

  it('show somebody to whom it may concern: elsewhere, before, and identifiers are not everybody’s to see', async () => {
    const id = await somebody('Mobile', 'DSI', { from: Date.parse('2020-01-01') });
    await somebody('Mobile', 'DRH', { from: Date.parse('2022-01-01'), service: 'Formation' });
    await directory().grant(id, { role: 'tutor', direction: 'DRH' }, { by: administrator.id, at: Date.now() });
    const seen = await site.get(`/people/${id}`, correspondent);
    expect(seen.status).to.equal(200);
    expect(seen.text).to.contain('Mobile').and.to.contain('Formation').and.to.contain('Tuteur');
    for (const hidden of ['DSI', 'sso.test', 'Historique', 'Attribuer', 'Fusionner']) {
      expect(seen.text).not.to.contain(hidden);
    }
    const all = await site.get(`/people/${id}`, administrator);
    for (const shown of ['DSI', 'sso.test', 'Historique', 'Attribuer', 'Fusionner']) expect(all.text).to.contain(shown);
    expect((await site.get(`/people/${id}`, agent)).status).to.equal(404);
    const elsewhere = await somebody('Ailleurs', 'DSI');
    expect((await site.get(`/people/${elsewhere}`, correspondent)).status).to.equal(404);
    expect((await site.get('/people/nobody', administrator)).status).to.equal(404);
    const own = await site.get('/people/me', agent);
    expect(own.location).to.equal(`/people/${agent.id}`);
    expect((await site.get(`/people/${agent.id}`, agent)).text)
      .to.contain('Agathe')
      .and.to.contain('sso.test');
  });

  it('show granted roles of a reader’s directions only, except to administrators and to oneself', async () => {
    const held = await site.logIn('Cumul', 'DRH');
    const act = { by: administrator.id, at: Date.now() };
    await directory().grant(held.id, { role: 'analyst', direction: 'DSI' }, act);
    await directory().grant(held.id, { role: 'administrator' }, act);
    await directory().grant(held.id, { role: 'tutor', direction: 'DRH' }, act);
    const path = `/people/${held.id}`;
    expect((await site.get(path, correspondent)).text)
      .to.contain('Tuteur')
      .and.not.to.match(/DSI|Analyste|Administrateur|[Pp]artout/);
    const administrators = (await site.get(path, administrator)).text;
    expect(administrators).to.contain('DSI').and.to.contain('Analyste');
    expect((await site.get(path, held)).text).to.contain('Analyste');
    await directory().revoke(held.id, { role: 'administrator' }, act);
    expect((await site.get(path, held)).text)
      .to.contain('DSI')
      .and.to.contain('Analyste');
  });

  it('place who waits for it, and the list is empty again', async () => {
    const { id } = await directory().arrive({
      identifier: key('nouvelle'),
      familyName: 'Nouvelle',
      sent: { direction: 'Dir. inconnue' },
      by: 'sso:passage2',
    });
    await somebody('x', 'DRH', { service: 'Accueil' });
    expect((await site.get('/people/to-place', administrator)).text)
      .to.contain('Nouvelle')
      .and.to.contain('Dir. inconnue')
      .and.to.contain('passage2');
    expect((await site.get('/people/to-place', correspondent)).status).to.equal(403);
    const form = await site.get(`/people/${id}/place?direction=DRH`, administrator);
    const unit = unitIdOf({ direction: 'DRH', service: 'Accueil' });
    expect(form.text).to.contain(`value="${unit}"`).and.to.contain('DRH / Accueil');
    const refused = await site.post(`/people/${id}/place`, administrator, { unit: 'nowhere' });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.contain('Choisissez une direction');
    const placed = await site.post(`/people/${id}/place`, administrator, { unit });
    expect(placed.location).to.equal(`/people/${id}?done=placed`);
    const person = await directory().person(id);
    expect(person && placeOf(person, Date.now())).to.deep.include({ direction: 'DRH', service: 'Accueil' });
    expect((await site.get('/people/to-place', administrator)).text).to.contain('Personne n’est à placer');
    const page = await site.get(placed.location ?? '', administrator);
    expect(page.text)
      .to.contain('La personne est placée')
      .and.to.contain('connexion par passage2')
      .and.to.contain('Root');
  });

  it('merge two records after comparing them, lead from the old to the new, and undo it', async () => {
    const into = await somebody('Durand', 'DRH');
    const from = await somebody('Durant', 'DSI');
    const found = await site.get(`/people/${into}/merge?q=dura`, administrator);
    expect(found.text).to.contain(`/people/${into}/merge?with=${from}`).and.not.to.contain(`with=${into}`);
    const compared = await site.get(`/people/${into}/merge?with=${from}`, administrator);
    expect(compared.text).to.contain('Fusionner Durant dans Durand\u00a0?').and.to.contain('DSI');
    expect((await site.post(`/people/${into}/merge`, administrator, { with: into })).status).to.equal(422);

    const merged = await site.post(`/people/${into}/merge`, administrator, { with: from });
    expect(merged.location).to.equal(`/people/${into}?done=merged`);
    expect((await site.get(`/people/${from}`, administrator)).location).to.equal(`/people/${into}`);
    expect((await site.get(`/people/${from}`, agent)).status).to.equal(404);
    expect((await site.post(`/people/${into}/merge`, administrator, { with: from })).status).to.equal(422);
    const page = await site.get(`/people/${into}`, administrator);
    const merge = /name="merge" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    // Not under somebody else's address.
    expect((await site.post(`/people/${agent.id}/unmerge`, administrator, { merge })).status).to.equal(422);
    const undone = await site.post(`/people/${into}/unmerge`, administrator, { merge });
    expect(undone.location).to.equal(`/people/${into}?done=unmerged`);
    expect((await site.get(`/people/${from}`, administrator)).text).to.contain('Durant');
    expect((await site.post(`/people/${into}/unmerge`, administrator, { merge })).status).to.equal(422);
  });

  it('end the sessions of who is merged away', async () => {
    const double = await site.logIn('Double', 'DRH');
    const into = await somebody('Simple', 'DRH');
    expect((await site.get('/people/me', double)).location).to.equal(`/people/${double.id}`);
    await site.post(`/people/${into}/merge`, administrator, { with: double.id });
    expect((await site.get('/people/me', double)).location).to.equal('/login?to=%2Fpeople%2Fme');
    // Nor does the session that nobody used meanwhile come back when the merge is undone.
    const twice = await site.logIn('Twice', 'DRH');
    await site.post(`/people/${into}/merge`, administrator, { with: twice.id });
    const [merge] = await directory().mergesInto(into, 1);
    await site.post(`/people/${into}/unmerge`, administrator, { merge: merge?.id ?? '' });
    expect(await directory().person(twice.id)).to.be.an('object');
    expect((await site.get('/people/me', twice)).location).to.equal('/login?to=%2Fpeople%2Fme');
  });

  it('end what somebody may do by an identifier, once the person no longer has it', async () => {
    const chief = await site.logIn('Chief', 'DRH');
    const double = await somebody('Doublure', 'DSI');
    await site.post(`/people/${chief.id}/roles`, administrator, { role: 'correspondent', direction: 'DRH' });
    await site.post(`/people/${chief.id}/merge`, administrator, { with: double });
    // Comes in by the account that was merged in, and is the one who stays.
    const merged = await site.loggedIn(chief.id, key('Doublure'));
    expect((await site.get('/people', merged)).status).to.equal(200);
    const merge = /name="merge" value="([^"]+)"/.exec((await site.get(`/people/${chief.id}`, administrator)).text)?.[1];
    await site.post(`/people/${chief.id}/unmerge`, administrator, { merge: merge ?? '' });
    for (const path of ['/people', '/people/me', `/people/${chief.id}`])
      expect((await site.get(path, merged)).location).to.equal(`/login?to=${encodeURIComponent(path)}`);
    expect((await site.post(`/people/${chief.id}/roles`, merged, { role: 'tutor' })).location).to.contain('/login');
    expect((await site.get('/people/me', chief)).location).to.equal(`/people/${chief.id}`);

    await directory().addIdentifier(chief.id, key('chief-2'), { by: 'console', at: Date.now() });
    const second = await site.loggedIn(chief.id, key('chief-2'));
    expect((await site.get('/people', second)).status).to.equal(200);
    await site.post(`/people/${chief.id}/identifiers/remove`, administrator, { identifier: key('chief-2') });
    expect((await site.get('/people', second)).location).to.equal('/login?to=%2Fpeople');
    expect((await site.get('/people', chief)).status).to.equal(200);
  });

  it('grant and revoke roles, add and remove identifiers, and say what will not do', async () => {
    const id = await somebody('Rolande', 'DRH');
    const post = (path: string, form: Record<string, string>) =>
      site.post(`/people/${id}/${path}`, administrator, form);
    expect((await post('roles', { role: 'king' })).text).to.contain('Choisissez un rôle');
    // Everywhere is said, and not what is left when nothing is.
    for (const direction of ['', 'nowhere'])
      expect((await post('roles', { role: 'tutor', direction })).status).to.equal(422);
    const bound = await site.post(`/people/${id}/roles`, administrator, { role: 'administrator', direction: 'DRH' });
    expect(bound.status).to.equal(422);
    expect(bound.text).to.contain('Un administrateur l’est partout');
    expect((await directory().person(id))?.grants).to.equal(undefined);
    expect((await post('roles', { role: 'analyst', direction: '*' })).status).to.equal(303);
    expect((await directory().person(id))?.grants?.[0])
      .to.include({ role: 'analyst' })
      .and.not.to.have.property('direction');
    expect((await post('roles/revoke', { role: 'analyst', direction: '*' })).status).to.equal(303);
    expect((await post('roles', { role: 'tutor', direction: 'DRH' })).location).to.contain('done=granted');
    expect((await directory().person(id))?.grants).to.have.length(2);
    expect((await post('roles/revoke', { role: 'tutor', direction: 'DRH' })).location).to.contain('done=revoked');
    for (const grant of (await directory().person(id))?.grants ?? []) expect(grant.to).to.be.a('number');

    const account = { kind: 'account', value: 'r42', homePage: 'https://old.example' };
    expect((await post('identifiers', { ...account, homePage: 'nowhere' })).status).to.equal(422);
    expect((await post('identifiers', { kind: 'mbox', value: 'no address' })).status).to.equal(422);
    expect((await post('identifiers', account)).location).to.contain('done=added');
    expect((await post('identifiers', { kind: 'mbox', value: 'R@Interieur.Example' })).status).to.equal(303);
    expect((await directory().person(id))?.identifiers).to.deep.equal([
      key('Rolande'),
      'account:https://old.example|r42',
      'mbox:mailto:R@interieur.example',
    ]);
    const taken = await post('identifiers', { kind: 'account', value: 'Agathe', homePage: 'https://sso.test' });
    expect(taken.status).to.equal(422);
    expect(taken.text).to.contain('celui d’une autre personne');
    for (const identifier of ['account:https://old.example|r42', 'mbox:mailto:R@interieur.example'])
      expect((await post('identifiers/remove', { identifier })).location).to.contain('done=removed');
    expect((await post('identifiers/remove', { identifier: key('Rolande') })).status).to.equal(422);

    const history = (await site.get(`/people/${id}`, administrator)).text;
    for (const line of ['Rôle attribué\u00a0: Tuteur, DRH', 'Rôle retiré\u00a0: Tuteur, DRH', 'Identifiant enlevé'])
      expect(history).to.contain(line);
    expect(site.told.map(({ what }) => what)).to.include.members(['a role was granted', 'an identifier was added']);
    expect(JSON.stringify(site.told)).not.to.match(/Rolande|r42/);
  });

  it('give a refused form again with what was typed, and mark the field', async () => {
    const id = await somebody('Retapée', 'DRH');
    await somebody('y', 'DRH', { service: 'Accueil' });
    const cases: [path: string, form: Record<string, string>, field: string, kept: RegExp][] = [
      [
        'roles',
        { role: 'tutor', direction: 'nowhere' },
        'direction',
        /<option value="tutor" selected|<option selected[^>]*value="tutor"/,
      ],
      [
        'roles',
        { role: '', direction: 'DRH' },
        'role',
        /<option value="DRH" selected|<option selected[^>]*value="DRH"/,
      ],
      ['identifiers', { kind: 'mbox', value: 'not an address' }, 'value', /value="not an address"/],
      ['identifiers', { kind: 'account', value: 'r43', homePage: 'nowhere' }, 'homePage', /value="r43"/],
      ['identifiers', { kind: 'account', value: 'Agathe', homePage: 'https://sso.test' }, 'value', /value="Agathe"/],
      ['place', { unit: 'nowhere', direction: 'DRH' }, 'unit', /DRH \/ Accueil/],
    ];
    for (const [path, form, field, kept] of cases) {
      const { status, text } = await site.post(`/people/${id}/${path}`, administrator, form);
      const what = `${path} ${JSON.stringify(form)}`;
      expect(status, what).to.equal(422);
      expect(text, what).to.match(kept).and.to.contain(`href="#${field}"`);
      const control = new RegExp(`<(input|select)[^>]*id="${field}"[^>]*>`).exec(text)?.[0];
      expect(control, what).to.contain('aria-invalid="true"');
    }
  });

  it('tell what was done at once in one line, as either language strings things together', async () => {
    const id = await somebody('Double', 'DRH');
    const place = { direction: 'DSI', roles: ['agent' as const] };
    await directory().upsert({ identifiers: [key('Double')], familyName: 'Doublé', membership: place });
    const { text } = await site.get(`/people/${id}`, administrator);
    expect(text).to.contain('adresse modifiés\u00a0; Passée');
    const { text: english } = await site.get(`/people/${id}?lang=en`, administrator);
    expect(english).to.match(/address changed; Moved from/);
  });

  it('let nobody but administrators change anything', async () => {
    for (const path of ['place', 'roles', 'roles/revoke', 'identifiers', 'identifiers/remove', 'merge', 'unmerge']) {
      for (const who of [agent, correspondent])
        expect((await site.post(`/people/${agent.id}/${path}`, who, {})).status, path).to.equal(403);
    }
  });

  it('speak English as well', async () => {
    const { text } = await site.get(`/people/${agent.id}?lang=en`, administrator);
    expect(text).to.contain('Grant a role').and.to.contain('History').and.not.to.contain('Historique');
  });
});
