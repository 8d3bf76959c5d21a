import { createPublicKey, createVerify } from 'node:crypto';
import { mkdtemp, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Router } from 'express';
import type { ProviderStatus } from '../../../../adapters/sso/provider.ts';
import { createSaml } from '../../../../adapters/sso/saml/index.ts';
import type { SamlSettings } from '../../../../adapters/sso/settings.ts';
import type { Store } from '../../../../lrs/store/store.ts';
import { engines, onEachEngine, withStore } from '../../../engines/index.ts';
import { type IdentityProvider, idpMetadata, type MetadataOptions, openIdentityProvider } from './identity-provider.ts';
import { fingerprintOf, pairOf } from './keys.ts';
import { faultsOf, hasSchemas } from './schema.ts';
import { Browser, begin, goodResponse, handIn, openSite, SITE_URL, settingsOf } from './site.ts';

const MD = 'urn:oasis:names:tc:SAML:2.0:metadata';

/** Providers alone, as a process has them: nobody logs in. */
function openProviders(store: Store, folder: string, settings: SamlSettings[]) {
  const told: string[] = [];
  const tell = (what: string, details: object): void => void told.push(`${what} ${JSON.stringify(details)}`);
  const entrance = undefined as never;
  const saml = createSaml(settings, { routes: Router(), siteUrl: SITE_URL, entrance, tell, store, folder });
  const [provider] = saml.providers;
  if (provider === undefined) throw new Error('no provider');
  const start = () => provider.start({ id: '_1', provider: provider.id, to: '/', memory: {} });
  return { provider, told, start, status: (): Promise<ProviderStatus> => provider.status() };
}

const later = async (ms: number, work: () => Promise<unknown>): Promise<void> => {
  const now = Date.now;
  Date.now = () => now() + ms;
  try {
    await work();
  } finally {
    Date.now = now;
  }
};

onEachEngine('metadata of a provider', (engine) => {
  const store = withStore(engine);
  let folder: string;
  let idp: IdentityProvider;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livret-saml-'));
  });
  beforeEach(async () => {
    idp = await openIdentityProvider();
  });
  afterEach(() => idp.close());
  after(() => rm(folder, { recursive: true }));

  const unavailable = async (start: () => Promise<string>, reason: string): Promise<void> => {
    const error = await start().then(
      () => undefined,
      (cause: unknown) => cause,
    );
    expect(error).to.include({ code: 'sso.unavailable' });
    expect((error as Error).message).to.include(reason);
  };

  it('are read when they are needed, and once', async () => {
    const { start, status, provider } = openProviders(store, folder, [settingsOf(idp)]);
    await Promise.all([start(), start(), start()]);
    await provider.refresh();
    await start();
    expect(idp.asked).to.equal(1);
    const { issuer, read, failure, keys, addresses } = await status();
    expect({ issuer, failure }).to.deep.equal({ issuer: idp.entityId, failure: undefined });
    expect(read).to.be.closeTo(Date.now(), 5000);
    expect(keys.map(({ name }) => name)).to.deep.equal([fingerprintOf(idp.pair)]);
    expect(keys[0]?.expires).to.be.greaterThan(Date.now());
    expect(addresses).to.deep.equal({
      entityId: `${SITE_URL}/sso/idp/metadata`,
      acs: `${SITE_URL}/sso/idp/acs`,
      slo: `${SITE_URL}/sso/idp/slo`,
    });
  });

  it('are read again after an hour, or sooner where they say so', async () => {
    const { start, provider } = openProviders(store, folder, [settingsOf(idp)]);
    await start();
    await later(59 * 60_000, () => provider.refresh());
    expect(idp.asked).to.equal(1);
    await later(61 * 60_000, () => provider.refresh());
    expect(idp.asked).to.equal(2);
    idp.served = () => idpMetadata(idp.entityId, [idp.pair], { head: ' cacheDuration="PT10M"' });
    await later(130 * 60_000, () => provider.refresh());
    await later(139 * 60_000, () => provider.refresh());
    expect(idp.asked).to.equal(3);
    await later(141 * 60_000, () => provider.refresh());
    expect(idp.asked).to.equal(4);
  });

  it('that were good stay while the provider is down, and after a restart', async () => {
    const first = openProviders(store, folder, [settingsOf(idp)]);
    await first.start();
    idp.served = () => undefined;
    await later(2 * 3600_000, () => first.provider.refresh());
    expect((await first.status()).failure).to.include('503');
    expect(first.told.join()).to.include('cannot be read');
    await first.start();
    const second = openProviders(store, folder, [settingsOf(idp)]);
    expect(await second.start()).to.match(/^https:\/\/idp\.test\/sso\?SAMLRequest=/);
    expect((await second.status()).issuer).to.equal(idp.entityId);
  });

  it('that were kept do not count for another address, or another entityId', async () => {
    await openProviders(store, folder, [settingsOf(idp)]).start();
    idp.served = () => undefined;
    await unavailable(openProviders(store, folder, [settingsOf({ ...idp, url: `${idp.url}?2` })]).start, '503');
    await unavailable(openProviders(store, folder, [settingsOf(idp, { entityId: 'https://x.test' })]).start, '503');
  });

  it('are used until they expire, and no longer', async () => {
    const validUntil = new Date(Date.now() + 3600_000).toISOString();
    idp.served = () => idpMetadata(idp.entityId, [idp.pair], { head: ` validUntil="${validUntil}"` });
    const { start } = openProviders(store, folder, [settingsOf(idp)]);
    await start();
    idp.served = () => undefined;
    await later(3590_000, start);
    await later(3601_000, () => unavailable(start, '503'));
  });

  it('are asked for again when the provider is up, after it was down', async () => {
    idp.served = () => undefined;
    const { start } = openProviders(store, folder, [settingsOf(idp)]);
    await unavailable(start, '503');
    await unavailable(start, '503');
    expect(idp.asked, 'not at once').to.equal(1);
    idp.served = () => idpMetadata(idp.entityId, [idp.pair]);
    await later(6_000, start);
  });
});

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

