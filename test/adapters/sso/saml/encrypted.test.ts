import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { engines } from '../../../engines/index.ts';
import { type Pair, pairOf } from './keys.ts';
import {
  type AssertionOptions,
  assertionXml,
  type EncryptionOptions,
  encryptAssertion,
  responseXml,
  sign,
  type Way,
} from './messages.ts';
import { type Make, type Refused, refuses } from './refusing.ts';
import { openSetting, type Setting } from './setting.ts';
import { begin, goodResponse, handIn, openSite, settingsOf } from './site.ts';

const XENC = 'http://www.w3.org/2001/04/xmlenc#';
const CIPHERS = [
  'http://www.w3.org/2009/xmlenc11#aes256-gcm',
  'http://www.w3.org/2009/xmlenc11#aes128-gcm',
  `${XENC}aes256-cbc`,
  `${XENC}aes128-cbc`,
];

/** What the site made for itself. */
const certificateOf = (folder: string): Promise<string> =>
  readFile(join(folder, 'saml-keys.pem'), 'utf8').then((pem) => pem.slice(pem.indexOf('-----BEGIN CERT')));

const signedAssertion = (way: Way, pair: Pair, options: AssertionOptions = {}): string =>
  sign(assertionXml(way, options), 'Assertion', pair);

/** A right answer, encrypted for whom the certificate belongs to. */
async function encrypted(way: Way, pair: Pair, certificate: string, options: EncryptionOptions = {}): Promise<string> {
  return responseXml(way, await encryptAssertion(signedAssertion(way, pair), certificate, options));
}

/** Lasso, and so LemonLDAP::NG, puts the key beside the data and points to it. */
const keyBeside = (xml: string): string => {
  const key = /<e:EncryptedKey.*<\/e:EncryptedKey>/s.exec(xml)?.[0] ?? '';
  return xml
    .replace(key, () => '<RetrievalMethod Type="http://www.w3.org/2001/04/xmlenc#EncryptedKey" URI="#_key"/>')
    .replace(
      '</saml:EncryptedAssertion>',
      (end) => key.replace('<e:EncryptedKey ', '<e:EncryptedKey Id="_key" ') + end,
    );
};

describe('encrypted assertions', () => {
  let setting: Setting;
  before(async () => {
    setting = await openSetting();
  });
  after(() => setting.close());

  const accepted = async (provider: string, make: Make): Promise<void> => {
    const { site, idp } = setting;
    const { way, browser } = await begin(site, idp, provider);
    const answer = await handIn(site, provider, await make(way, idp.pair, setting));
    expect(answer.status, String(site.reason())).to.equal(303);
    expect((await browser.ask(site.url + answer.location)).location).to.equal('/me');
    const me = JSON.parse((await browser.ask(`${site.url}/me`)).body);
    expect(me.origin).to.include({ subject: 'f3ab91', index: 'session-1' });
  };

  for (const cipher of CIPHERS) {
    it(`by ${cipher.split('#')[1]} are taken`, () =>
      accepted('sealed', async (way, pair, { folder }) =>
        encrypted(way, pair, await certificateOf(folder), { cipher }),
      ));
  }

  it('in a Response that is signed as a whole are taken', () =>
    accepted('sealed', async (way, pair, { folder }) =>
      sign(await encrypted(way, pair, await certificateOf(folder)), 'Response', pair),
    ));

  it('whose key stands beside the data are taken', () =>
    accepted('sealed', async (way, pair, { folder }) =>
      keyBeside(await encrypted(way, pair, await certificateOf(folder))),
    ));

  it('are taken where they need not be', () =>
    accepted('idp', async (way, pair, { folder }) => encrypted(way, pair, await certificateOf(folder))));

  it('are opened with the key to come, too', async () => {
    const [engine] = engines;
    if (engine === undefined) return;
    const folder = await mkdtemp(join(tmpdir(), 'livret-saml-'));
    const { store, destroy } = await engine.create();
    const files: Record<string, string> = {};
    for (const name of ['sp', 'sp, next']) {
      const { key, certificate } = await pairOf(name);
      files[name] = name;
      const { writeFile } = await import('node:fs/promises');
      await writeFile(join(folder, `${name}.key`), key);
      await writeFile(join(folder, `${name}.crt`), certificate);
    }
    const at = (name: string) => ({ key: join(folder, `${name}.key`), certificate: join(folder, `${name}.crt`) });
    const { idp } = setting;
    const site = await openSite({
      store,
      folder,
      settings: [settingsOf(idp)],
      saml: { ...at('sp'), next: at('sp, next') },
    });
    try {
      for (const name of ['sp', 'sp, next']) {
        const { way } = await begin(site, idp);
        const { certificate } = await pairOf(name);
        const answer = await handIn(site, 'idp', await encrypted(way, idp.pair, certificate));
        expect(answer.status, `${name}: ${site.reason()}`).to.equal(303);
      }
    } finally {
      await site.close();
      await destroy();
      await rm(folder, { recursive: true });
    }
  });
});

