/** Signature wrapping: the eight ways of Somorovsky et al., "On Breaking SAML" (2012), as SAML Raider numbers them. */
import type { Pair } from './keys.ts';
import { type AssertionOptions, assertionXml, inSeconds, newId, responseXml, sign, type Way } from './messages.ts';
import { type Refused, refuses } from './refusing.ts';

const ATTACKER = { nameId: 'admin', values: { uid: ['RIO-ADMIN'], sn: ['Admin'] } };

const SIGNATURE = /<ds:Signature.*?<\/ds:Signature>/s;
const signatureIn = (xml: string): string => SIGNATURE.exec(xml)?.[0] ?? '';
const unsigned = (xml: string): string => xml.replace(SIGNATURE, '');
const assertionIn = (xml: string): string => /<saml:Assertion.*<\/saml:Assertion>/s.exec(xml)?.[0] ?? '';
const inObject = (xml: string): string => `<ds:Object xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${xml}</ds:Object>`;

/** Puts something into the end of a signature. */
const intoSignature = (signature: string, xml: string): string =>
  signature.replace('</ds:Signature>', () => `${xml}</ds:Signature>`);
const behindIssuer = (xml: string, more: string): string => xml.replace('</saml:Issuer>', (end) => `${end}${more}`);

/** The whole Response is signed, and the assertion too. */
const signedResponse = (way: Way, pair: Pair): string =>
  sign(sign(responseXml(way, assertionXml(way)), 'Assertion', pair), 'Response', pair);

/** What the attacker wants to be believed; `id` as that of the signed one, or another. */
const evilAssertion = (way: Way, id = newId()): string => assertionXml(way, { ...ATTACKER, id });

const goodResponseOf = (way: Way, pair: Pair, options: AssertionOptions = {}): string =>
  sign(responseXml(way, assertionXml(way, options)), 'Assertion', pair);

