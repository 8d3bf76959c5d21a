/** What an assertion must say to let somebody in (SAML Profiles 4.1.4.3), and what of it is passed on. */
import type { Arrival } from '../provider.ts';
import { BEARER, DS, SAML } from './names.ts';
import { refused, shown } from './refused.ts';
import { requireIssuer, requireVersion } from './response.ts';
import { idOf, requireSignatures, requireUniqueIds } from './signature.ts';
import { requireFresh, requireWithin, timeOf, type Window } from './time.ts';
import { childrenOf, everyElement, is, onlyChild, type XmlElement } from './xml.ts';

export interface ExpectedAssertion {
  provider: string;
  /** entityID of the provider, and ours. */
  issuer: string;
  audience: string;
  /** Where the assertion may be handed in. */
  recipient: string;
  window: Window;
}

export interface ReadAssertion {
  id: string;
  /** ms since 1970 until which it could be handed in once more. */
  until: number;
  inResponseTo: string | undefined;
  arrival: Arrival;
}

/** The NameID as logging out has to name it again. */
export interface Subject {
  nameId: string;
  format?: string;
  nameQualifier?: string;
  spNameQualifier?: string;
}

const PARTS = ['Issuer', 'Subject', 'Conditions', 'Advice', 'AuthnStatement', 'AttributeStatement'];
const LONGEST_NAME = 1024;

/** Whether an assertion is signed by itself. Throws `sso.refused` for a signature of a kind that is not taken. */
export function isSignedAssertion(assertion: XmlElement, allowSha1: boolean): boolean {
  requireUniqueIds(assertion);
  return requireSignatures(assertion, [assertion], allowSha1).length > 0;
}

/** Reads an assertion whose signature fits. Throws `sso.refused`. */
export function readAssertion(assertion: XmlElement, expected: ExpectedAssertion): ReadAssertion {
  const { provider, issuer, window } = expected;
  if (!is(assertion, SAML, 'Assertion')) throw refused('It is no assertion.');
  const other = assertion.children.find(
    (child) => !is(child, DS, 'Signature') && !PARTS.some((name) => is(child, SAML, name)),
  );
  if (other) throw refused(`Assertion holds ${shown(other.name)}.`);
  const nested = [...everyElement(assertion)].filter(({ name }) => ['Assertion', 'EncryptedAssertion'].includes(name));
  if (nested.length > 1) throw refused('It holds several assertions.');
  requireVersion(assertion);
  requireIssuer(assertion, issuer);
  const stale = requireFresh(window, assertion.attributes.get('IssueInstant'));
  const over = requireConditions(assertion, expected);
  const subject = onlyChild(assertion, SAML, 'Subject');
  const confirmed = requireConfirmation(subject, expected);
  const { index, ends } = readAuthentication(assertion, window);
  const named = subjectOf(onlyChild(subject, SAML, 'NameID'));
  return {
    id: idOf(assertion),
    until: Math.min(stale, Math.max(over, confirmed.until) + window.skew),
    inResponseTo: confirmed.inResponseTo,
    arrival: {
      origin: {
        provider,
        subject: named.nameId,
        ...(index !== undefined && { index }),
        hint: JSON.stringify(named),
      },
      attributes: attributesOf(assertion),
      ...(ends !== undefined && { ends }),
    },
  };
}

/** Gives when the conditions are over. */
function requireConditions(assertion: XmlElement, { audience, window }: ExpectedAssertion): number {
  const conditions = onlyChild(assertion, SAML, 'Conditions');
  // SAML Core 2.5.1.1: with a condition that is not understood nothing can be said of the validity.
  const known = ['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction'];
  const other = conditions.children.find((child) => !known.some((name) => is(child, SAML, name)));
  if (other) throw refused(`It is under a condition that is not known: ${shown(other.name)}.`);
  const until = requireTimes(conditions, window);
  const restrictions = childrenOf(conditions, SAML, 'AudienceRestriction');
  if (restrictions.length === 0) throw refused('It is for whatever audience.');
  for (const restriction of restrictions) {
    const audiences = childrenOf(restriction, SAML, 'Audience');
    if (!audiences.some(({ text }) => text === audience)) throw refused('It is for another audience.');
  }
  return until;
}