describe('what we tell providers', () => {
  let folder: string;
  let store: Store;
  let destroy: () => Promise<void>;
  let idp: IdentityProvider;
  before(async () => {
    const [engine] = engines;
    if (engine === undefined) throw new Error('No engine is tested.');
    ({ store, destroy } = await engine.create());
    folder = await mkdtemp(join(tmpdir(), 'livret-saml-'));
    idp = await openIdentityProvider();
  });
  after(async () => {
    await idp.close();
    await destroy();
    await rm(folder, { recursive: true });
  });

  const ownPair = async (name: string) => {
    const pair = await pairOf(name);
    const files = { key: join(folder, `${name}.key`), certificate: join(folder, `${name}.crt`) };
    await writeFile(files.key, pair.key);
    await writeFile(files.certificate, pair.certificate);
    return { pair, files };
  };

  it('metadata: both our certificates, for signing and encryption, and our addresses', async () => {
    const [one, two] = [await ownPair('sp'), await ownPair('sp, next')];
    const site = await openSite({
      store,
      folder,
      settings: [settingsOf(idp)],
      saml: { ...one.files, next: two.files },
    });
    try {
      const { status, type, body } = await new Browser().ask(`${site.url}/sso/idp/metadata`);
      expect({ status, type }).to.deep.equal({ status: 200, type: 'application/samlmetadata+xml; charset=utf-8' });
      expect(body).to.include(`entityID="${SITE_URL}/sso/idp/metadata"`);
      expect(body).to.include('AuthnRequestsSigned="true" WantAssertionsSigned="true"');
      for (const use of ['signing', 'encryption']) {
        const given = [
          ...body.matchAll(new RegExp(`use="${use}">\\s*<ds:KeyInfo>.*?<ds:X509Certificate>([^<]+)`, 'gs')),
        ];
        const bare = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '');
        expect(given.map(([, text = '']) => bare(text))).to.deep.equal(
          [one, two].map(({ pair }) => bare(pair.certificate)),
        );
      }
      expect(body).to.match(new RegExp(`AssertionConsumerService [^>]*HTTP-POST" Location="${SITE_URL}/sso/idp/acs"`));
      for (const binding of ['HTTP-Redirect', 'HTTP-POST']) {
        expect(body).to.match(new RegExp(`SingleLogoutService [^>]*${binding}" Location="${SITE_URL}/sso/idp/slo"`));
      }
    } finally {
      await site.close();
    }
  });

  it('an AuthnRequest: signed, for this provider, and nothing in a RelayState', async () => {
    const { files, pair } = await ownPair('sp');
    idp.served = () =>
      idpMetadata(idp.entityId, [idp.pair]).replace('https://idp.test/sso', 'https://idp.test/sso?realm=a%20b');
    const site = await openSite({ store, folder, settings: [settingsOf(idp)], saml: files });
    try {
      const { address, request } = await begin(site, idp);
      expect([...address.searchParams.keys()]).to.deep.equal(['realm', 'SAMLRequest', 'SigAlg', 'Signature']);
      expect(address.searchParams.get('realm')).to.equal('a b');
      const [signed = '', signature = ''] = address.search
        .slice(address.search.indexOf('SAMLRequest'))
        .split('&Signature=');
      const verified = createVerify('sha256')
        .update(signed)
        .verify(pair.certificate, Buffer.from(decodeURIComponent(signature), 'base64'));
      expect(verified).to.equal(true);
      expect(request).to.match(/ ID="_[0-9a-f]{40}"/);
      expect(request).to.include(`AssertionConsumerServiceURL="${SITE_URL}/sso/idp/acs"`);
      expect(request).to.include('Destination="https://idp.test/sso?realm=a%20b"');
      expect(request).to.include('Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"');
      expect(request).to.include(`>${SITE_URL}/sso/idp/metadata</saml:Issuer>`);
      if (hasSchemas) expect(await faultsOf(request, 'protocol')).to.deep.equal([]);
    } finally {
      await site.close();
    }
  });

  const SCHEMAS = 'is valid against the schema of SAML';
  if (!hasSchemas)
    it.skip(`THE SCHEMAS OF SAML ARE NOT TESTED: install Debian's opensaml-schemas and xmltooling-schemas`);
  else
    it(`metadata ${SCHEMAS}`, async () => {
      const site = await openSite({ store, folder, settings: [settingsOf(idp)] });
      try {
        const { body } = await new Browser().ask(`${site.url}/sso/idp/metadata`);
        expect(await faultsOf(body, 'metadata')).to.deep.equal([]);
        expect(
          await faultsOf(body.replace('<NameIDFormat>', '<Nonsense/><NameIDFormat>'), 'metadata'),
        ).to.not.deep.equal([]);
      } finally {
        await site.close();
      }
    });
});
