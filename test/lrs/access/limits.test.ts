import { expect } from 'chai';
import type { KeyPair, TokenVerifier } from '../../../lrs/access/index.ts';
import { LivretError } from '../../../lrs/errors.ts';
import type { CommandCall } from '../../../web/index.ts';
import { onEachEngine } from '../../engines/index.ts';
import { ask, basic, openSite, type Site } from './site.ts';

onEachEngine('limits', (engine) => {
  let site: Site;
  afterEach(() => site.close());

  const who = (authorization?: string) => ask(`${site.url}/who`, authorization);

  it('hold each key to its requests a minute, and say when to come back', async () => {
    site = await openSite(engine, { requestsPerMinute: 3 });
    const one = await site.access.keys.add({ label: 'one', scopes: ['all'] });
    const two = await site.access.keys.add({ label: 'two', scopes: ['all'] });
    for (let i = 0; i < 3; i++) expect((await who(basic(one.key, one.secret))).status).to.equal(200);
    const { status, headers, body } = await who(basic(one.key, one.secret));
    expect([status, body.code]).to.deep.equal([429, 'request.rate']);
    expect(Number(headers.get('retry-after'))).to.be.within(1, 60);
    expect((await who(basic(two.key, two.secret))).status).to.equal(200);
  });

  it('slow down guessing one name, without shutting out others at the same address', async () => {
    site = await openSite(engine, { failedLoginsPerMinute: 3, cacheAge: 1 });
    const one = await site.access.keys.add({ label: 'one', scopes: ['all'] });
    const two = await site.access.keys.add({ label: 'two', scopes: ['all'] });
    for (let i = 0; i < 3; i++) expect((await who(basic(one.key, `guess ${i}`))).status).to.equal(401);
    expect((await who(basic(one.key, one.secret))).body.code).to.equal('request.rate');
    expect((await who(basic(two.key, two.secret))).status).to.equal(200);
  });

  it('do not count tokens that have run out: nobody guesses a signature, and others sit at the same address', async () => {
    site = await openSite(engine, { failedLoginsPerMinute: 1, cacheAge: 1 });
    const tokens: TokenVerifier = {
      name: 'test',
      claims: ({ scheme }) => scheme === 'bearer',
      verify: async () => {
        throw new LivretError('access.invalid', { detail: 'The token has expired.' });
      },
    };
    site.access.registerTokenVerifier(tokens);
    const codes: unknown[] = [];
    for (let i = 0; i < 30; i++) codes.push((await who(`Bearer token-${i % 2}`)).body.code);
    expect(new Set(codes)).to.deep.equal(new Set(['access.invalid']));
    const pair = await site.access.keys.add({ label: 'same address', scopes: ['all'] });
    expect((await who(basic(pair.key, pair.secret))).status).to.equal(200);
  });

  it('stop an address that tries one name after the other', async () => {
    site = await openSite(engine, { failedLoginsPerMinute: 1 });
    const codes: unknown[] = [];
    for (let i = 0; i < 22; i++) codes.push((await who(basic(`name ${i}`, 'guess'))).body.code);
    expect(codes.slice(0, 20)).to.deep.equal(Array.from({ length: 20 }, () => 'access.invalid'));
    expect(codes.slice(20)).to.deep.equal(['request.rate', 'request.rate']);
  });
});

onEachEngine('other kinds of tokens', (engine) => {
  it('plug in before the keys, are never asked for as Basic, and can be ended early', async () => {
    const site = await openSite(engine);
    const live = new Set(['launch-1']);
    const launches: TokenVerifier = {
      name: 'launch',
      claims: (credentials) => credentials.scheme === 'basic' && credentials.user.startsWith('launch-'),
      async verify(credentials) {
        const id = credentials.scheme === 'basic' ? credentials.user : '';
        if (!live.has(id)) throw new LivretError('access.invalid');
        const authority = { objectType: 'Agent' as const, mbox: 'mailto:launch@livret.example' };
        const authorityKey = 'mbox:mailto:launch@livret.example';
        return { principal: { id, kind: 'token', scopes: new Set(['state' as const]), authority, authorityKey } };
      },
    };
    site.access.registerTokenVerifier(launches);
    const header = basic('launch-1', 'x');
    expect((await ask(`${site.url}/who`, header)).body.scopes).to.deep.equal(['state']);
    live.delete('launch-1');
    site.access.forget('launch-1');
    const { status, headers } = await ask(`${site.url}/who`, header);
    expect(status).to.equal(401);
    expect(headers.get('www-authenticate')).to.match(/^Bearer /);
    const pair = await site.access.keys.add({ label: 'still', scopes: ['all'] });
    expect((await ask(`${site.url}/who`, basic(pair.key, pair.secret))).status).to.equal(200);
    await site.close();
  });
});

onEachEngine('key commands', (engine) => {
  it('add, list and revoke', async () => {
    const site = await openSite(engine);
    async function* nothing(): AsyncGenerator<Uint8Array> {}
    const run = async <T>(name: string, args: CommandCall['args'] = {}): Promise<T> => {
      const command = site.access.commands.find((each) => each.name === name);
      if (!command) throw new Error(`no command ${name}`);
      return (await command.run({ args, input: nothing(), emit: async () => {} })) as T;
    };
    const { key, secret } = await run<KeyPair>('key.add', { label: 'H5P', expires: '2999-01-31' });
    expect((await ask(`${site.url}/who`, basic(key, secret))).body.scopes).to.deep.equal([
      'statements/write',
      'statements/read/mine',
    ]);
    const [listed] = await run<object[]>('key.list');
    expect(listed).to.include({ key, label: 'H5P', expires: '2999-02-01T00:00:00.000Z', revoked: null });
    expect(JSON.stringify(listed)).not.to.contain(secret);
    expect(await run('key.revoke', { key }))
      .to.have.property('revoked')
      .that.is.a('string');
    for (const args of [
      {},
      { label: 'x', scopes: ['nope'] },
      { label: 'x', expires: 'soon' },
      { label: 'x', authority: 'me' },
    ]) {
      const refusal = await run('key.add', args).catch((error: LivretError) => error.code);
      expect(refusal, JSON.stringify(args)).to.equal('key.invalid');
    }
    await site.close();
  });
});
