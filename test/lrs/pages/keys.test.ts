import { expect } from 'chai';
import { onEachEngine } from '../../engines/index.ts';
import { type HouseSite, type LoggedIn, openHouseSite } from '../../house/open-house.ts';

onEachEngine('the pages of keys', (engine) => {
  let site: HouseSite;
  let administrator: LoggedIn;
  before(async () => {
    site = await openHouseSite(engine);
    administrator = await site.logIn('Root', 'DSIC', ['administrator']);
  });
  after(() => site.close());

  const xapi = async (key: string, secret: string): Promise<number> => {
    const { status } = await fetch(`${site.origin}/xapi/statements?limit=1`, {
      headers: {
        Authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
        'X-Experience-API-Version': '1.0.3',
      },
    });
    return status;
  };

  it('make a key whose secret is shown once, list it, and revoke it', async () => {
    const form = { label: 'Lecteur <X>', scope: ['statements/read', 'state'], expires: '2099-12-31' };
    const made = await site.post('/keys', administrator, form);
    expect(made.status).to.equal(200);
    const [key = '', secret = ''] = [...made.text.matchAll(/<code>([^<]+)<\/code>/g)].map(([, code]) => code);
    expect(await xapi(key, secret)).to.equal(200);
    const list = await site.get('/keys', administrator);
    expect(list.text).to.contain(key).and.to.contain('Lecteur &lt;X>').and.to.contain('31 décembre 2099');
    expect(list.text).not.to.contain(secret);
    expect((await site.get(`/keys/${key}`, administrator)).text).to.contain('Révoquer');
    const revoked = await site.post(`/keys/${key}/revoke`, administrator);
    expect([revoked.status, revoked.location]).to.deep.equal([303, '/keys']);
    expect(await xapi(key, secret)).to.equal(401);
    expect((await site.get('/keys', administrator)).text).to.contain('Révoquée');
    expect((await site.get(`/keys/${key}`, administrator)).status).to.equal(404);
    expect(site.told.map(({ what }) => what)).to.include.members(['a key was made', 'a key was revoked']);
  });

  it('say what is wrong with a form, keep what was filled in, and make nothing', async () => {
    const count = (await site.house.lrs.access.keys.list()).length;
    for (const form of [
      { label: ' ', scope: 'state' },
      { label: 'x'.repeat(201), scope: 'state' },
      { label: 'Lecteur Y' },
      { label: 'Lecteur Y', scope: 'everything' },
      { label: 'Lecteur Y', scope: 'state', expires: '2020-01-01' },
      { label: 'Lecteur Y', scope: 'state', expires: '2099-02-31' },
    ]) {
      const answer = await site.post('/keys', administrator, form);
      expect(answer.status, JSON.stringify(form)).to.equal(422);
      expect(answer.text).to.match(/aria-invalid|fr-message--error/);
    }
    const none = await site.post('/keys', administrator, { label: 'Lecteur Y' });
    const led = /href="#(scope[^"]*)"/.exec(none.text)?.[1] ?? '';
    expect(none.text).to.match(new RegExp(`<input[^>]*id="${led}"`));
    expect(none.text)
      .to.match(/<fieldset[^>]*aria-describedby="scopes-messages"/)
      .and.to.contain('id="scopes-messages"');
    expect((await site.house.lrs.access.keys.list()).length).to.equal(count);
  });

  it('are for people: no key makes another one, also where a browser sends it along for another site', async () => {
    const { key, secret } = await site.house.lrs.access.keys.add({ label: 'robot', scopes: ['all'] });
    const headers = { Authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}` };
    const body = new URLSearchParams({ label: 'Lecteur Z', scope: 'state' });
    const post = async (more: Record<string, string>): Promise<string> => {
      const answer = await fetch(`${site.origin}/keys`, { method: 'POST', headers: { ...headers, ...more }, body });
      return ((await answer.json()) as { error: { code: string } }).error.code;
    };
    expect(await post({})).to.equal('access.scope');
    expect(await post({ Origin: 'http://evil.test' })).to.equal('access.crossSite');
  });

  it('are not kept by a browser that somebody else may use after a logout', async () => {
    const { headers } = await fetch(`${site.origin}/keys`, {
      headers: { Accept: 'text/html', Cookie: administrator.cookie },
    });
    expect(headers.get('cache-control')).to.equal('no-store');
  });

  it('are for administrators', async () => {
    const agent = await site.logIn('Ada', 'DRH');
    expect((await site.get('/keys', agent)).status).to.equal(403);
    expect((await site.post('/keys', agent, { label: 'mine', scope: 'all' })).status).to.equal(403);
    const stranger = await site.get('/keys');
    expect([stranger.status, stranger.location]).to.deep.equal([303, '/login?to=%2Fkeys']);
  });
});
