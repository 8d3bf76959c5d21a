/** Answers whose signature is right, and which say something that lets nobody in. */
import type { Pair } from './keys.ts';
import {
  type AssertionOptions,
  inSeconds,
  logoutResponseXml,
  newId,
  type ResponseOptions,
  responseXml,
  sign,
} from './messages.ts';
import { type Make, type Refused, refuses } from './refusing.ts';
import { goodResponse, SITE_URL } from './site.ts';

/** A right answer but for this. */
const saying =
  (assertion: AssertionOptions, response: ResponseOptions = {}): Make =>
  (way, _, { idp }) =>
    goodResponse(idp, way, assertion, response);

const audience = (...names: string[]): string =>
  `<saml:AudienceRestriction>${names.map((name) => `<saml:Audience>${name}</saml:Audience>`).join('')}</saml:AudienceRestriction>`;

const OURS = `${SITE_URL}/sso/idp/metadata`;
const RESPONDER = 'urn:oasis:names:tc:SAML:2.0:status:Responder';
const FAILED = 'urn:oasis:names:tc:SAML:2.0:status:AuthnFailed';

const confirmation = (attributes: string): string =>
  `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData ${attributes}/></saml:SubjectConfirmation>`;

/** With one more confirmation in it. */
const confirmedTwice =
  (attributes: (inResponseTo: string | undefined) => string): Make =>
  (way, _, { idp }) => {
    const nameId = `f3ab91</saml:NameID>${confirmation(attributes(way.inResponseTo))}<saml:NameID>`;
    const xml = goodResponse(idp, way, { nameId }).replace('<saml:NameID></saml:NameID>', '');
    return xml;
  };

/** A Response whose signature was left out, signed. */
const resigned = (xml: string, pair: Pair): string => sign(xml, 'Assertion', pair);

