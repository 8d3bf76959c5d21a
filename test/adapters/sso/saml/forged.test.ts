/** Messages that are not signed as they should be, and XML that is more than XML needs to be. */
import { createPublicKey } from 'node:crypto';
import { pairOf } from './keys.ts';
import { type AssertionOptions, assertionXml, responseXml, type SignOptions, sign, type Way } from './messages.ts';
import { type Make, type Refused, refuses } from './refusing.ts';

const DS = 'http://www.w3.org/2000/09/xmldsig#';
const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';
const C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const EXC_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const ENVELOPED = `${DS}enveloped-signature`;

const signedBy =
  (options: SignOptions): Make =>
  (way, pair) =>
    sign(responseXml(way, assertionXml(way)), 'Assertion', pair, options);

const good = (way: Way, pair: Parameters<typeof sign>[2], options: AssertionOptions = {}): string =>
  sign(responseXml(way, assertionXml(way, options)), 'Assertion', pair);

/** A right Response with something of it written otherwise. */
const changed =
  (from: string | RegExp, to: string): Make =>
  (way, pair) =>
    good(way, pair).replace(from, () => to);

const signatures: Record<string, Refused> = {
  'an answer without a signature': ['not signed', (way) => responseXml(way, assertionXml(way))],
  'a Response signed by another key around an assertion without a signature': [
    'fits no key',
    async (way) => sign(responseXml(way, assertionXml(way)), 'Response', await pairOf('attacker')),
  ],
  'a signed Response into which another assertion was put': [
    'fits no key',
    (way, pair) => sign(responseXml(way, assertionXml(way)), 'Response', pair).replace('f3ab91', 'administrator'),
  ],
  'a signature by another key': ['fits no key', async (way) => good(way, await pairOf('attacker'))],
  'a signature whose KeyInfo brings the certificate that it fits': [
    'fits no key',
    async (way) => {
      const xml = good(way, await pairOf('attacker'));
      if (!xml.includes('X509Certificate')) throw new Error('no certificate in it');
      return xml;
    },
  ],
  'a Response signed by another key around an assertion that is signed right': [
    'fits no key',
    async (way, pair) => sign(good(way, pair), 'Response', await pairOf('attacker')),
  ],
  'an assertion signed by another provider of ours': ['fits no key', (way, _, { other }) => good(way, other.pair)],
  'a signature without its value': ['fits no key', changed(/<ds:SignatureValue>[^<]+/, '<ds:SignatureValue>')],
  'a SHA-1 signature': ['rsa-sha1 is not taken', signedBy({ signature: `${DS}rsa-sha1` })],
  'a SHA-1 digest': ['sha1 is not taken', signedBy({ digest: `${DS}sha1` })],
  'an HMAC whose secret is the certificate': [
    'hmac-sha1 is not taken',
    (way, { certificate }) =>
      sign(
        responseXml(way, assertionXml(way)),
        'Assertion',
        { key: certificate, certificate },
        {
          hmac: true,
          signature: `${DS}hmac-sha1`,
        },
      ),
  ],
  'an HMAC, where SHA-1 is taken': [
    'hmac-sha1 is not taken',
    (way, { certificate }) => {
      const key = createPublicKey(certificate).export({ type: 'spki', format: 'pem' }).toString();
      return sign(
        responseXml(way, assertionXml(way)),
        'Assertion',
        { key, certificate },
        {
          hmac: true,
          signature: `${DS}hmac-sha1`,
        },
      );
    },
    'old',
  ],
  'a signature by the algorithm "none"': ['none is not taken', changed(`${MORE}rsa-sha256`, 'none')],
  'a signature without an algorithm': ['none is not taken', changed(` Algorithm="${MORE}rsa-sha256"`, '')],
  'inclusive canonicalization of the assertion': ['not taken', signedBy({ transforms: [ENVELOPED, C14N] })],
  'inclusive canonicalization of the signature': ['not taken', signedBy({ canonicalization: C14N })],
  'canonicalization with comments': ['not taken', signedBy({ transforms: [ENVELOPED, `${EXC_C14N}WithComments`] })],
  'a signature without transforms': ['has no Transforms', changed(/<ds:Transforms>.*?<\/ds:Transforms>/, '')],
  'a signature with an XSLT transform': ['not taken', changed(EXC_C14N, 'http://www.w3.org/TR/1999/REC-xslt-19991116')],
  'a signature with a third transform': [
    'other transforms',
    changed('<ds:Transforms>', `<ds:Transforms><ds:Transform Algorithm="${EXC_C14N}"/>`),
  ],
  'two SignedInfo in a signature': [
    'several SignedInfo',
    changed('<ds:SignedInfo>', '<ds:SignedInfo/><ds:SignedInfo>'),
  ],
  'two References in a signature': ['several Reference', changed('<ds:Reference ', '<ds:Reference/><ds:Reference ')],
  'a DigestValue with something in it': ['fits no key', changed(/<ds:DigestValue>/, '<ds:DigestValue>AAAA')],
  'an Object in a signature': ['holds Object', changed('</ds:Signature>', '<ds:Object/></ds:Signature>')],
};