/** Whoever bears it is let in: then until when, where and in answer to what has to be said, each time that it says "bearer". */
function requireConfirmation(
  subject: XmlElement,
  { recipient, window }: ExpectedAssertion,
): { until: number; inResponseTo: string | undefined } {
  const bearers = childrenOf(subject, SAML, 'SubjectConfirmation').filter(
    ({ attributes }) => attributes.get('Method') === BEARER,
  );
  const data = bearers.map((bearer) => onlyChild(bearer, SAML, 'SubjectConfirmationData'));
  const [first] = data;
  if (!first) throw refused('It is not for a bearer.');
  const inResponseTo = first.attributes.get('InResponseTo');
  const ends = data.map((each) => {
    if (each.attributes.get('Recipient') !== recipient) throw refused('Its Recipient is not this address.');
    if (each.attributes.get('InResponseTo') !== inResponseTo) throw refused('It answers several requests.');
    return requireTimes(each, window);
  });
  return { until: Math.max(...ends), inResponseTo };
}

function requireTimes({ name, attributes }: XmlElement, window: Window): number {
  const notOnOrAfter = timeOf(attributes.get('NotOnOrAfter'), 'NotOnOrAfter');
  if (notOnOrAfter === undefined) throw refused(`${name} has no NotOnOrAfter.`);
  requireWithin(window, timeOf(attributes.get('NotBefore'), 'NotBefore'), notOnOrAfter);
  return notOnOrAfter;
}

function readAuthentication(assertion: XmlElement, window: Window): { index: string | undefined; ends?: number } {
  const { attributes } = onlyChild(assertion, SAML, 'AuthnStatement');
  const instant = timeOf(attributes.get('AuthnInstant'), 'AuthnInstant');
  if (instant === undefined) throw refused('It does not say when the person was authenticated.');
  if (instant > window.now + window.skew) throw refused('The person was authenticated in the future.');
  const index = attributes.get('SessionIndex');
  const ends = timeOf(attributes.get('SessionNotOnOrAfter'), 'SessionNotOnOrAfter');
  if (ends === undefined) return { index };
  requireWithin(window, undefined, ends);
  return { index, ends };
}

/** A NameID without its attributes would be somebody else's. Throws `sso.refused`. */
export function subjectOf(nameId: XmlElement): Subject {
  const { text, children, attributes } = nameId;
  if (text.trim() === '' || text.length > LONGEST_NAME || children.length > 0)
    throw refused('The NameID is not a name.');
  const optional = { format: 'Format', nameQualifier: 'NameQualifier', spNameQualifier: 'SPNameQualifier' };
  const given = Object.entries(optional).flatMap(([key, name]) => {
    const value = attributes.get(name);
    return value === undefined ? [] : [[key, value]];
  });
  return { nameId: text, ...Object.fromEntries(given) };
}

/** A value is text, or one element with a text (eduPersonTargetedID holds a NameID). Text around elements would be read as one. */
function textOf({ text, children }: XmlElement): string[] {
  const [only, ...more] = children;
  if (only === undefined) return [text];
  return more.length === 0 && only.children.length === 0 && only.text.trim() === text.trim() ? [only.text] : [];
}

/** Several elements of one name are one attribute with several values. */
function attributesOf(assertion: XmlElement): Record<string, string[]> {
  const found = new Map<string, string[]>();
  for (const statement of childrenOf(assertion, SAML, 'AttributeStatement')) {
    for (const attribute of childrenOf(statement, SAML, 'Attribute')) {
      const name = attribute.attributes.get('Name');
      if (name === undefined) throw refused('An attribute has no name.');
      const values = childrenOf(attribute, SAML, 'AttributeValue').flatMap(textOf);
      found.set(name, [...(found.get(name) ?? []), ...values]);
    }
  }
  return Object.fromEntries(found);
}
