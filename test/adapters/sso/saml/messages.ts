/** Messages of an identity provider, right or as wrong as somebody could want them. */
import { createSign, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import { SignedXml } from 'xml-crypto';
import { encrypt } from 'xml-encryption';
import type { Pair } from './keys.ts';

const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion';
const SAMLP = 'urn:oasis:names:tc:SAML:2.0:protocol';
const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';
const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';
const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';
const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';
const DS = 'http://www.w3.org/2000/09/xmldsig#';
const XENC = 'http://www.w3.org/2001/04/xmlenc#';
const EXC_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';

export const newId = (): string => `_${randomBytes(16).toString('hex')}`;

/** A time, so many seconds from now. */
export const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();

const attributes = (given: Record<string, string | undefined>): string =>
  Object.entries(given)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${value}"`]))
    .join('');

/** Undefined leaves an attribute out. */
export interface AssertionOptions {
  id?: string;
  issuer?: string;
  issueInstant?: string | undefined;
  /** XML inside NameID. */
  nameId?: string;
  recipient?: string | undefined;
  inResponseTo?: string | undefined;
  confirmedUntil?: string | undefined;
  method?: string;
  notBefore?: string | undefined;
  notOnOrAfter?: string | undefined;
  /** XML of all restrictions. */
  restrictions?: string;
  /** XML of more conditions. */
  conditions?: string;
  audience?: string;
  sessionIndex?: string | undefined;
  sessionEnds?: string | undefined;
  /** XML inside each AttributeValue, by name. */
  values?: Record<string, string[]>;
  /** XML at the end. */
  more?: string;
}

/** Where a message goes, and what it answers. */
export interface Way {
  issuer: string;
  /** Addresses of the service provider. */
  acs: string;
  audience: string;
  inResponseTo?: string | undefined;
}

export function assertionXml(way: Way, options: AssertionOptions = {}): string {
  const given = {
    id: newId(),
    issuer: way.issuer,
    issueInstant: inSeconds(0),
    nameId: 'f3ab91',
    recipient: way.acs,
    inResponseTo: way.inResponseTo,
    confirmedUntil: inSeconds(300),
    method: BEARER,
    notBefore: inSeconds(-30),
    notOnOrAfter: inSeconds(300),
    audience: way.audience,
    conditions: '',
    sessionIndex: 'session-1' as string | undefined,
    values: { uid: ['RIO-001'], sn: ['Élève'], givenName: ['Hélène'] } as Record<string, string[]>,
    more: '',
    ...options,
  };
  const restrictions =
    options.restrictions ??
    `<saml:AudienceRestriction><saml:Audience>${given.audience}</saml:Audience></saml:AudienceRestriction>`;
  const data = attributes({
    InResponseTo: given.inResponseTo,
    NotOnOrAfter: given.confirmedUntil,
    Recipient: given.recipient,
  });
  const statement = Object.entries(given.values)
    .map(([name, values]) => {
      const inside = values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join('');
      return `<saml:Attribute Name="${name}">${inside}</saml:Attribute>`;
    })
    .join('');
  return (
    `<saml:Assertion xmlns:saml="${SAML}"${attributes({ ID: given.id, Version: '2.0', IssueInstant: given.issueInstant })}>` +
    `<saml:Issuer>${given.issuer}</saml:Issuer>` +
    `<saml:Subject><saml:NameID Format="${PERSISTENT}">${given.nameId}</saml:NameID>` +
    `<saml:SubjectConfirmation Method="${given.method}"><saml:SubjectConfirmationData${data}/></saml:SubjectConfirmation></saml:Subject>` +
    `<saml:Conditions${attributes({ NotBefore: given.notBefore, NotOnOrAfter: given.notOnOrAfter })}>${restrictions}${given.conditions}</saml:Conditions>` +
    `<saml:AuthnStatement${attributes({ AuthnInstant: inSeconds(0), SessionIndex: given.sessionIndex, SessionNotOnOrAfter: options.sessionEnds })}>` +
    '<saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>' +
    `<saml:AttributeStatement>${statement}</saml:AttributeStatement>${given.more}</saml:Assertion>`
  );
}

export interface ResponseOptions {
  id?: string;
  issuer?: string;
  destination?: string | undefined;
  inResponseTo?: string | undefined;
  issueInstant?: string;
  /** Status codes, the general one first. */
  status?: string[];
  version?: string;
}

export function responseXml(way: Way, inside: string, options: ResponseOptions = {}): string {
  const given = {
    id: newId(),
    issuer: way.issuer,
    destination: way.acs as string | undefined,
    inResponseTo: way.inResponseTo,
    issueInstant: inSeconds(0),
    status: [SUCCESS],
    version: '2.0',
    ...options,
  };
  const status = given.status.reduceRight(
    (within, code) => `<samlp:StatusCode Value="${code}">${within}</samlp:StatusCode>`,
    '',
  );
  const head = attributes({
    ID: given.id,
    Version: given.version,
    IssueInstant: given.issueInstant,
    Destination: given.destination,
    InResponseTo: given.inResponseTo,
  });
  return (
    `<samlp:Response xmlns:samlp="${SAMLP}" xmlns:saml="${SAML}"${head}><saml:Issuer>${given.issuer}</saml:Issuer>` +
    `<samlp:Status>${status}</samlp:Status>${inside}</samlp:Response>`
  );
}

export interface SignOptions {
  signature?: string;
  digest?: string;
  transforms?: string[];
  canonicalization?: string;
  /** By HMAC, with what was given as key. */
  hmac?: boolean;
}

/** Signs the element of this name (the root, or the one assertion in it); the signature comes behind its Issuer. */
export function sign(xml: string, name: string, { key, certificate }: Pair, options: SignOptions = {}): string {
  const signed = new SignedXml({
    privateKey: key,
    publicCert: certificate,
    signatureAlgorithm: options.signature ?? `${MORE}rsa-sha256`,
    canonicalizationAlgorithm: (options.canonicalization ?? EXC_C14N) as typeof EXC_C14N,
  });
  if (options.hmac) signed.enableHMAC();
  const xpath = `//*[local-name(.)='${name}']`;
  signed.addReference({
    xpath,
    transforms: options.transforms ?? [`${DS}enveloped-signature`, EXC_C14N],
    digestAlgorithm: options.digest ?? `${XENC}sha256`,
  });
  signed.computeSignature(xml, {
    prefix: 'ds',
    location: { reference: `${xpath}/*[local-name(.)='Issuer']`, action: 'after' },
  });
  return signed.getSignedXml();
}

export interface EncryptionOptions {
  cipher?: string;
  transport?: string;
}

/** An EncryptedAssertion that the certificate's owner can open. */
export async function encryptAssertion(
  assertion: string,
  certificate: string,
  options: EncryptionOptions = {},
): Promise<string> {
  const settings = {
    rsa_pub: certificate,
    pem: certificate,
    encryptionAlgorithm: options.cipher ?? 'http://www.w3.org/2009/xmlenc11#aes256-gcm',
    keyEncryptionAlgorithm: options.transport ?? `${XENC}rsa-oaep-mgf1p`,
    warnInsecureAlgorithm: false,
  } as Parameters<typeof encrypt>[1];
  const data = await promisify<string, typeof settings, string>(encrypt)(assertion, settings);
  return `<saml:EncryptedAssertion xmlns:saml="${SAML}">${data}</saml:EncryptedAssertion>`;
}

export interface LogoutOptions {
  id?: string;
  issuer?: string;
  destination?: string | undefined;
  issueInstant?: string;
  notOnOrAfter?: string;
  nameId?: string;
  indexes?: string[];
}

export function logoutRequestXml(way: { issuer: string; slo: string }, options: LogoutOptions = {}): string {
  const given = {
    ...{ id: newId(), issuer: way.issuer, destination: way.slo as string | undefined, issueInstant: inSeconds(0) },
    ...{ notOnOrAfter: inSeconds(300), nameId: 'f3ab91', indexes: ['session-1'] },
    ...options,
  };
  const head = attributes({
    ID: given.id,
    Version: '2.0',
    IssueInstant: given.issueInstant,
    Destination: given.destination,
    NotOnOrAfter: given.notOnOrAfter,
  });
  const indexes = given.indexes.map((index) => `<samlp:SessionIndex>${index}</samlp:SessionIndex>`).join('');
  return (
    `<samlp:LogoutRequest xmlns:samlp="${SAMLP}" xmlns:saml="${SAML}"${head}><saml:Issuer>${given.issuer}</saml:Issuer>` +
    `<saml:NameID Format="${PERSISTENT}">${given.nameId}</saml:NameID>${indexes}</samlp:LogoutRequest>`
  );
}

export function logoutResponseXml(
  way: { issuer: string; slo: string },
  options: { inResponseTo?: string; issuer?: string; destination?: string; status?: string } = {},
): string {
  const { inResponseTo = newId(), issuer = way.issuer, destination = way.slo, status = SUCCESS } = options;
  const head = attributes({
    ID: newId(),
    Version: '2.0',
    IssueInstant: inSeconds(0),
    Destination: destination,
    InResponseTo: inResponseTo,
  });
  return (
    `<samlp:LogoutResponse xmlns:samlp="${SAMLP}" xmlns:saml="${SAML}"${head}><saml:Issuer>${issuer}</saml:Issuer>` +
    `<samlp:Status><samlp:StatusCode Value="${status}"/></samlp:Status></samlp:LogoutResponse>`
  );
}

/** The query that carries a message by redirect, signed with the key (PEM) where one is given. */
export function queryOf(
  kind: 'SAMLRequest' | 'SAMLResponse',
  xml: string,
  key?: string,
  {
    relayState,
    algorithm = `${MORE}rsa-sha256`,
    hash = 'sha256',
  }: { relayState?: string; algorithm?: string; hash?: string } = {},
): string {
  // A browser writes apostrophes so, whatever it was given.
  const part = (name: string, value: string): string => `${name}=${encodeURIComponent(value).replaceAll("'", '%27')}`;
  const parts = [part(kind, deflateRawSync(xml).toString('base64'))];
  if (relayState !== undefined) parts.push(part('RelayState', relayState));
  if (key === undefined) return parts.join('&');
  parts.push(part('SigAlg', algorithm));
  const signed = parts.join('&');
  return `${signed}&${part('Signature', createSign(hash).update(signed).sign(key, 'base64'))}`;
}
