import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { createAccess, type Scope } from '../../../lrs/access/index.ts';
import { createDirectory } from '../../../lrs/directory/index.ts';
import { LivretError } from '../../../lrs/errors.ts';
import { onEachEngine } from '../../engines/index.ts';
import { ask, basic, closeServer, createWho, listen, openSite, SITE_URL, type Site } from './site.ts';

const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
  } catch (error) {
    if (error instanceof LivretError) return error.code;
    throw error;
  }
  return 'nothing was refused';
};

onEachEngine('keys', (engine) => {
  let site: Site;
  before(async () => {
    site = await openSite(engine);
  });
  after(() => site.close());

  const who = (authorization?: string) => ask(`${site.url}/who`, authorization);

  it('open the door with their own scopes and an authority on this site', async () => {
    const { key, secret } = await site.access.keys.add({ label: 'Moodle', scopes: ['statements/write', 'state'] });
    const { status, body } = await who(basic(key, secret));
    expect(status).to.equal(200);
    expect(body).to.deep.equal({
      id: key,
      kind: 'key',
      scopes: ['statements/write', 'state'],
      authority: { objectType: 'Agent', name: 'Moodle', account: { homePage: SITE_URL, name: key } },
      authorityKey: `account:${SITE_URL}|${key}`,
    });
  });

  it('have secrets of 256 bits that are stored nowhere', async () => {
    const { key, secret } = await site.access.keys.add({ label: 'secretive', scopes: ['all'] });
    expect(Buffer.from(secret, 'base64url')).to.have.length(32);
    const [stored] = (await site.access.keys.list()).filter((each) => each.key === key);
    expect(JSON.stringify(stored)).not.to.contain(secret);
    expect(stored).not.to.have.property('hash');
  });

  it('are refused with another secret, an unknown name, or nothing, and asked for as Basic', async () => {
    const { key, secret } = await site.access.keys.add({ label: 'a', scopes: ['all'] });
    for (const header of [basic(key, `${secret}x`), basic(key, ''), basic('nobody', secret), undefined]) {
      const { status, headers, body } = await who(header);
      expect(status, header).to.equal(401);
      expect(body.code).to.equal(header === undefined ? 'access.missing' : 'access.invalid');
      expect(headers.get('www-authenticate')).to.match(/^Basic realm="Livret"/);
    }
    // A failure is not remembered against the right secret.
    expect((await who(basic(key, secret))).status).to.equal(200);
  });

  it('are refused when the header is malformed', async () => {
    const headers = ['Basic', 'Basic !!!', 'Basic Zm9v', 'Basic OmZvbw==', 'Digest x', 'x', 'Basic a b', 'Bearer a b'];
    for (const header of headers) expect((await who(header)).body.code, header).to.equal('access.invalid');
  });

  it('keep colons and accents of a secret that was set', async () => {
    await site.access.keys.ensureFirst({ key: 'clé', secret: 'père:noël:€' });
    expect((await who(basic('clé', 'père:noël:€'))).body.id).to.equal('clé');
  });

  it('take effect at once when revoked, also where they were recognised a moment ago', async () => {
    const { key, secret } = await site.access.keys.add({ label: 'short', scopes: ['all'] });
    expect((await who(basic(key, secret))).status).to.equal(200);
    const { revoked } = await site.access.keys.revoke(key);
    expect((await who(basic(key, secret))).body.code).to.equal('access.invalid');
    expect((await site.access.keys.revoke(key)).revoked).to.equal(revoked);
    expect(await codeOf(site.access.keys.revoke('nobody'))).to.equal('key.notFound');
  });

  it('revoked by another process are refused once the cache is too old', async () => {
    const other = await createAccess({
      store: site.store,
      directory: createDirectory(site.store),
      settings: { siteUrl: SITE_URL, requestsPerMinute: 0, failedLoginsPerMinute: 0, cacheAge: 150 },
    });
    const { server, url } = await listen(createWho(other));
    const { key, secret } = await site.access.keys.add({ label: 'elsewhere', scopes: ['all'] });
    expect((await ask(`${url}/who`, basic(key, secret))).status).to.equal(200);
    await site.access.keys.revoke(key);
    await wait(200);
    expect((await ask(`${url}/who`, basic(key, secret))).status).to.equal(401);
    await closeServer(server);
  });

  it('expire on time, also while recognised', async () => {
    const { key, secret } = await site.access.keys.add({ label: 'brief', scopes: ['all'], expires: Date.now() + 400 });
    expect((await who(basic(key, secret))).status).to.equal(200);
    await wait(450);
    const { status, body } = await who(basic(key, secret));
    expect(status).to.equal(401);
    expect(body.message).to.contain('expired');
  });

  it('are recognised without a promise the second time', async () => {
    const { key, secret } = await site.access.keys.add({ label: 'busy', scopes: ['all'] });
    const header = basic(key, secret);
    expect(site.access.identify(header, '::1')).to.be.instanceOf(Promise);
    await site.access.identify(header, '::1');
    expect(site.access.identify(header, '::1')).to.have.property('id', key);
  });

  it('give what their scopes give', async () => {
    const writer = await site.access.keys.add({ label: 'w', scopes: ['statements/write', 'all/read'] });
    const reader = await site.access.keys.add({ label: 'r', scopes: ['feed/read'] });
    const all = await site.access.keys.add({ label: 'all', scopes: ['all'] });
    const status = async (pair: { key: string; secret: string }) =>
      (await ask(`${site.url}/feed`, basic(pair.key, pair.secret))).status;
    expect([await status(writer), await status(reader), await status(all)]).to.deep.equal([403, 200, 200]);
  });

  it('are not made with an unknown scope, none, no label, a past expiry or an authority that is no Agent', async () => {
    const good = { label: 'x', scopes: ['all'] as Scope[] };
    const bad = [
      { ...good, scopes: ['everything' as Scope] },
      { ...good, scopes: [] },
      { ...good, label: ' ' },
      { ...good, expires: Date.now() - 1 },
      { ...good, expires: Number.NaN },
      { ...good, authority: { name: 'nobody' } },
      { ...good, authority: { mbox: 'mailto:a@b.fr', openid: 'https://two.example/' } },
      { ...good, authority: { objectType: 'Group', mbox: 'mailto:a@b.fr' } as never },
    ];
    for (const wanted of bad)
      expect(await codeOf(site.access.keys.add(wanted)), JSON.stringify(wanted)).to.equal('key.invalid');
    const { key } = await site.access.keys.add({ ...good, authority: { mbox: 'mailto:a@b.fr' } });
    const [made] = (await site.access.keys.list()).filter((each) => each.key === key);
    expect(made?.authority).to.deep.equal({ objectType: 'Agent', mbox: 'mailto:a@b.fr' });
  });
});