const claims: Record<string, Refused> = {
  'another audience': ['audience', saying({ audience: 'https://elsewhere.test' })],
  'the audience of another provider of ours': ['audience', saying({ audience: `${SITE_URL}/sso/other/metadata` })],
  'no audience restriction': ['no AudienceRestriction', saying({ restrictions: '' })],
  'an audience restriction without audience': ['has no Audience', saying({ restrictions: audience() })],
  'two audience restrictions of which one is for others': [
    'audience',
    saying({ restrictions: audience(OURS) + audience('https://elsewhere.test') }),
  ],
  'a condition that is not known': ['condition', saying({ conditions: '<saml:Condition/>' })],
  'another destination': ['Destination', saying({}, { destination: 'https://elsewhere.test/acs' })],
  'the destination of another provider of ours': [
    'Destination',
    saying({}, { destination: `${SITE_URL}/sso/other/acs` }),
  ],
  'a destination that ours is the beginning of': [
    'Destination',
    saying({}, { destination: `${SITE_URL}/sso/idp/acs/` }),
  ],
  'a signed Response without a destination': [
    'Destination',
    (way, pair, { idp }) => sign(goodResponse(idp, way, {}, { destination: undefined }), 'Response', pair),
  ],
  'another recipient': ['Recipient', saying({ recipient: 'https://elsewhere.test/acs' })],
  'no recipient': ['Recipient', saying({ recipient: undefined })],
  'another issuer of the Response': ['Issuer of Response', saying({}, { issuer: 'https://elsewhere.test' })],
  'another issuer of the assertion': ['Issuer of Assertion', saying({ issuer: 'https://elsewhere.test' })],
  'an issuer with a space': ['Issuer of Assertion', saying({ issuer: ' https://idp.test/metadata' })],
  'a signed Response without an issuer': [
    'no Issuer',
    (way, pair, { idp }) =>
      sign(goodResponse(idp, way), 'Response', pair).replace(/<saml:Issuer>[^<]*<\/saml:Issuer>/, ''),
  ],
  'conditions that are over': ['expired', saying({ notOnOrAfter: inSeconds(-61) })],
  'conditions that do not hold yet': ['not yet valid', saying({ notBefore: inSeconds(600) })],
  'conditions without an end': ['NotOnOrAfter', saying({ notOnOrAfter: undefined })],
  'a confirmation that is over': ['expired', saying({ confirmedUntil: inSeconds(-61) })],
  'a confirmation without an end': ['NotOnOrAfter', saying({ confirmedUntil: undefined })],
  'a time without a time zone': ['not a time', saying({ notOnOrAfter: inSeconds(300).slice(0, -1) })],
  'a time that is none': ['NotOnOrAfter', saying({ notOnOrAfter: 'tomorrow' })],
  'a Response made in the future': ['future', saying({}, { issueInstant: inSeconds(600) })],
  'a Response made long ago': ['long ago', saying({}, { issueInstant: inSeconds(-3700) })],
  'an assertion made in the future': ['future', saying({ issueInstant: inSeconds(600) })],
  'an assertion made long ago': ['long ago', saying({ issueInstant: inSeconds(-3700) })],
  'an assertion made at no time': ['IssueInstant', saying({ issueInstant: undefined })],
  'a session that is over': ['expired', saying({ sessionEnds: inSeconds(-61) })],
  'an assertion that is not for a bearer': [
    'bearer',
    saying({ method: 'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key' }),
  ],
  'a second confirmation without an end': [
    'NotOnOrAfter',
    confirmedTwice((id) => `Recipient="${SITE_URL}/sso/idp/acs" InResponseTo="${id}"`),
  ],
  'a second confirmation for others': [
    'Recipient',
    confirmedTwice((id) => `Recipient="https://elsewhere.test" InResponseTo="${id}" NotOnOrAfter="${inSeconds(300)}"`),
  ],
  'a second confirmation that answers something else': [
    'several requests',
    confirmedTwice(() => `Recipient="${SITE_URL}/sso/idp/acs" InResponseTo="_x" NotOnOrAfter="${inSeconds(300)}"`),
  ],
  'an assertion that answers another request than its Response': [
    'different requests',
    saying({ inResponseTo: newId() }),
  ],
  'a Response that answers nothing around an assertion that does': [
    'Nobody asked for it',
    saying({}, { inResponseTo: undefined }),
  ],
  'a Response that answers, around an assertion that does not': [
    'different requests',
    saying({ inResponseTo: undefined }),
  ],
  'what nobody asked for': ['Nobody asked', saying({ inResponseTo: undefined }, { inResponseTo: undefined })],
  'an assertion without a name in it': ['NameID', saying({ nameId: ' ' })],
  'a NameID of elements': ['NameID', saying({ nameId: '<saml:NameID>x</saml:NameID>' })],
  'an attribute without a name': [
    'no name',
    saying({ more: '<saml:AttributeStatement><saml:Attribute/></saml:AttributeStatement>' }),
  ],
  'no authentication': [
    'no AuthnStatement',
    (way, pair, { idp }) => {
      // Left out before it is signed.
      const xml = goodResponse(idp, way).replace(/<ds:Signature.*<\/ds:Signature>/s, '');
      return resigned(xml.replace(/<saml:AuthnStatement.*<\/saml:AuthnStatement>/, ''), pair);
    },
  ],
  'two subjects': [
    'several Subject',
    (way, pair, { idp }) => {
      const xml = goodResponse(idp, way).replace(/<ds:Signature.*<\/ds:Signature>/s, '');
      return resigned(xml.replace('<saml:Conditions', '<saml:Subject/><saml:Conditions'), pair);
    },
  ],
  'SAML 1.1': ['SAML 2.0', saying({}, { version: '1.1' })],
  'a status that is not success, with an assertion all the same': [
    'AuthnFailed',
    saying({}, { status: [RESPONDER, FAILED] }),
  ],
  'somebody who pressed "cancel" at the provider': [
    'AuthnFailed',
    (way) => responseXml(way, '', { status: [RESPONDER, FAILED] }),
  ],
  'success without an assertion': ['no assertion', (way) => responseXml(way, '')],
  'a LogoutResponse': ['no Response', (way) => logoutResponseXml({ issuer: way.issuer, slo: way.acs })],
};

refuses('an answer that says something wrong', claims);
