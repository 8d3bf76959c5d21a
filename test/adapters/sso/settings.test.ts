import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readSsoSettings } from '../../../adapters/sso/settings.ts';

const saml = {
  ...{ id: 'passage2', protocol: 'saml', label: { fr: 'P', en: 'P' }, homePage: 'https://sso.test' },
  ...{ metadata: 'idp.xml', attributes: { identifier: 'rio' } },
};
const oidc = {
  ...{ id: 'proconnect', protocol: 'oidc', label: { fr: 'P', en: 'P' }, homePage: 'https://pc.test' },
  ...{ issuer: 'https://pc.test', clientId: 'c', clientSecretFile: 'secret', attributes: { identifier: 'sub' } },
};

describe('the settings of single sign-on', () => {
  let folder: string;
  let file: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livret-sso-'));
    file = join(folder, 'sso.json');
  });
  after(() => rm(folder, { recursive: true }));

  const read = async (text: string | object) => {
    await writeFile(file, typeof text === 'string' ? text : JSON.stringify(text));
    return readSsoSettings(file).catch((error: Error) => error.message);
  };

  it('name files beside them', async () => {
    const settings = await read({ providers: [saml, oidc], saml: { key: 'sp.key', certificate: '/etc/sp.crt' } });
    expect(settings).to.deep.equal({
      providers: [
        { ...saml, metadata: join(folder, 'idp.xml') },
        { ...oidc, clientSecretFile: join(folder, 'secret') },
      ],
      saml: { key: join(folder, 'sp.key'), certificate: '/etc/sp.crt' },
    });
  });

  const wrong: Record<string, [string | object, says: string]> = {
    'no providers': [{ providers: [] }, 'providers should list at least one provider.'],
    'no list of providers': [{}, 'the file lacks "providers".'],
    'an unknown setting': [{ providers: [{ ...saml, metadatas: 'x' }] }, 'providers[0] has a setting "metadatas"'],
    'a setting of the other protocol': [{ providers: [{ ...oidc, metadata: 'x' }] }, 'has a setting "metadata"'],
    'no protocol': [{ providers: [{ ...saml, protocol: 'cas' }] }, 'should have "protocol": "saml" or "oidc".'],
    'a missing setting': [{ providers: [saml, { ...oidc, issuer: undefined }] }, 'providers[1] lacks "issuer".'],
    'a role that there is not': [
      { providers: [{ ...saml, roles: { X: 'boss' } }] },
      'providers[0].roles.X should be one of: tutor,',
    ],
    'a role that everybody has': [{ providers: [{ ...saml, roles: { X: 'agent' } }] }, 'should be one of: tutor,'],
    'an id that is no part of an address': [
      { providers: [{ ...saml, id: 'Passage 2' }] },
      'lower-case letters, digits and hyphens',
    ],
    'two of one id': [{ providers: [saml, saml] }, 'two providers have the id passage2.'],
    'an address that is none': [
      { providers: [{ ...saml, homePage: 'sso' }] },
      'homePage should be an http(s) address.',
    ],
    'no JSON': ['{\n  "providers": [\n}', 'it is not valid JSON, see line 3.'],
  };
  for (const [what, [text, says]] of Object.entries(wrong)) {
    it(`say what is wrong and where: ${what}`, async () => {
      expect(await read(text))
        .to.contain(`LIVRET_SSO ${file}: `)
        .and.to.contain(says);
    });
  }

  it('say that there is no such file', async () => {
    const missing = join(folder, 'missing.json');
    expect(await readSsoSettings(missing).catch((error: Error) => error.message)).to.contain(
      `${missing}: it cannot be read.`,
    );
  });
});