onEachEngine('the first key', (engine) => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite(engine);
  });
  afterEach(() => site.close());

  const status = async (key: string, secret: string) => (await ask(`${site.url}/who`, basic(key, secret))).status;

  it('is generated once, also when processes start together', async () => {
    const made = await Promise.all([1, 2, 3].map(() => site.access.keys.ensureFirst({})));
    const [pair, ...others] = made.filter((each) => each !== undefined);
    expect(others).to.deep.equal([]);
    expect(await status(pair?.key ?? '', pair?.secret ?? '')).to.equal(200);
    expect(await site.access.keys.ensureFirst({})).to.equal(undefined);
    expect(await site.access.keys.list()).to.have.length(1);
  });

  it('follows the setting, which wins over an earlier secret at once', async () => {
    const starts = [1, 2, 3].map(() => site.access.keys.ensureFirst({ key: 'K', secret: 'first secret' }));
    expect(await Promise.all(starts)).to.deep.equal([undefined, undefined, undefined]);
    expect(await status('K', 'first secret')).to.equal(200);
    await site.access.keys.ensureFirst({ key: 'K', secret: 'second secret' });
    expect(await status('K', 'first secret')).to.equal(401);
    expect(await status('K', 'second secret')).to.equal(200);
    const [key] = await site.access.keys.list();
    expect(key?.scopes).to.deep.equal(['all']);
  });

  it('stays revoked until the setting brings a new secret', async () => {
    await site.access.keys.ensureFirst({ key: 'K', secret: 'first secret' });
    await site.access.keys.revoke('K');
    await site.access.keys.ensureFirst({ key: 'K', secret: 'first secret' });
    expect(await status('K', 'first secret')).to.equal(401);
    await site.access.keys.ensureFirst({ key: 'K', secret: 'second secret' });
    expect(await status('K', 'second secret')).to.equal(200);
  });

  it('needs both settings, and such as Basic credentials can carry', async () => {
    expect(await codeOf(site.access.keys.ensureFirst({ key: 'K' }))).to.equal('config.invalid');
    expect(await codeOf(site.access.keys.ensureFirst({ secret: 'S' }))).to.equal('config.invalid');
    expect(await codeOf(site.access.keys.ensureFirst({ key: 'a:b', secret: 'S' }))).to.equal('key.invalid');
    expect(await codeOf(site.access.keys.ensureFirst({ key: 'K', secret: '' }))).to.equal('key.invalid');
  });
});
