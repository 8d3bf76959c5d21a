import { createVerify } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Store } from '../../../../lrs/store/store.ts';
import { engines } from '../../../engines/index.ts';
import { onPrograms } from '../../../servers/programs.ts';
import { type IdentityProvider, idpMetadata, openIdentityProvider } from './identity-provider.ts';
import { pairOf } from './keys.ts';
import { faultsOf } from './schema.ts';
import { Browser, begin, openSite, SITE_URL, settingsOf } from './site.ts';

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
    } finally {
      await site.close();
    }
  });

  onPrograms(['saml-schemas'], 'against the schemas of SAML', () => {
    it('metadata and AuthnRequest are valid', async () => {
      const site = await openSite({ store, folder, settings: [settingsOf(idp)] });
      try {
        const { body } = await new Browser().ask(`${site.url}/sso/idp/metadata`);
        expect(await faultsOf(body, 'metadata')).to.deep.equal([]);
        const wrong = body.replace('<NameIDFormat>', '<Nonsense/><NameIDFormat>');
        expect(await faultsOf(wrong, 'metadata')).to.not.deep.equal([]);
        const { request } = await begin(site, idp);
        expect(await faultsOf(request, 'protocol')).to.deep.equal([]);
      } finally {
        await site.close();
      }
    });
  });
});
