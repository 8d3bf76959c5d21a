import { expect } from 'chai';
import { placeOf } from '../../../lrs/directory/index.ts';
import { onEachEngine } from '../../engines/index.ts';
import { type HouseSite, type LoggedIn, openHouseSite } from '../../house/open-house.ts';

const HEADER = 'identifiant;fournisseur;nom;Prénom;courriel;direction;service;site;roles;debut;fin';
const PROVIDER = 'https://sso.example';
const key = (name: string): string => `account:${PROVIDER}|${name}`;
const line = (name: string, direction = 'DRH'): string => `${name};${PROVIDER};${name};;;${direction};;;;;`;

onEachEngine('the import of people by page', function (engine) {
  this.timeout(30_000);
  let site: HouseSite;
  let administrator: LoggedIn;
  before(async () => {
    site = await openHouseSite(engine);
    administrator = await site.logIn('Root', 'SG', ['administrator']);
  });
  after(() => site.close());

  /** Sends a file as the form does: the token first, the file, and what stands below it. */
  async function send(text: string, options: { complete?: boolean; who?: LoggedIn; csrf?: string } = {}) {
    const { complete = false, who = administrator } = options;
    const body = new FormData();
    body.append('_csrf', options.csrf ?? who.csrf);
    body.append('file', new Blob([text], { type: 'text/csv' }), 'people.csv');
    if (complete) body.append('complete', 'on');
    const headers = { Accept: 'text/html', Cookie: who.cookie, Origin: site.origin, 'Sec-Fetch-Site': 'same-origin' };
    const response = await fetch(`${site.origin}/import/people`, { method: 'POST', headers, body, redirect: 'manual' });
    return { status: response.status, text: await response.text() };
  }
  const blobOf = (text: string): string => /name="blob" value="([\da-f]{64})"/.exec(text)?.[1] ?? '';
  const here = async (name: string): Promise<string | undefined> => {
    const person = await site.house.lrs.directory.personByAgentKey(key(name));
    return person && placeOf(person, Date.now())?.direction;
  };

  it('shows what a file would change, changes nothing until that is confirmed, and says what it did', async () => {
    expect((await site.get('/import/people', administrator)).text).to.contain('multipart/form-data');
    const file = [HEADER, line('ada'), `;${PROVIDER};;;no address;DRH;;;chef;31/02/2021;`, line('bob', 'CAB'), ''].join(
      '\n',
    );
    const preview = await send(file);
    expect(preview.status).to.equal(200);
    for (const shown of ['Rien n’a encore changé', 'Nouvelles directions', 'CAB', 'Prénom', 'ada', 'est vide'])
      expect(preview.text).to.contain(shown);
    expect(preview.text)
      .to.contain('roles contient un rôle inconnu\u00a0: chef')
      .and.to.contain('debut n’est pas une date');
    expect(await here('ada')).to.equal(undefined);

    const done = await site.post('/import/people/confirm', administrator, { blob: blobOf(preview.text) });
    expect(done.status).to.equal(200);
    expect(done.text).to.contain('Import terminé');
    expect([await here('ada'), await here('bob')]).to.deep.equal(['DRH', 'CAB']);
    const told = site.told.find(({ what }) => what === 'people were imported');
    expect(told?.details).to.deep.include({ lines: 3, new: 2, refused: 1, by: administrator.id });
  });

  it('ends where those belong who are not in a complete file, where somebody confirms that so many have left', async () => {
    const people = Array.from({ length: 10 }, (_, i) => line(`left${i}`));
    const first = await send([HEADER, ...people, line('ada'), line('bob', 'CAB'), ''].join('\n'));
    await site.post('/import/people/confirm', administrator, { blob: blobOf(first.text) });
    const preview = await send([HEADER, line('ada'), ''].join('\n'), { complete: true });
    expect(preview.text).to.contain('11 personnes sur 12').and.to.contain('name="force"');
    const form = { blob: blobOf(preview.text), complete: 'on' };
    expect((await site.post('/import/people/confirm', administrator, form)).text).to.contain('plus de 10\u00a0%');
    expect(await here('left0')).to.equal('DRH');
    const forced = await site.post('/import/people/confirm', administrator, { ...form, force: 'on' });
    expect(forced.text).to.contain(`${PROVIDER}\u00a0: 11 personnes sur 12 n’étaient pas dans le fichier`);
    expect([await here('left0'), await here('ada')]).to.deep.equal([undefined, 'DRH']);
  });

  it('says what is wrong with a file that makes no sense, with none, and with one that is gone', async () => {
    const cases: [string, RegExp][] = [
      ['', /n’est pas vide/],
      ['nom;chef\n', /Colonnes manquantes\u00a0: identifiant.*inconnues\u00a0: chef/],
      ['PK\u0003\u0004', /classeur/],
      [`${HEADER}\nada;${PROVIDER};"open;;;DRH;;;;;\n`, /Ce n’est plus du CSV après la ligne 1/],
    ];
    for (const [file, message] of cases) {
      const answer = await send(file);
      expect(answer.status, String(message)).to.equal(422);
      expect(answer.text).to.match(message);
    }
    expect((await site.post('/import/people', administrator)).status).to.equal(422);
    for (const blob of ['', '../secret', '0'.repeat(64)]) {
      const gone = await site.post('/import/people/confirm', administrator, { blob });
      expect(gone.status).to.equal(422);
      expect(gone.text).to.contain('Envoyez-le de nouveau');
    }
  });

  it('takes files from administrators only, and from a page of ours', async () => {
    const file = [HEADER, line('eve'), ''].join('\n');
    const correspondent = await site.logIn('Corinne', 'DRH', ['correspondent']);
    expect((await send(file, { who: correspondent })).status).to.equal(403);
    expect((await send(file, { csrf: 'another' })).status).to.equal(403);
    expect((await site.get('/import/people', correspondent)).status).to.equal(403);
    // The connection of who was refused in the middle of a large file is of use again.
    expect((await send(file.repeat(60_000), { who: correspondent })).status).to.equal(403);
    expect((await site.get('/import/people', administrator)).status).to.equal(200);
    expect(await here('eve')).to.equal(undefined);
  });
});
