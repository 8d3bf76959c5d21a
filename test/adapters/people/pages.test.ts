import { expect } from 'chai';
import { placeOf } from '../../../lrs/directory/index.ts';
import { onEachEngine } from '../../engines/index.ts';
import { type HouseSite, type LoggedIn, openHouseSite } from '../../house/open-house.ts';

const HEADER = 'identifiant;fournisseur;nom;Prénom;courriel;direction;service;site;roles;debut;fin';
const PROVIDER = 'https://sso.example';
const key = (name: string): string => `account:${PROVIDER}|${name}`;
const line = (name: string, direction = 'DRH'): string => `${name};${PROVIDER};${name};;;${direction};;;;;`;

interface SendOptions {
  complete?: boolean;
  who?: LoggedIn;
  csrf?: string;
  tokenLast?: boolean;
}

onEachEngine('the import of people by page', function (engine) {
  this.timeout(30_000);
  let site: HouseSite;
  let administrator: LoggedIn;
  before(async () => {
    site = await openHouseSite(engine);
    administrator = await site.logIn('Root', 'SG', ['administrator']);
  });
  after(() => site.close());

  /** Sends a file as the form does: the token first, what is said of the file, and the file last. */
  async function send(text: string, options: SendOptions = {}) {
    const { complete = false, who = administrator } = options;
    const body = new FormData();
    if (!options.tokenLast) body.append('_csrf', options.csrf ?? who.csrf);
    if (complete) body.append('complete', 'on');
    body.append('file', new Blob([text], { type: 'text/csv' }), 'people.csv');
    if (options.tokenLast) body.append('_csrf', who.csrf);
    const headers = { Accept: 'text/html', Cookie: who.cookie, Origin: site.origin, 'Sec-Fetch-Site': 'same-origin' };
    const response = await fetch(`${site.origin}/import/people`, { method: 'POST', headers, body, redirect: 'manual' });
    return { status: response.status, text: await response.text() };
  }
  const previewOf = (text: string): string => /name="preview" value="([\da-f]{40})"/.exec(text)?.[1] ?? '';
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

    const done = await site.post('/import/people/confirm', administrator, { preview: previewOf(preview.text) });
    expect(done.status).to.equal(200);
    expect(done.text).to.contain('Import terminé');
    expect([await here('ada'), await here('bob')]).to.deep.equal(['DRH', 'CAB']);
    const told = site.told.find(({ what }) => what === 'people were imported');
    expect(told?.details).to.deep.include({ lines: 3, new: 2, refused: 1, by: administrator.id });
    const { directory } = site.house.lrs;
    const ada = await directory.personByAgentKey(key('ada'));
    expect((await directory.history(ada?.id ?? '', 1))[0]).to.include({ by: administrator.id });
  });

  it('confirms what was shown, to whom it was shown, and once', async () => {
    const other = await site.logIn('Other', 'SG', ['administrator']);
    const shown = await send([HEADER, line('once'), ''].join('\n'));
    const form = { preview: previewOf(shown.text) };
    expect((await site.post('/import/people/confirm', other, form)).status).to.equal(422);
    expect(await here('once')).to.equal(undefined);
    // What the preview did not show is not done: neither that the file is complete, nor another file.
    const more = { ...form, complete: 'on', force: 'on', blob: '0'.repeat(64) };
    expect((await site.post('/import/people/confirm', administrator, more)).status).to.equal(200);
    expect([await here('once'), await here('ada')]).to.deep.equal(['DRH', 'DRH']);
    const again = await site.post('/import/people/confirm', administrator, form);
    expect(again.status).to.equal(422);
    expect(again.text).to.contain('Envoyez de nouveau le fichier');
  });

  it('ends where those belong who are not in a complete file, where somebody confirms that so many have left', async () => {
    const people = Array.from({ length: 10 }, (_, i) => line(`left${i}`));
    const first = await send([HEADER, ...people, line('ada'), line('bob', 'CAB'), ''].join('\n'));
    await site.post('/import/people/confirm', administrator, { preview: previewOf(first.text) });
    const preview = await send([HEADER, line('ada'), ''].join('\n'), { complete: true });
    expect(preview.text).to.contain('12 personnes sur 13').and.to.contain('name="force"');
    // Those whom it would close are named.
    for (const name of ['left0', 'left9', 'bob'])
      expect(preview.text).to.match(new RegExp(`href="/people/\\w+">${name}<`));
    const form = { preview: previewOf(preview.text) };
    expect((await site.post('/import/people/confirm', administrator, form)).text).to.contain('plus de 10\u00a0%');
    expect(await here('left0')).to.equal('DRH');
    const [second, third] = [
      await send([HEADER, line('ada'), ''].join('\n'), { complete: true }),
      await send([HEADER, line('ada'), ''].join('\n'), { complete: true }),
    ];
    await site.house.lrs.directory.upsert({
      identifiers: [key('late')],
      membership: { direction: 'DRH', roles: ['agent'] },
    });
    const grown = { preview: previewOf(second.text), force: 'on' };
    expect((await site.post('/import/people/confirm', administrator, grown)).text).to.contain('plus de 10\u00a0%');
    expect(await here('left0')).to.equal('DRH');
    await site.house.lrs.directory.close([(await site.house.lrs.directory.personByAgentKey(key('late')))?.id ?? ''], {
      by: 'console',
      at: Date.now() + 1,
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    const forced = await site.post('/import/people/confirm', administrator, {
      preview: previewOf(third.text),
      force: 'on',
    });
    expect(forced.text).to.contain(`${PROVIDER}\u00a0: 12 personnes sur 13 n’étaient pas dans le fichier`);
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
      const answer = await send(file, { complete: true });
      expect(answer.status, String(message)).to.equal(422);
      expect(answer.text).to.match(message);
      // The field is marked, the list of what is wrong leads to it, and what was ticked stays so.
      expect(answer.text)
        .to.match(/<input[^>]*type="file"[^>]*aria-invalid="true"/)
        .and.to.contain('href="#file"');
      expect(answer.text).to.match(/<input[^>]*checked[^>]*name="complete"/);
    }
    expect((await site.post('/import/people', administrator)).status).to.equal(422);
    for (const preview of ['', '../secret', '0'.repeat(40)]) {
      const gone = await site.post('/import/people/confirm', administrator, { preview });
      expect(gone.status).to.equal(422);
      expect(gone.text).to.contain('Envoyez de nouveau le fichier');
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
    // The token is asked for before anything of the file is read: behind it, it comes too late.
    expect((await send(file, { tokenLast: true })).status).to.equal(403);
    expect(await here('eve')).to.equal(undefined);
  });

  it('says how large a file may be', async () => {
    const answer = await send(`${HEADER}\n${'x'.repeat(50_000_000)}`);
    expect(answer.status).to.equal(422);
    expect(answer.text).to.contain('Le fichier dépasse 50\u00a0Mo');
  });
});