refuses('a forged signature', signatures);

const nested = (depth: number): string => '<x>'.repeat(depth) + '</x>'.repeat(depth);
const bomb = `<!DOCTYPE r [<!ENTITY a "ha">${'abcdefgh'
  .slice(1)
  .split('')
  .map((name, i) => `<!ENTITY ${name} "${`&${'abcdefgh'[i]};`.repeat(10)}">`)
  .join('')}]>`;

const notStrict: Record<string, Refused> = {
  'a comment in the NameID': ['comment', changed('f3ab91', 'f3ab91<!-- -->.evil')],
  'a signed NameID with a comment put into it': [
    'comment',
    (way, pair) => good(way, pair, { nameId: 'admin.evil' }).replace('admin.evil', 'admin<!---->.evil'),
  ],
  'a comment in an attribute': ['comment', changed('RIO-001', 'RIO<!-- -->-001')],
  'a comment outside': ['comment', (way, pair) => `<!-- -->${good(way, pair)}`],
  'a processing instruction': ['processing instruction', changed('f3ab91', 'f3<?x y?>ab91')],
  'a processing instruction outside': ['processing instruction', (way, pair) => `${good(way, pair)}<?x y?>`],
  'a CDATA section': ['CDATA', changed('f3ab91', '<![CDATA[f3ab91]]>')],
  'a document type': ['document type', (way, pair) => `<!DOCTYPE Response>${good(way, pair)}`],
  'an external document type': [
    'document type',
    (way, pair) => `<!DOCTYPE r SYSTEM "http://127.0.0.1:1/r.dtd">${good(way, pair)}`,
  ],
  'an external entity': [
    'document type',
    (way, pair) => `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${good(way, pair).replace('f3ab91', '&x;')}`,
  ],
  'billions of laughs': ['document type', (way, pair) => bomb + good(way, pair).replace('f3ab91', '&h;')],
  'an entity that is not declared': ['entity', changed('f3ab91', '&x;')],
  'a reference to no character': ['well-formed', changed('f3ab91', '&#0;')],
  'a character that XML does not have': ['well-formed', changed('f3ab91', 'f3\u0000ab91')],
  'text that is no XML': ['well-formed', () => 'hello'],
  'XML that breaks off': ['well-formed', (way, pair) => good(way, pair).slice(0, -5)],
  'two root elements': ['well-formed', (way, pair) => good(way, pair) + good(way, pair)],
  'text behind the root element': ['well-formed', (way, pair) => `${good(way, pair)}x`],
  'tags that are closed in another order': ['well-formed', changed('</saml:NameID>', '</saml:Subject>')],
  'an attribute twice': ['well-formed', changed(' Version=', ' Version="2.0" Version=')],
  'an attribute without quotes': ['well-formed', changed('Version="2.0"', 'Version=2.0')],
  'an attribute with a tag in it': ['well-formed', changed('Version="2.0"', 'Version="<2.0"')],
  'a prefix that is not declared': ['prefix', changed('<samlp:Status>', '<q:x/><samlp:Status>')],
  HTML: ['HTML', changed('<samlp:Status>', '<script xmlns="http://www.w3.org/1999/xhtml"></script><samlp:Status>')],
  'elements in one another without end': ['too many', changed('<samlp:Status>', `${nested(10_000)}<samlp:Status>`)],
  'elements without end': ['too many', changed('<samlp:Status>', `${'<x/>'.repeat(10_000)}<samlp:Status>`)],
  'attributes without end': [
    'too many',
    changed(' Version=', `${Array.from({ length: 5_000 }, (_, i) => ` xmlns:x${i}="x"`).join('')} Version=`),
  ],
  'attributes without end, some in each element': [
    'too many attributes',
    changed('<samlp:Status>', `${'<x a="" b="" c="" d="" e=""/>'.repeat(1_000)}<samlp:Status>`),
  ],
  'UTF-16': ['UTF-8', (way, pair) => Buffer.from(`\ufeff${good(way, pair)}`, 'utf16le')],
  'a declaration of another encoding': [
    'UTF-8',
    (way, pair) => `<?xml version="1.0" encoding="UTF-7"?>${good(way, pair)}`,
  ],
  'bytes that are not UTF-8': [
    'UTF-8',
    (way, pair) => Buffer.concat([Buffer.from(good(way, pair)), Buffer.from([0x3c, 0xff, 0xfe])]),
  ],
  'overlong UTF-8': [
    'UTF-8',
    (way, pair) => {
      const [head = '', tail = ''] = good(way, pair).split('f3ab91');
      return Buffer.concat([Buffer.from(head), Buffer.from([0xc0, 0xbc]), Buffer.from(tail)]);
    },
  ],
  'a Response of more than 256 KB': [
    'too large',
    (way, pair) => good(way, pair, { values: { uid: ['x'.repeat(300_000)] } }),
  ],
};

refuses('what is not strict XML', notStrict);