const forUs =
  (change: (xml: string, pair: Pair) => string, options: EncryptionOptions = {}): Make =>
  async (way, pair, { folder }) =>
    change(await encrypted(way, pair, await certificateOf(folder), options), pair);

const same = (xml: string): string => xml;

/** Encrypts whatever it is given. */
const containing =
  (plain: (way: Way, pair: Pair) => string | Promise<string>): Make =>
  async (way, pair, { folder }) =>
    responseXml(way, await encryptAssertion(await plain(way, pair), await certificateOf(folder)));

const table: Record<string, Refused> = {
  'an assertion that is not encrypted, where it has to be': [
    'not encrypted',
    (way, _, { idp }) => goodResponse(idp, way),
    'sealed',
  ],
  'Triple DES': ['tripledes-cbc is not taken', forUs(same, { cipher: `${XENC}tripledes-cbc` })],
  'a key wrapped by RSA 1.5': ['rsa-1_5 is not taken', forUs(same, { transport: `${XENC}rsa-1_5` })],
  'an assertion encrypted for others': [
    'cannot be decrypted',
    async (way, pair) => encrypted(way, pair, (await pairOf('attacker')).certificate),
  ],
  'a ciphertext that was changed': [
    'cannot be decrypted',
    forUs((xml) =>
      xml.replace(/(.*<(?:\w+:)?CipherValue>)(.)/s, (_, head, first) => head + (first === 'A' ? 'B' : 'A')),
    ),
  ],
  'an encrypted assertion without a signature': ['not signed', containing((way) => assertionXml(way))],
  'an encrypted assertion signed by another key': [
    'fits no key',
    containing(async (way) => signedAssertion(way, await pairOf('attacker'))),
  ],
  'an encrypted assertion with a SHA-1 signature': [
    'rsa-sha1 is not taken',
    containing((way, pair) =>
      sign(assertionXml(way), 'Assertion', pair, { signature: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' }),
    ),
  ],
  'an encrypted assertion with a comment in it': [
    'comment',
    containing((way, pair) => signedAssertion(way, pair).replace('f3ab91', 'f3<!-- -->ab91')),
  ],
  'an encrypted assertion with a document type': [
    'document type',
    containing((way, pair) => `<!DOCTYPE x [<!ENTITY y "z">]>${signedAssertion(way, pair)}`),
  ],
  'signature wrapping inside the encryption': [
    'signature where none belongs',
    containing((way, pair) => assertionXml(way, { nameId: 'admin', more: signedAssertion(way, pair) })),
  ],
  'an encrypted assertion in an encrypted assertion': [
    'not signed',
    async (way, pair, { folder }) => {
      const certificate = await certificateOf(folder);
      const inner = await encryptAssertion(signedAssertion(way, pair), certificate);
      return responseXml(way, await encryptAssertion(inner, certificate));
    },
  ],
  'two encrypted assertions': [
    'several assertions',
    forUs((xml) => {
      const one = /<saml:EncryptedAssertion.*<\/saml:EncryptedAssertion>/s.exec(xml)?.[0] ?? '';
      return xml.replace('</samlp:Response>', (end) => one + end);
    }),
  ],
  'an encrypted assertion beside one that is not': [
    'several assertions',
    async (way, pair, { folder }) => {
      const one = await encryptAssertion(signedAssertion(way, pair), await certificateOf(folder));
      return responseXml(way, one + signedAssertion(way, pair));
    },
  ],
  'two EncryptedData': [
    'one EncryptedData',
    forUs((xml) => xml.replace('</saml:EncryptedAssertion>', (end) => `<x:EncryptedData xmlns:x="${XENC}"/>${end}`)),
  ],
  'a key that points elsewhere': [
    'another key',
    forUs((xml) => keyBeside(xml).replace('URI="#_key"', `URI="#_key' or '1'='1"`)),
  ],
  'another OAEP digest than xml-encryption knows by that name': [
    'not taken (DigestMethod)',
    forUs((xml) =>
      xml.replace(
        '<DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"',
        `<DigestMethod xmlns="http://www.w3.org/2000/09/xmldsig#" Algorithm="${XENC}sha256"`,
      ),
    ),
  ],
};

refuses('an encrypted answer that is not right', table);
