/**
 * What a signature in a message may look like. Whether it fits is for node-saml and xml-crypto to say; they take whatever
 * algorithm and shape they can read, and this says which may come before them.
 */
import {
  DIGEST_SHA1,
  DIGEST_SHA256,
  DIGEST_SHA512,
  DS,
  ENVELOPED,
  EXC_C14N,
  RSA_PSS_SHA256,
  RSA_SHA1,
  RSA_SHA256,
  RSA_SHA512,
} from './names.ts';
import { refused, shown } from './refused.ts';
import { everyElement, is, onlyChild, optionalChild, type XmlElement } from './xml.ts';

// Those of which xml-crypto checks the signature, less HMAC: a certificate everybody knows would be its secret.
const SIGNATURES = [RSA_SHA256, RSA_SHA512, RSA_PSS_SHA256];
const DIGESTS = [DIGEST_SHA256, DIGEST_SHA512];

const ID = /^[A-Za-z_][\w.-]{0,199}$/;

/** The ID of a message or an assertion. Throws `sso.refused`. */
export function idOf(element: XmlElement): string {
  const id = element.attributes.get('ID');
  if (id === undefined || !ID.test(id)) throw refused(`${element.name} has no ID, or a bad one.`);
  return id;
}

/** No two elements of a message may be what a signature means. Throws `sso.refused`. */
export function requireUniqueIds(root: XmlElement): void {
  const seen = new Set<string>();
  for (const { attributes } of everyElement(root)) {
    for (const [name, id] of attributes) {
      if (!/(^|:)id$/i.test(name)) continue;
      if (seen.has(id)) throw refused('Two elements have the same ID.');
      seen.add(id);
    }
  }
}

/**
 * The signatures of a message are children of what they sign, `signers`, and each has the only shape that SAML needs
 * (SAML Core 5.4): over its parent as a whole. Gives which of `signers` have one. Throws `sso.refused`.
 */
export function requireSignatures(root: XmlElement, signers: readonly XmlElement[], allowSha1: boolean): XmlElement[] {
  const signed = signers.filter((signer) => {
    const signature = optionalChild(signer, DS, 'Signature');
    if (signature) requireShape(signature, idOf(signer), allowSha1);
    return signature !== undefined;
  });
  const all = [...everyElement(root)].filter(({ name }) => name === 'Signature');
  if (all.length !== signed.length) throw refused('It holds a signature where none belongs.');
  return signed;
}

function requireShape(signature: XmlElement, id: string, allowSha1: boolean): void {
  requireOnly(signature, 'SignedInfo', 'SignatureValue', 'KeyInfo');
  const signedInfo = onlyChild(signature, DS, 'SignedInfo');
  onlyChild(signature, DS, 'SignatureValue');
  optionalChild(signature, DS, 'KeyInfo');
  requireOnly(signedInfo, 'CanonicalizationMethod', 'SignatureMethod', 'Reference');
  requireAlgorithm(onlyChild(signedInfo, DS, 'CanonicalizationMethod'), [EXC_C14N]);
  const method = onlyChild(signedInfo, DS, 'SignatureMethod');
  requireAlgorithm(method, allowSha1 ? [...SIGNATURES, RSA_SHA1] : SIGNATURES);
  if (method.children.length > 0) throw refused('The signature has parameters.');
  const reference = onlyChild(signedInfo, DS, 'Reference');
  if (reference.attributes.get('URI') !== `#${id}`)
    throw refused('The signature is not over the element it stands in.');
  requireOnly(reference, 'Transforms', 'DigestMethod', 'DigestValue');
  requireAlgorithm(onlyChild(reference, DS, 'DigestMethod'), allowSha1 ? [...DIGESTS, DIGEST_SHA1] : DIGESTS);
  onlyChild(reference, DS, 'DigestValue');
  const { children } = onlyChild(reference, DS, 'Transforms');
  const [enveloped, canonical, ...more] = children;
  if (!enveloped || !canonical || more.length > 0) throw refused('The signature has other transforms than it needs.');
  requireAlgorithm(enveloped, [ENVELOPED]);
  requireAlgorithm(canonical, [EXC_C14N]);
}

function requireOnly(element: XmlElement, ...names: string[]): void {
  const other = element.children.find((child) => !names.some((name) => is(child, DS, name)));
  if (other) throw refused(`${element.name} holds ${shown(other.name)}.`);
}

/** Throws `sso.refused` unless the algorithm of an element is one of these. */
export function requireAlgorithm(element: XmlElement, allowed: readonly string[]): void {
  const algorithm = element.attributes.get('Algorithm');
  if (algorithm === undefined || !allowed.includes(algorithm)) {
    throw refused(`The algorithm ${shown(algorithm)} is not taken (${element.name}).`);
  }
}
