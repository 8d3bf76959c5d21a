/** What a provider tells of itself: read from its metadata (SAML Metadata 2.4.3). */
import { createPublicKey, hash, type KeyObject, X509Certificate } from 'node:crypto';
import { DS, MD, REDIRECT, SAMLP } from './names.ts';
import { timeOf } from './time.ts';
import { childrenOf, everyElement, is, parseDocument, type XmlElement } from './xml.ts';

/** A key that a provider signs with. */
export interface SigningKey {
  /** PEM of a certificate, or of a public key where the metadata have no certificate for it. */
  pem: string;
  /** SHA-256 of it (DER), in hex. */
  name: string;
  /** ms since 1970 */
  expires?: number;
}

export interface IdpMetadata {
  entityId: string;
  keys: SigningKey[];
  /** Where to send a browser for logging in, by redirect. */
  signOn: string;
  /** Where to send it for logging out, by redirect: with a request, and with a response. */
  logout?: { request: string; response: string };
  /** ms since 1970 after which none of this holds any more. */
  validUntil?: number;
  /** ms after which to ask again. */
  cacheDuration?: number;
}

const FEWEST_BITS = 2048;

/**
 * Reads metadata of one provider, or of several of which `entityId` chooses one. Throws Error with a sentence that says
 * what is missing.
 */
export function readIdpMetadata(text: string, entityId?: string): IdpMetadata {
  const { entity, around } = entityOf(parseDocument(text), entityId);
  const role = rolesOf(entity)[0];
  if (role === undefined) throw new Error('They describe no identity provider of SAML 2.0.');
  const name = entity.attributes.get('entityID');
  if (name === undefined || name === '') throw new Error('They have no entityID.');
  const keys = keysOf(role);
  if (keys.length === 0) throw new Error('They have no RSA key of at least 2048 bits to check signatures with.');
  const signOn = locationOf(role, 'SingleSignOnService');
  if (signOn === undefined) throw new Error('They have no SingleSignOnService by HTTP-Redirect.');
  const logout = locationOf(role, 'SingleLogoutService');
  const dated = [...around, entity, role];
  const validUntil = least(dated.map(({ attributes }) => timeOf(attributes.get('validUntil'), 'validUntil')));
  const cacheDuration = least(dated.map(({ attributes }) => durationOf(attributes.get('cacheDuration'))));
  return {
    entityId: name,
    keys,
    signOn: signOn.request,
    ...(logout && { logout }),
    ...(validUntil !== undefined && { validUntil }),
    ...(cacheDuration !== undefined && { cacheDuration }),
  };
}

function rolesOf(entity: XmlElement): XmlElement[] {
  return childrenOf(entity, MD, 'IDPSSODescriptor').filter(({ attributes }) =>
    attributes.get('protocolSupportEnumeration')?.split(/\s+/).includes(SAMLP),
  );
}

/** The provider meant, and what it stands in. */
function entityOf(root: XmlElement, entityId: string | undefined): { entity: XmlElement; around: XmlElement[] } {
  const found = entitiesIn(root, []).filter(({ entity }) =>
    entityId === undefined ? rolesOf(entity).length > 0 : entity.attributes.get('entityID') === entityId,
  );
  const [first, ...more] = found;
  if (!first)
    throw new Error(`They describe no ${entityId === undefined ? 'identity provider' : 'entity of that entityId'}.`);
  if (more.length > 0) throw new Error('They describe several: say which by entityId.');
  return first;
}

function entitiesIn(element: XmlElement, around: XmlElement[]): { entity: XmlElement; around: XmlElement[] }[] {
  if (is(element, MD, 'EntityDescriptor')) return [{ entity: element, around }];
  if (!is(element, MD, 'EntitiesDescriptor')) return [];
  return element.children.flatMap((child) => entitiesIn(child, [...around, element]));
}

/** Certificates and keys for signing, or for whatever use; those that cannot be used are left out. */
function keysOf(role: XmlElement): SigningKey[] {
  const found = childrenOf(role, MD, 'KeyDescriptor')
    .filter(({ attributes }) => (attributes.get('use') ?? 'signing') === 'signing')
    .flatMap((descriptor) => childrenOf(descriptor, DS, 'KeyInfo'))
    .flatMap((info) => {
      const certificates = elementsIn(info, 'X509Certificate').flatMap(certificateOf);
      return certificates.length > 0 ? certificates : elementsIn(info, 'RSAKeyValue').flatMap(keyValueOf);
    });
  return [...new Map(found.map((key) => [key.name, key])).values()];
}

const elementsIn = (info: XmlElement, name: string): XmlElement[] =>
  [...everyElement(info)].filter((element) => is(element, DS, name));

const isStrong = (key: KeyObject): boolean =>
  key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= FEWEST_BITS;

function certificateOf({ text }: XmlElement): SigningKey[] {
  try {
    const certificate = new X509Certificate(Buffer.from(text, 'base64'));
    if (!isStrong(certificate.publicKey)) return [];
    const name = hash('sha256', certificate.raw, 'hex');
    return [{ pem: certificate.toString(), name, expires: Date.parse(certificate.validTo) }];
  } catch {
    return [];
  }
}

/** LemonLDAP::NG, when it was given a bare key, publishes that. */
function keyValueOf(value: XmlElement): SigningKey[] {
  const part = (name: string): string =>
    Buffer.from(childrenOf(value, DS, name)[0]?.text ?? '', 'base64').toString('base64url');
  try {
    const key = createPublicKey({ key: { kty: 'RSA', n: part('Modulus'), e: part('Exponent') }, format: 'jwk' });
    if (!isStrong(key)) return [];
    const name = hash('sha256', key.export({ type: 'spki', format: 'der' }), 'hex');
    return [{ pem: key.export({ type: 'spki', format: 'pem' }).toString(), name }];
  } catch {
    return [];
  }
}

/** Addresses by redirect: a form that sends itself by POST needs a script, which our pages do not have. */
function locationOf(role: XmlElement, name: string): { request: string; response: string } | undefined {
  for (const { attributes } of childrenOf(role, MD, name)) {
    const location = attributes.get('Location');
    if (attributes.get('Binding') !== REDIRECT || !isWebAddress(location)) continue;
    const response = attributes.get('ResponseLocation');
    return { request: location, response: isWebAddress(response) ? response : location };
  }
  return undefined;
}

function isWebAddress(text: string | undefined): text is string {
  return text !== undefined && /^https?:\/\//i.test(text) && URL.canParse(text);
}

// xs:duration with its usual parts; months and years in metadata are longer than we ever wait.
const DURATION = /^P(?:(\d{1,4})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,10})(?:\.\d+)?S)?)?$/;

function durationOf(text: string | undefined): number | undefined {
  const found = text === undefined ? null : DURATION.exec(text);
  if (!found) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

function least(numbers: (number | undefined)[]): number | undefined {
  const given = numbers.filter((number) => number !== undefined);
  return given.length === 0 ? undefined : Math.min(...given);
}