const wrappings: Record<string, Refused> = {
  'XSW1: the signed Response inside the signature of a forged one': [
    'several assertions',
    (way, pair) => {
      const original = sign(responseXml(way, assertionXml(way)), 'Response', pair);
      const evil = responseXml(way, evilAssertion(way));
      return behindIssuer(evil, intoSignature(signatureIn(original), unsigned(original)));
    },
  ],
  'XSW2: the signed Response beside the signature of a forged one': [
    'Response holds Response',
    (way, pair) => {
      const original = sign(responseXml(way, assertionXml(way)), 'Response', pair);
      const evil = responseXml(way, evilAssertion(way));
      return behindIssuer(evil, unsigned(original) + signatureIn(original));
    },
  ],
  'XSW3: a forged assertion before the signed one': [
    'several assertions',
    (way, pair) => {
      const original = assertionIn(sign(responseXml(way, assertionXml(way)), 'Assertion', pair));
      return responseXml(way, evilAssertion(way) + original);
    },
  ],
  'XSW4: the signed assertion inside a forged one': [
    'several assertions',
    (way, pair) => {
      const original = assertionIn(sign(responseXml(way, assertionXml(way)), 'Assertion', pair));
      return responseXml(way, evilAssertion(way).replace('</saml:Assertion>', `${original}</saml:Assertion>`));
    },
  ],
  'XSW5: the signature moved to a forged assertion, the signed one behind it': [
    'several assertions',
    (way, pair) => {
      const original = assertionIn(sign(responseXml(way, assertionXml(way)), 'Assertion', pair));
      const evil = behindIssuer(evilAssertion(way), signatureIn(original));
      return responseXml(way, evil + unsigned(original));
    },
  ],
  'XSW6: the signed assertion inside the signature of a forged one': [
    'several assertions',
    (way, pair) => {
      const original = assertionIn(sign(responseXml(way, assertionXml(way)), 'Assertion', pair));
      return responseXml(
        way,
        behindIssuer(evilAssertion(way), intoSignature(signatureIn(original), unsigned(original))),
      );
    },
  ],
  'XSW7: a forged assertion with the same ID in Extensions': [
    'same ID',
    (way, pair) => {
      const id = newId();
      const signed = sign(responseXml(way, assertionXml(way, { id })), 'Assertion', pair);
      return behindIssuer(signed, `<samlp:Extensions>${evilAssertion(way, id)}</samlp:Extensions>`);
    },
  ],
  'XSW8: the signed assertion in an Object of the signature of a forged one': [
    'same ID',
    (way, pair) => {
      const id = newId();
      const original = assertionIn(sign(responseXml(way, assertionXml(way, { id })), 'Assertion', pair));
      const evil = behindIssuer(
        evilAssertion(way, id),
        intoSignature(signatureIn(original), inObject(unsigned(original))),
      );
      return responseXml(way, evil);
    },
  ],
  'a forged assertion with the ID of the signed one': [
    'same ID',
    (way, pair) => {
      const id = newId();
      const original = assertionIn(sign(responseXml(way, assertionXml(way, { id })), 'Assertion', pair));
      return responseXml(way, evilAssertion(way, id) + original);
    },
  ],
  'an element with the ID of the signed assertion under a prefix': [
    'same ID',
    (way, pair) => {
      const signed = goodResponseOf(way, pair);
      const id = /<saml:Assertion[^>]* ID="([^"]+)"/.exec(signed)?.[1];
      return signed.replace('<samlp:Status>', `<samlp:Status xmlns:x="urn:x" x:Id="${id}">`);
    },
  ],
  'a forged assertion in no namespace, which those see who look for the name alone': [
    'Response holds Assertion',
    (way, pair) => {
      const original = goodResponseOf(way, pair);
      const evil = evilAssertion(way).replaceAll('saml:', '').replaceAll('xmlns="urn', 'xmlns:x="urn');
      return original.replace('</samlp:Response>', () => `${evil}</samlp:Response>`);
    },
  ],
  'a signed assertion that another one is an attribute of': [
    'several assertions',
    (way, pair) =>
      goodResponseOf(way, pair, { values: { uid: [evilAssertion(way).replace('<saml:Issuer', '<saml:Issuer ')] } }),
  ],
  'a signed Response whose signed assertion was swapped': [
    'fits no key',
    (way, pair) => {
      const evil = assertionIn(sign(responseXml(way, evilAssertion(way)), 'Assertion', pair));
      return signedResponse(way, pair).replace(/<saml:Assertion.*<\/saml:Assertion>/s, () => evil);
    },
  ],
  'a signed Response around an assertion of another login': [
    'different requests',
    (way, pair) => {
      const elsewhere = assertionIn(
        sign(responseXml(way, assertionXml({ ...way, inResponseTo: newId() })), 'Assertion', pair),
      );
      return sign(responseXml(way, elsewhere), 'Response', pair);
    },
  ],
  'two signed assertions': [
    'several assertions',
    (way, pair) => {
      const [one, two] = [1, 2].map(() => assertionIn(sign(responseXml(way, assertionXml(way)), 'Assertion', pair)));
      return responseXml(way, `${one}${two}`);
    },
  ],
  'a second signature in the assertion': [
    'several Signature',
    (way, pair) => {
      const original = goodResponseOf(way, pair);
      return original.replace('</saml:Assertion>', () => `${signatureIn(original)}</saml:Assertion>`);
    },
  ],
  'a signature over another part of the assertion': [
    'not over the element',
    (way, pair) => {
      const more = '<saml:AttributeStatement ID="_part"/>';
      return goodResponseOf(way, pair, { more }).replace(/URI="#[^"]+"/, 'URI="#_part"');
    },
  ],
  'a signature over the whole document (an empty URI)': [
    'not over the element',
    (way, pair) => goodResponseOf(way, pair).replace(/URI="#[^"]+"/, 'URI=""'),
  ],
  'a second Response inside the first': [
    'Response holds Response',
    (way, pair) =>
      goodResponseOf(way, pair).replace('</samlp:Response>', () => `${responseXml(way, '')}</samlp:Response>`),
  ],
  'a signed assertion that was changed': [
    'fits no key',
    (way, pair) => goodResponseOf(way, pair).replace('>f3ab91<', '>admin<'),
  ],
  'a signed Response that was changed around its signed assertion': [
    'fits no key',
    (way, pair) =>
      signedResponse(way, pair).replace(
        /(<samlp:Response[^>]* IssueInstant=")[^"]+/,
        (_, head) => head + inSeconds(-5),
      ),
  ],
};

refuses('signature wrapping', wrappings);
