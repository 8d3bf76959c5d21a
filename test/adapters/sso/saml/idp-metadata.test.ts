import { createPublicKey } from 'node:crypto';
import { mkdtemp, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { SamlSettings } from '../../../../adapters/sso/settings.ts';
import type { Store } from '../../../../lrs/store/store.ts';
import { engines } from '../../../engines/index.ts';
import { idpMetadata, type MetadataOptions, openIdentityProvider } from './identity-provider.ts';
import { fingerprintOf, pairOf } from './keys.ts';
import { later, openProviders } from './providers.ts';
import { begin, goodResponse, handIn, openSite, settingsOf } from './site.ts';

const MD = 'urn:oasis:names:tc:SAML:2.0:metadata';

describe('metadata of a provider, as they may be', () => {
  let folder: string;
  let store: Store;
  let destroy: () => Promise<void>;
  before(async () => {
    const [engine] = engines;
    if (engine === undefined) throw new Error('No engine is tested.');
    ({ store, destroy } = await engine.create());
    folder = await mkdtemp(join(tmpdir(), 'livret-saml-'));
  });
  after(async () => {
    await destroy();
    await rm(folder, { recursive: true });
  });

  const ENTITY = 'https://idp.test/metadata';
  let files = 0;
  /** A provider whose metadata are this file. */
  const fromFile = async (text: string, more: Partial<SamlSettings> = {}) => {
    files += 1;
    const url = join(folder, `${files}.xml`);
    await writeFile(url, text);
    return { ...openProviders(store, folder, [settingsOf({ entityId: ENTITY, url }, more)]), file: url };
  };
  const fails = async (text: string, reason: string, more: Partial<SamlSettings> = {}): Promise<void> => {
    const { start, status } = await fromFile(text, more);
    const error = await start().then(
      () => undefined,
      (cause: unknown) => cause,
    );
    expect(error).to.include({ code: 'sso.unavailable', status: 503 });
    expect((await status()).failure).to.include(reason);
  };
  const good = async (options: MetadataOptions = {}): Promise<string> =>
    idpMetadata(ENTITY, [await pairOf('idp')], options);

  it('a file is read again when it changes, and what was good stays while it is not', async () => {
    const { start, status, file } = await fromFile(await good());
    await start();
    const next = await pairOf('idp, next');
    await writeFile(`${file}.new`, idpMetadata(ENTITY, [next]));
    await rename(`${file}.new`, file);
    await start();
    expect((await status()).keys.map(({ name }) => name)).to.deep.equal([fingerprintOf(next)]);
    await writeFile(file, '<EntityDescriptor');
    await start();
    expect((await status()).failure).to.include('well-formed');
    await rm(file);
    await start();
    expect((await status()).failure).to.include('no such file');
    await writeFile(file, await good());
    const { mtime } = await stat(file);
    await utimes(file, mtime, mtime);
    await start();
    expect((await status()).failure).to.equal(undefined);
  });

  it('one of several is chosen by its entityId', async () => {
    const several = `<!-- a federation --><md:EntitiesDescriptor xmlns:md="${MD}"><md:EntitiesDescriptor>${idpMetadata('https://other.test', [await pairOf('other')])}</md:EntitiesDescriptor>${await good()}<md:EntityDescriptor entityID="https://sp.test"/></md:EntitiesDescriptor>`;
    await fails(several, 'several');
    await fails(several, 'no entity', { entityId: 'https://nobody.test' });
    await fails(several, 'no identity provider', { entityId: 'https://sp.test' });
    const { status, start } = await fromFile(several, { entityId: ENTITY });
    await start();
    expect(await status()).to.have.property('issuer', ENTITY);
  });

  it('all certificates for signing count, and no others', async () => {
    const [one, two, three] = [await pairOf('idp'), await pairOf('other'), await pairOf('attacker')];
    const text = idpMetadata(ENTITY, [one, two, three])
      .replace('use="signing"', '')
      .replace(/(.*)use="signing"/, '$1use="encryption"');
    const { status, start } = await fromFile(text);
    await start();
    expect((await status()).keys.map(({ name }) => name)).to.deep.equal([one, two].map(fingerprintOf));
  });

  it('a bare key, as LemonLDAP::NG may publish it, is taken', async () => {
    const idp = await openIdentityProvider();
    const { n = '', e = '' } = createPublicKey(idp.pair.certificate).export({ format: 'jwk' });
    const base64 = (text: string): string => Buffer.from(text, 'base64url').toString('base64');
    const value = `<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>${base64(n)}</ds:Modulus><ds:Exponent>${base64(e)}</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>`;
    const keys = `<KeyDescriptor use="signing"><ds:KeyInfo>${value}</ds:KeyInfo></KeyDescriptor>`;
    idp.served = () => idpMetadata(idp.entityId, [], { keys });
    const site = await openSite({ store, folder, settings: [settingsOf(idp)] });
    try {
      const { way } = await begin(site, idp);
      expect((await handIn(site, 'idp', goodResponse(idp, way))).status, String(site.reason())).to.equal(303);
      const forged = await begin(site, idp);
      const attacker = { ...idp, pair: await pairOf('attacker') };
      expect((await handIn(site, 'idp', goodResponse(attacker, forged.way))).status).to.equal(403);
    } finally {
      await site.close();
      await idp.close();
    }
  });

  it('are refused for what is missing or unsafe in them, and say what', async () => {
    const whole = await good();
    await fails(`<!DOCTYPE x>${whole}`, 'document type');
    await fails('hello', 'well-formed');
    await fails('<x/>', 'no identity provider');
    await fails(
      whole.replace('IDPSSODescriptor', 'SPSSODescriptor').replace('/IDPSSODescriptor', '/SPSSODescriptor'),
      'no identity provider',
    );
    await fails(whole.replace('SAML:2.0:protocol', 'SAML:1.1:protocol'), 'no identity provider');
    await fails(await good({ keys: '' }), 'no RSA key');
    await fails(idpMetadata(ENTITY, [await pairOf('weak', { bits: 1024 })]), 'no RSA key');
    await fails(await good({ binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST' }), 'HTTP-Redirect');
    await fails(whole.replace('https://idp.test/sso', 'javascript:alert(1)'), 'HTTP-Redirect');
    await fails(await good({ head: ' validUntil="2020-01-01T00:00:00Z"' }), 'expired');
    await fails(await good({ head: ' validUntil="soon"' }), 'not a time');
  });

  it('come by https, or from this machine', async () => {
    const at = (url: string) => openProviders(store, folder, [settingsOf({ entityId: ENTITY, url })]);
    for (const url of [
      'http://idp.example/metadata',
      'http://127.0.0.1.evil.test/metadata',
      'http://localhost.evil.test/',
    ]) {
      const { start, status } = at(url);
      await start().catch(() => {});
      expect((await status()).failure, url).to.include('https');
    }
  });

  it('are not followed elsewhere, nor read without end', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/moved') response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end();
      else for (let i = 0; i < 12; i++) response.write('x'.repeat(1024 * 1024));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      for (const [path, reason] of [
        ['/moved', 'redirect'],
        ['/long', 'too large'],
      ]) {
        const { start, status } = openProviders(store, folder, [settingsOf({ entityId: ENTITY, url: origin + path })]);
        await start().catch(() => {});
        expect((await status()).failure).to.include(reason);
      }
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('a certificate that expires within 30 days is told, once a day', async () => {
    const soon = await pairOf('soon', { days: 20 });
    const { provider, told } = await fromFile(idpMetadata(ENTITY, [soon, await pairOf('idp')]));
    await provider.refresh();
    await provider.refresh();
    expect(told).to.have.length(1);
    expect(told[0]).to.include('expires soon').and.include(fingerprintOf(soon));
    await later(25 * 3600_000, () => provider.refresh());
    expect(told).to.have.length(2);
  });
});
