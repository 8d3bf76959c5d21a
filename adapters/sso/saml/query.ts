/** Messages in addresses (HTTP-Redirect, SAML Bindings 3.4): whose signature is over the octets as they were sent. */
import { createSign, createVerify } from 'node:crypto';
import { decodeBase64, decodeText, inflate } from './decode.ts';
import type { SigningKey } from './idp-metadata.ts';
import { RSA_SHA1, RSA_SHA256, RSA_SHA384, RSA_SHA512 } from './names.ts';
import { refused, shown } from './refused.ts';

/** A message as it came, by whichever way. */
export interface Sent {
  kind: 'SAMLRequest' | 'SAMLResponse';
  /** XML */
  text: string;
  /** Means something to the sender only, who gets it back. */
  relayState: string | undefined;
}

export interface SentByQuery extends Sent {
  /** What the signature is over. */
  signed: string;
  algorithm: string | undefined;
  signature: string | undefined;
}

const NAMES = ['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg', 'Signature', 'SAMLEncoding'];
const DEFLATE = 'urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE';
const HASHES: Readonly<Record<string, string>> = {
  [RSA_SHA256]: 'sha256',
  [RSA_SHA384]: 'sha384',
  [RSA_SHA512]: 'sha512',
};

/** Reads the query of an address (without "?"). Throws `sso.refused`. */
export function readQuery(query: string): SentByQuery {
  const raw = parametersOf(query);
  const value = (name: string): string | undefined => {
    const found = raw.get(name);
    return found === undefined ? undefined : decoded(found);
  };
  const kind = raw.has('SAMLRequest') ? 'SAMLRequest' : 'SAMLResponse';
  const message = value(kind);
  if (message === undefined || (raw.has('SAMLRequest') && raw.has('SAMLResponse'))) {
    throw refused('There is not one SAMLRequest or SAMLResponse.');
  }
  const encoding = value('SAMLEncoding');
  if (encoding !== undefined && encoding !== DEFLATE) throw refused(`The encoding ${shown(encoding)} is not taken.`);
  const signed = [kind, 'RelayState', 'SigAlg']
    .filter((name) => raw.has(name))
    .map((name) => `${name}=${raw.get(name)}`);
  return {
    kind,
    text: decodeText(inflate(decodeBase64(message))),
    relayState: value('RelayState'),
    signed: signed.join('&'),
    algorithm: value('SigAlg'),
    signature: value('Signature'),
  };
}

/** By name, each at most once, as they were sent. */
function parametersOf(query: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const part of query.split('&')) {
    const [, name = part, value = ''] = /^([^=]*)=(.*)$/s.exec(part) ?? [];
    const meant = decoded(name);
    if (!NAMES.includes(meant)) continue;
    // Written otherwise, a parameter would be one thing to us and another to whoever signed.
    if (meant !== name || found.has(name)) throw refused(`There is not one ${meant}.`);
    found.set(name, value);
  }
  return found;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', '%20'));
  } catch (cause) {
    throw refused('The address is not percent-encoded UTF-8.', cause);
  }
}

/** Whether one of the keys made the signature. Throws `sso.refused` where there is none, or by an algorithm that is not taken. */
export function isSignedBy(
  { signed, algorithm, signature }: SentByQuery,
  keys: readonly SigningKey[],
  allowSha1: boolean,
): boolean {
  if (signature === undefined || algorithm === undefined) throw refused('It is not signed.');
  const hash = allowSha1 && algorithm === RSA_SHA1 ? 'sha1' : HASHES[algorithm];
  if (hash === undefined) throw refused(`The algorithm ${shown(algorithm)} is not taken.`);
  const bytes = decodeBase64(signature);
  return keys.some(({ pem }) => createVerify(hash).update(signed).verify(pem, bytes));
}

/**
 * Signs the message in an address. node-saml would, but writes what it signs otherwise than what it sends, and both
 * otherwise than a browser does: a RelayState with an apostrophe would come to the provider with a signature that does not fit.
 */
export function signedAddress(address: string, key: string): string {
  const url = new URL(address);
  const written = (name: string, value: string): string => `${encoded(name)}=${encoded(value)}`;
  const isMessage = (name: string): boolean => name === 'SAMLRequest' || name === 'SAMLResponse';
  const all = [...url.searchParams];
  // What stands in the address by itself stays in front; then the order of SAML Bindings 3.4.4.1.
  const own = all.filter(([name]) => !isMessage(name) && name !== 'RelayState');
  const message = all.filter(([name]) => isMessage(name));
  const relayState = all.filter(([name]) => name === 'RelayState');
  const signed = [...message, ...relayState, ['SigAlg', RSA_SHA256] as const].map(([name, value]) =>
    written(name, value),
  );
  const signature = createSign('sha256').update(signed.join('&')).sign(key, 'base64');
  const query = [...own.map(([name, value]) => written(name, value)), ...signed, written('Signature', signature)];
  return `${url.origin}${url.pathname}?${query.join('&')}`;
}

/** With nothing left that somebody on the way could write otherwise. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
