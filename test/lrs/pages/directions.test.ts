import { expect } from 'chai';
import { directionId, unitIdOf } from '../../../lrs/directory/index.ts';
import { words } from '../../../lrs/pages/directions/words.ts';
import { onEachEngine } from '../../engines/index.ts';
import { type HouseSite, type LoggedIn, openHouseSite } from '../../house/open-house.ts';

onEachEngine('the pages of directions', function (engine) {
  this.timeout(30_000);
  let site: HouseSite;
  let administrator: LoggedIn;
  let analyst: LoggedIn;
  before(async () => {
    site = await openHouseSite(engine);
    administrator = await site.logIn('Root', 'SG', ['administrator']);
    analyst = await site.logIn('Anne', 'Préfectures', ['analyst']);
    await site.logIn('Ada', 'Rhône');
    await site.logIn('Bob', 'Rhône');
    await site.logIn('Eve', 'DSI');
  });
  after(() => site.close());

  const post = (path: string, form: Record<string, string>, who = administrator) => site.post(path, who, form);

  it('show the tree with headcounts, and to others than administrators only what they reach', async () => {
    expect((await site.get('/directions', analyst)).text)
      .to.contain('Préfectures')
      .and.not.to.contain('Rhône');
    const moved = await post(`/directions/${directionId('Rhône')}/parent`, { parent: directionId('Préfectures') });
    expect(moved.location).to.equal(`/directions/${directionId('Rhône')}?done=moved`);
    const theirs = await site.get('/directions', analyst);
    expect(theirs.text)
      .to.contain('Rhône')
      .and.to.contain('2 personnes')
      .and.to.contain('3 avec ce qui est en dessous');
    expect(theirs.text).not.to.contain('DSI').and.not.to.contain('Ajouter');
    expect((await site.get(`/directions/${directionId('Rhône')}`, analyst)).status).to.equal(200);
    expect([0, 1, 2].map(words.fr.people)).to.deep.equal(['0 personne', '1 personne', '2 personnes']);
    expect([0, 1, 2].map(words.en.people)).to.deep.equal(['0 people', '1 person', '2 people']);
    expect((await site.get(`/directions/${directionId('DSI')}`, analyst)).status).to.equal(404);
    expect((await site.get('/directions/nowhere', administrator)).status).to.equal(404);
    expect((await site.get('/directions', administrator)).text)
      .to.contain('DSI')
      .and.to.contain('Ajouter');
    const agent = await site.logIn('Agathe', 'Rhône');
    expect((await site.get('/directions', agent)).status).to.equal(403);
  });

  it('take new directions, services and sites, and say what cannot be', async () => {
    const dgpn = directionId('DGPN');
    expect((await post('/directions', { kind: 'direction', name: 'DGPN' })).location).to.equal(
      '/directions?done=added',
    );
    const service = { kind: 'service', name: 'Formation', parent: dgpn };
    expect((await post('/directions', service)).location).to.equal(`/directions/${dgpn}?done=added`);
    const formation = unitIdOf({ direction: 'DGPN', service: 'Formation' });
    await post('/directions', { kind: 'site', name: 'Lognes', parent: formation });
    expect((await site.get(`/directions/${formation}`, administrator)).text)
      .to.contain('Lognes')
      .and.to.contain('DGPN');
    const again = await post('/directions', service);
    expect(again.status).to.equal(422);
    expect(again.text).to.contain('existe déjà');
    expect((await post('/directions', { kind: 'direction', name: ' ' })).status).to.equal(422);
    expect((await post('/directions', { kind: 'direction', name: 'X', parent: 'nowhere' })).status).to.equal(422);
    const cycle = await post(`/directions/${dgpn}/parent`, { parent: dgpn });
    expect(cycle.status).to.equal(422);
    expect(cycle.text).to.contain('jamais en dessous d’elle-même');
    // The form comes again where it stood, with what was typed, and its field is marked.
    const inUnit = await post('/directions', { kind: 'site', name: 'x'.repeat(201), parent: dgpn, at: dgpn });
    expect(inUnit.text).to.contain('x'.repeat(201)).and.to.contain('href="#name"').and.to.contain('<h1>DGPN');
    expect(inUnit.text).to.match(/<option[^>]*selected[^>]*>Site/);
    const onTop = await post('/directions', { kind: 'direction', name: 'DGPN', parent: dgpn });
    expect(onTop.text)
      .to.match(/<input[^>]*id="name"[^>]*aria-invalid="true"/)
      .and.to.match(/value="DGPN"/);
    expect(onTop.text)
      .to.match(/<option[^>]*selected[^>]*>DGPN/)
      .and.to.contain('Ajouter une direction');
    expect(cycle.text).to.match(/<select[^>]*id="parent"[^>]*aria-invalid="true"/);
    expect((await post('/directions', { kind: 'direction', name: 'Mine' }, analyst)).status).to.equal(403);
    expect((await post(`/directions/${dgpn}/parent`, { parent: '' }, analyst)).status).to.equal(403);
  });
});
