/** What a Response must look like before anything in it is believed. */
import { DS, ENTITY, SAML, SAMLP, SUCCESS } from './names.ts';
import { refused, shown } from './refused.ts';
import { idOf, requireSignatures, requireUniqueIds } from './signature.ts';
import { requireFresh, type Window } from './time.ts';
import { childrenOf, everyElement, is, onlyChild, optionalChild, type XmlElement } from './xml.ts';

/** What every message of a provider is held against. */
export interface Expected {
  /** entityID of the provider. */
  issuer: string;
  /** Address of ours that the message came to. */
  destination: string;
  allowSha1: boolean;
  window: Window;
}

export interface ReadResponse {
  inResponseTo: string | undefined;
  /** Whether the Response is signed as a whole; then that signature has to fit too. */
  signed: boolean;
  /** An Assertion, or an EncryptedAssertion. */
  assertion: XmlElement;
}

/** Reads a Response. Throws `sso.refused`. Signatures are not checked yet: only where they stand, and of what kind they are. */
export function readResponse(root: XmlElement, expected: Expected): ReadResponse {
  if (!is(root, SAMLP, 'Response')) throw refused(`It is no Response, but ${shown(root.name)}.`);
  // SAML Profiles 4.1.4.2, Bindings 3.5.5.2: a Response names its issuer and its destination where it is signed, or its assertion
  // encrypted. The assertion says both in any case: Issuer, Recipient.
  const bare = optionalChild(root, DS, 'Signature') === undefined && childrenOf(root, SAML, 'Assertion').length === 1;
  requireMessage(root, expected, bare);
  requireSuccess(root);
  const allowed = [
    [SAML, 'Issuer'],
    [DS, 'Signature'],
    [SAMLP, 'Status'],
    [SAML, 'Assertion'],
    [SAML, 'EncryptedAssertion'],
  ] as const;
  const other = root.children.find((child) => !allowed.some(([namespace, name]) => is(child, namespace, name)));
  if (other) throw refused(`Response holds ${shown(other.name)}.`);
  const assertion = onlyAssertion(root);
  const signers = assertion.name === 'Assertion' ? [root, assertion] : [root];
  const signed = requireSignatures(root, signers, expected.allowSha1);
  return { inResponseTo: root.attributes.get('InResponseTo'), signed: signed.includes(root), assertion };
}

/**
 * What holds for a Response, LogoutRequest and LogoutResponse alike; `mayOmit`: Issuer and Destination need not be there, but
 * have to be right where they are. Throws `sso.refused`.
 */
export function requireMessage(root: XmlElement, expected: Expected, mayOmit = false): void {
  const { issuer, destination, window } = expected;
  requireUniqueIds(root);
  idOf(root);
  requireVersion(root);
  if (!mayOmit || optionalChild(root, SAML, 'Issuer') !== undefined) requireIssuer(root, issuer);
  const stated = root.attributes.get('Destination');
  // SAML Bindings 3.4.5.2 and 3.5.5.2: the recipient must verify that it matches the location at which the message was received.
  if (stated === undefined ? !mayOmit : stated !== destination) throw refused('Its Destination is not this address.');
  requireFresh(window, root.attributes.get('IssueInstant'));
}

export function requireVersion(element: XmlElement): void {
  if (element.attributes.get('Version') !== '2.0') throw refused(`${element.name} is not of SAML 2.0.`);
}

/** Throws `sso.refused` for another issuer, or none. */
export function requireIssuer(element: XmlElement, issuer: string): void {
  const found = onlyChild(element, SAML, 'Issuer');
  const format = found.attributes.get('Format');
  if (found.text !== issuer || found.children.length > 0 || (format !== undefined && format !== ENTITY)) {
    throw refused(`The Issuer of ${element.name} is not this provider.`);
  }
}

/** Somebody who pressed "cancel", for example, comes back with AuthnFailed. */
function requireSuccess(root: XmlElement): void {
  const codes = statusOf(root);
  if (codes[0] !== SUCCESS) throw refused(`The provider let nobody in: ${codes.map(shown).join(', ')}.`);
}

/** The status codes of a message, the general one first. */
export function statusOf(root: XmlElement): string[] {
  const codes: string[] = [];
  let parent: XmlElement | undefined = onlyChild(root, SAMLP, 'Status');
  while (parent) {
    parent = optionalChild(parent, SAMLP, 'StatusCode');
    if (parent) codes.push(parent.attributes.get('Value') ?? '');
  }
  return codes;
}

/** There is one assertion, wherever one looks and whatever namespace it pretends to be of: then nothing can be swapped. */
function onlyAssertion(root: XmlElement): XmlElement {
  const named = [...everyElement(root)].filter(({ name }) => ['Assertion', 'EncryptedAssertion'].includes(name));
  if (named.length > 1) throw refused('It holds several assertions.');
  const responses = [...everyElement(root)].filter(({ name }) => name === 'Response');
  if (responses.length > 1) throw refused('It holds several responses.');
  const found = root.children.find((child) => is(child, SAML, 'Assertion') || is(child, SAML, 'EncryptedAssertion'));
  if (!found) throw refused('It holds no assertion.');
  return found;
}
