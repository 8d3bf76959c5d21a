import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Statement } from '../../../lrs/xapi/types.ts';
import type { ProgressPage } from '../../../reporting/progress/progress.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { type Served, serve } from '../served.ts';
import { agent, COMPLETED, COURSE_TYPE, did, keyOf, names, openSite, type Site, VOIDED } from '../site.ts';

const WORD = 'https://courses.test/word';
const CALC = 'https://courses.test/calc';
const REGISTERED = 'http://adlnet.gov/expapi/verbs/registered';
const WAIVED = 'https://w3id.org/xapi/adl/verbs/waived';
const NEEDED = 'https://w3id.org/livret/xapi/verbs/needed';

const NAME = { fr: 'Traitement de texte', en: 'Word processing' };

/** A stage of an enrolment: about the parcours itself. */
const stage = (name: string, verb: string, timestamp: string, parcours = WORD): Statement => ({
  ...did(name, timestamp),
  verb: { id: verb },
  object: { id: parcours, definition: { type: COURSE_TYPE, ...(parcours === WORD && { name: NAME }) } },
  context: {},
});

const RENAMED = 'Zoé-Last';

describe('nominative progress', function () {
  this.timeout(30_000);
  let site: Site;
  let http: Served;
  let drh: Record<string, string>;

  const list = (path: string, headers = drh): Promise<ProgressPage> => http.json(`/api/progress${path}`, headers);
  const people = async (path: string, headers = drh): Promise<(string | null)[]> =>
    (await list(path, headers)).rows.map(({ familyName }) => familyName);
  const named = (name: string, familyName: string, givenName: string, direction: string, more: object = {}) =>
    site.directory.upsert({
      identifiers: [keyOf(name)],
      familyName,
      givenName,
      membership: { direction, roles: ['agent'], ...more },
    });
  const idOf = async (name: string): Promise<string> => (await site.directory.personByAgentKey(keyOf(name)))?.id ?? '';
  const refused = async (path: string, headers = drh): Promise<string> => {
    const { status, text } = await http.get(`/api/progress${path}`, headers);
    return `${status} ${JSON.parse(text).error.code}`;
  };

  before(async () => {
    site = await openSite(sqlite);
    http = await serve(site);
    // Monday 23 November 2026, 12:00 in Paris.
    site.clock.now = Date.UTC(2026, 10, 23, 11);
    await named('done', 'Bérard', 'Zoé', 'DRH', { service: 'Formation', site: 'Paris' });
    await named('enrolled', 'Aubert', 'Luc', 'DRH');
    await named('late', 'Cordier', 'Ève', 'DRH');
    await named('needed', 'Dumas', 'Ali', 'DRH');
    await named('waived', 'Estève', 'Jo', 'DRH');
    await named('next-door', 'Voisin', 'Max', 'DSIC');
    await named('mover', 'Moreau', 'Ida', 'DRH', { to: Date.UTC(2026, 5, 1) });
    await named('mover', 'Moreau', 'Ida', 'DSIC', { from: Date.UTC(2026, 5, 1) });
    await named('newcomer', 'Nadal', 'Eve', 'DSIC', { to: Date.UTC(2026, 5, 1) });
    await named('newcomer', 'Nadal', 'Eve', 'DRH', { from: Date.UTC(2026, 5, 1) });
    await site.directory.upsert({ identifiers: [keyOf('nowhere')], familyName: 'Nulle-Part' });
    await site.people('DRH', ['corr'], { roles: ['correspondent'] });
    await site.people('DSIC', ['corr-next-door'], { roles: ['correspondent'] });
    await site.commit([
      stage('done', REGISTERED, '2026-01-12T08:00:00Z'),
      // 00:30 of the 14th in Paris.
      did('done', '2026-01-13T23:30:00Z'),
      stage('done', COMPLETED, '2026-02-02T22:59:59Z'),
      stage('done', REGISTERED, '2026-11-20T08:00:00Z', CALC),
      // Friday 6 November, one second before midnight in Paris: two weeks without the holiday on the 11th, and today, are ten.
      stage('enrolled', REGISTERED, '2026-11-06T22:59:59Z'),
      // Thursday: eleven working days.
      stage('late', REGISTERED, '2026-11-05T10:00:00Z'),
      stage('needed', NEEDED, '2026-01-05T10:00:00Z'),
      stage('waived', REGISTERED, '2026-01-05T10:00:00Z'),
      stage('waived', WAIVED, '2026-01-06T10:00:00Z'),
      did('next-door', '2026-03-02T09:00:00Z'),
      did('mover', '2026-05-04T09:00:00Z'),
      stage('mover', COMPLETED, '2026-07-06T09:00:00Z'),
      did('newcomer', '2026-05-04T09:00:00Z'),
      did('newcomer', '2026-07-06T09:00:00Z', { course: CALC }),
      did('nowhere', '2026-07-06T09:00:00Z'),
    ]);
    await site.part.drain();
    drh = await http.logIn('corr');
  });
  after(() => http.close());

  it('says who is enrolled, done and late, in order of names, and no more', async () => {
    const { rows, asOf, lateAfter, next } = await list('');
    expect([lateAfter, next]).to.deep.equal([10, undefined]);
    expect(Date.parse(asOf)).to.be.greaterThan(0);
    expect(rows.map(({ familyName, parcours, state, late }) => [familyName, parcours, state, late])).to.deep.equal([
      ['Aubert', WORD, 'enrolled', false],
      ['Bérard', WORD, 'done', false],
      ['Bérard', CALC, 'enrolled', false],
      ['Cordier', WORD, 'enrolled', true],
      ['Dumas', WORD, 'needed', false],
      ['Estève', WORD, 'waived', false],
      ['Moreau', WORD, 'done', false],
      ['Nadal', CALC, 'started', false],
    ]);
    // All there is: nothing that behaviour could be read from, and days without an hour, in the civil time of the place.
    expect(rows[1]).to.deep.equal({
      person: await idOf('done'),
      familyName: 'Bérard',
      givenName: 'Zoé',
      parcours: WORD,
      direction: 'DRH',
      service: 'Formation',
      site: 'Paris',
      state: 'done',
      late: false,
      enrolledOn: '2026-01-12',
      startedOn: '2026-01-14',
      doneOn: '2026-02-02',
      waivedOn: null,
    });
  });

  it('leaves an enrolment where it began: a mover stays, and who comes in brings none', async () => {
    const nextDoor = await http.logIn('corr-next-door');
    const rows = (await list('', nextDoor)).rows.map(({ familyName, parcours }) => [familyName, parcours]);
    expect(rows).to.deep.equal([
      ['Nadal', WORD],
      ['Voisin', WORD],
    ]);
  });

  it('shows each state alone, late among them, and each parcours', async () => {
    expect(await people('?state=late')).to.deep.equal(['Cordier']);
    expect(await people('?state=enrolled')).to.deep.equal(['Aubert', 'Bérard', 'Cordier']);
    expect(await people('?state=done')).to.deep.equal(['Bérard', 'Moreau']);
    expect(await people('?state=started')).to.deep.equal(['Nadal']);
    expect(await people(`?parcours=${encodeURIComponent(CALC)}`)).to.deep.equal(['Bérard', 'Nadal']);
  });

  it('counts each state, of all that is asked for whatever its state, as the list has them', async () => {
    const { counts } = await list('?state=late&limit=1');
    expect(counts).to.deep.equal({ needed: 1, enrolled: 3, started: 1, done: 2, waived: 1, late: 1 });
    for (const state of ['needed', 'enrolled', 'started', 'done', 'waived', 'late'] as const) {
      for (const more of ['', '&direction=DRH', '&q=b', `&parcours=${encodeURIComponent(CALC)}`]) {
        const { rows, counts } = await list(`?state=${state}${more}`);
        expect(counts[state], state + more).to.equal(rows.length);
      }
    }
  });

  it('finds people by the beginnings of their names, however they are spelt', async () => {
    expect(await people('?q=BERA')).to.deep.equal(['Bérard', 'Bérard']);
    expect(await people('?q=eve%20cord')).to.deep.equal(['Cordier']);
    expect(await people('?q=ordier')).to.deep.equal([]);
    expect(await people('?q=Voisin')).to.deep.equal([]);
    expect(await people('?q=ida&limit=1')).to.deep.equal(['Moreau']);
  });

  it('is late by the working days of the place alone', async () => {
    site.clock.now = Date.UTC(2026, 10, 24, 11);
    expect(await people('?state=late')).to.deep.equal(['Aubert', 'Cordier']);
    site.clock.now = Date.UTC(2026, 10, 20, 11);
    expect(await people('?state=late')).to.deep.equal([]);
    site.clock.now = Date.UTC(2026, 10, 23, 11);
  });

  it('goes page by page, keeping what is of one person together, and passes nobody over who is renamed', async () => {
    const first = await list('?limit=2');
    expect(first.rows.map(({ familyName }) => familyName)).to.deep.equal(['Aubert', 'Bérard', 'Bérard']);
    expect(first.next).to.match(/^[0-9a-f.~]+$/);
    expect(await people(`?limit=2&after=${first.next}`)).to.deep.equal(['Cordier', 'Dumas']);
    await named('done', RENAMED, 'Zoé', 'DRH', { service: 'Formation', site: 'Paris' });
    expect(await people(`?limit=2&after=${first.next}`)).to.deep.equal(['Cordier', 'Dumas']);
    const all: (string | null)[] = [];
    for (let page = await list('?limit=1'); ; page = await list(`?limit=1&after=${page.next}`)) {
      all.push(...page.rows.map(({ familyName }) => familyName));
      if (page.next === undefined) break;
    }
    expect(all).to.deep.equal(['Aubert', 'Cordier', 'Dumas', 'Estève', 'Moreau', 'Nadal', RENAMED, RENAMED]);
    await named('done', 'Bérard', 'Zoé', 'DRH', { service: 'Formation', site: 'Paris' });
    expect(await people('?after=nothing')).to.have.length(8);
  });

  it('is there as CSV, whole, with nothing that a spreadsheet would run', async () => {
    await named('late', '=HYPERLINK("http://evil.test")', 'Ève', 'DRH');
    const { status, headers, text } = await http.get('/api/progress?format=csv&limit=1', drh);
    expect([status, headers.get('content-disposition')]).to.deep.equal([
      200,
      'attachment; filename="livret-progress.csv"; filename*=UTF-8\'\'livret-progress.csv',
    ]);
    const lines = text.replace('\uFEFF', '').trim().split('\r\n');
    expect(lines).to.have.length(9);
    expect(lines[0]).to.equal(
      'Nom;Prénom;Parcours;Nom du parcours;Direction;Service;Site;État;En retard;Inscrit le;Commencé le;Achevé le;Dispensé le',
    );
    expect(lines).to.include(
      'Bérard;Zoé;https://courses.test/word;Traitement de texte;DRH;Formation;Paris;Achevé;non;2026-01-12;2026-01-14;2026-02-02;',
    );
    expect(text).to.include(`"'=HYPERLINK(""http://evil.test"")"`);
    const english = await http.get('/api/progress?format=csv&lang=en&state=done', drh);
    expect(english.text).to.include('Word processing').and.not.include('Traitement');
    for (const format of ['xlsx', 'parquet']) {
      const file = await http.get(`/api/progress?format=${format}`, drh);
      expect([file.status, file.headers.get('cache-control')], format).to.deep.equal([200, 'private, no-store']);
    }
    await named('late', 'Cordier', 'Ève', 'DRH');
  });

  it('is a page too, in French first, which escapes what it shows', async () => {
    await named('late', '<b>Cordier', 'Ève', 'DRH');
    const french = await http.get('/progress', { ...drh, accept: 'text/html' });
    expect(french.status).to.equal(200);
    expect(french.text).to.include('<html lang="fr"').and.include('Suivi nominatif').and.include('Données au ');
    expect(french.text).to.include('&lt;b>Cordier Ève').and.include('14 janvier 2026');
    expect(french.text).to.not.match(/<b>Cordier| style=|<script(?! (type="module" )?src="\/assets)/);
    const late = await http.get('/progress?state=late', { ...drh, accept: 'text/html', 'accept-language': 'en' });
    expect(late.text).to.include('1 enrolment').and.include('/api/progress?state=late&amp;format=xlsx&amp;lang=en');
    expect(french.text)
      .to.include('Recensé (1)')
      .and.include('En retard (1)')
      .and.include('/reports/directions?direction=DRH');
    await named('late', 'Cordier', 'Ève', 'DRH');
  });

  it('refuses what it does not know, and a direction out of reach as if there were none', async () => {
    expect(await refused('?direction=DSIC')).to.equal('404 direction.unknown');
    expect(await refused('?direction=NOWHERE')).to.equal('404 direction.unknown');
    for (const query of ['state=idle', 'limit=0', 'limit=5000', 'sort=last', 'format=pdf', 'state=done&state=late']) {
      expect(await refused(`?${query}`), query).to.equal('400 request.parameter');
    }
    expect(await people('?direction=DRH')).to.have.length(8);
  });

  describe('is for training correspondents', () => {
    it('and no other role, no key, nobody', async () => {
      for (const role of ['agent', 'tutor', 'analyst', 'administrator'] as const) {
        await site.people('DRH', [`the-${role}`], role === 'administrator' ? {} : { roles: [role] });
        const who = await http.logIn(`the-${role}`, role === 'administrator' ? [{ role }] : []);
        expect(await refused('', who), role).to.equal('403 access.role');
      }
      expect(await refused('', await http.byLink())).to.equal('403 access.role');
      expect(await refused('', await http.key('all'))).to.equal('403 access.scope');
      expect(await refused('', {})).to.equal('401 access.login');
    });

    it('of the directions below theirs too, and of each of several', async () => {
      const tree = await site.directory.tree();
      await site.directory.setParent(tree.direction('DSIC')?.id ?? '', tree.direction('DRH')?.id);
      expect(await people(''))
        .to.include('Voisin')
        .and.to.have.length(10);
      await site.directory.setParent(tree.direction('DSIC')?.id ?? '', undefined);
      expect(await people('')).to.not.include('Voisin');
      const act = { by: 'test', at: Date.now() - 1000 };
      await site.directory.grant(await idOf('corr'), { role: 'correspondent', direction: 'DSIC' }, act);
      expect(await people('')).to.include('Voisin');
      expect(await people('?direction=DSIC')).to.deep.equal(['Nadal', 'Voisin']);
      await site.directory.revoke(await idOf('corr'), { role: 'correspondent', direction: 'DSIC' }, act);
      expect(await people('')).to.not.include('Voisin');
    });

    it('whom a provider makes one for a session, and notes each set of directions that somebody sees names of', async () => {
      await site.people('DLPAJ', ['sso']);
      const who = await http.logIn('sso', [{ role: 'correspondent', direction: 'DLPAJ' }]);
      expect(await people('', who)).to.deep.equal([]);
      const found = await site.store.collection({ name: 'reporting.perimeters', indexes: {} }).find();
      const sets = found.map(({ value }) => (value as { directions: string[] }).directions.join());
      expect(sets.sort()).to.deep.equal(['DLPAJ', 'DRH', 'DRH,DSIC', 'DSIC']);
    });

    it('who belong nowhere, by a role that holds everywhere: all directions, and nobody outside of them', async () => {
      await site.directory.upsert({ identifiers: [keyOf('everywhere')], familyName: 'Partout' });
      const act = { by: 'test', at: Date.now() - 1000 };
      await site.directory.grant(await idOf('everywhere'), { role: 'correspondent' }, act);
      const all = await people('', await http.logIn('everywhere'));
      expect(all).to.include('Voisin').and.include('Aubert').and.not.include('Nulle-Part');
      expect(all).to.have.length(10);
    });
  });

  describe('lets go of', () => {
    it('what is voided', async () => {
      const late = stage('voided', REGISTERED, '2026-11-20T10:00:00Z');
      await named('voided', 'Vuitton', 'Al', 'DRH');
      await site.commit([late]);
      await site.part.drain();
      expect(await people('')).to.include('Vuitton');
      await site.commit([
        { actor: agent('corr'), verb: { id: VOIDED }, object: { objectType: 'StatementRef', id: late.id ?? '' } },
      ]);
      await site.part.drain();
      expect(await people('')).to.not.include('Vuitton');
    });

    it('who is merged into somebody else, under whom it stands then', async () => {
      await named('twin', 'Aubert-Double', 'Luc', 'DRH');
      await site.commit([stage('twin', REGISTERED, '2026-11-20T10:00:00Z', CALC)]);
      await site.part.drain();
      expect(await people('')).to.include('Aubert-Double');
      await site.directory.merge(await idOf('enrolled'), await idOf('twin'), { by: 'test', at: Date.now() });
      await site.part.drain();
      expect((await people('')).filter((name) => name?.startsWith('Aubert'))).to.deep.equal(['Aubert', 'Aubert']);
    });

    it('who is erased', async () => {
      await named('erased', 'Effacé', 'Al', 'DRH');
      await site.commit([stage('erased', REGISTERED, '2026-11-20T10:00:00Z')]);
      await site.part.drain();
      expect(await people('')).to.include('Effacé');
      const replacement = keyOf('somebody');
      await site.store.erase({ id: randomUUID(), agents: [keyOf('erased')], mode: 'pseudonymise', replacement });
      await site.part.drain();
      expect(await people('')).to.not.include('Effacé');
    });
  });

  describe('of very many', () => {
    it('comes in pages that are as long as asked for, also where few of them are meant', async () => {
      const many = names('many', 900);
      await site.people('DRH', many);
      await site.commit(many.filter((_, n) => n % 300 === 299).map((name) => did(name, '2026-07-06T09:00:00Z')));
      await site.part.drain();
      expect((await list('?state=started&limit=3')).rows).to.have.length(3);
      expect((await list('?state=started')).rows).to.have.length(4);
    });
  });
});
