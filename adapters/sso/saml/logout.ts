/** Single logout (SAML Profiles 4.4): the messages that come in, and those that go out. */
import type { Request } from 'express';
import type { Origin } from '../../../lrs/index.ts';
import type { Tell } from '../../../web/index.ts';
import type { Entrance } from '../provider.ts';
import { type Subject, subjectOf } from './assertion.ts';
import { decodeBase64, decodeText } from './decode.ts';
import type { IdpMetadata } from './idp-metadata.ts';
import { SAML, SAMLP, SUCCESS, UNSPECIFIED } from './names.ts';
import { type Between, samlFor, skewOf, writerFor } from './node-saml.ts';
import { isSignedBy, readQuery, type Sent, type SentByQuery, signedAddress } from './query.ts';
import { refused, shown } from './refused.ts';
import { requireMessage, statusOf } from './response.ts';
import { idOf, requireSignatures } from './signature.ts';
import { requireFresh, requireWithin, timeOf, type Window } from './time.ts';
import { childrenOf, is, onlyChild, parseMessage, type XmlElement } from './xml.ts';

export interface LogoutOptions {
  entrance: Entrance;
  tell: Tell;
  between(): Promise<Between>;
  renew(used: IdpMetadata): Promise<boolean>;
}

/** Where a browser goes on that was logged out. */
const LOGGED_OUT = '/logged-out';

/** The address at the provider, with a signed LogoutRequest, that ends its session; undefined where it has none. */
export async function leaveAddress(between: Between, { hint, index }: Origin): Promise<string | undefined> {
  const { logout } = between.metadata;
  if (logout === undefined || hint === undefined) return undefined;
  const { nameId, format, nameQualifier, spNameQualifier } = JSON.parse(hint) as Subject;
  const user = {
    issuer: between.metadata.entityId,
    nameID: nameId,
    // SAML Core 2.2.2: without a format it is this one.
    nameIDFormat: format ?? UNSPECIFIED,
    ...(nameQualifier !== undefined && { nameQualifier }),
    ...(spNameQualifier !== undefined && { spNameQualifier }),
    ...(index !== undefined && { sessionIndex: index }),
  };
  return signedAddress(
    await writerFor(between, { logoutUrl: logout.request }).getLogoutUrlAsync(user, '', {}),
    between.keys.current.key,
  );
}

/** Takes a LogoutRequest or LogoutResponse; gives the address where the browser goes on. Rejects `sso.refused`. */
export async function logout(request: Request, options: LogoutOptions): Promise<string> {
  const sent =
    request.method === 'POST' ? readForm(request) : readQuery(request.originalUrl.split('?').slice(1).join('?'));
  const root = parseMessage(sent.text);
  const between = await checked(sent, root, options);
  return sent.kind === 'SAMLRequest'
    ? logOut(root, sent.relayState, between, options)
    : goOn(root, between.settings.id, options.tell);
}

function readForm(request: Request): Sent {
  if (request.originalUrl.includes('?')) throw refused('The address has a query.');
  const { SAMLRequest, SAMLResponse, RelayState } = (request.body ?? {}) as Record<string, unknown>;
  const value = SAMLRequest ?? SAMLResponse;
  if (typeof value !== 'string' || (SAMLRequest !== undefined && SAMLResponse !== undefined)) {
    throw refused('There is not one SAMLRequest or SAMLResponse.');
  }
  return {
    kind: SAMLRequest === undefined ? 'SAMLResponse' : 'SAMLRequest',
    text: decodeText(decodeBase64(value)),
    relayState: typeof RelayState === 'string' ? RelayState : undefined,
  };
}

/** What holds for both messages: from this provider, to this address, now, and signed. */
async function checked(sent: Sent | SentByQuery, root: XmlElement, options: LogoutOptions): Promise<Between> {
  const expectedName = sent.kind === 'SAMLRequest' ? 'LogoutRequest' : 'LogoutResponse';
  if (!is(root, SAMLP, expectedName)) throw refused(`It is no ${expectedName}, but ${shown(root.name)}.`);
  const between = await options.between();
  requireMessage(root, expectedOf(between));
  if (await isSigned(sent, root, between)) return between;
  // The provider may have changed its certificate since we asked.
  if (await options.renew(between.metadata)) {
    const renewed = await options.between();
    if (await isSigned(sent, root, renewed)) return renewed;
  }
  throw refused('The signature fits no key of this provider.');
}

const windowOf = ({ settings }: Between): Window => ({ now: Date.now(), skew: skewOf(settings) });

const expectedOf = (between: Between) => ({
  issuer: between.metadata.entityId,
  destination: between.addresses.slo,
  allowSha1: between.settings.allowSha1 === true,
  window: windowOf(between),
});

/** Throws `sso.refused` where there is no signature, or of a kind that is not taken. */
async function isSigned(sent: Sent | SentByQuery, root: XmlElement, between: Between): Promise<boolean> {
  const allowSha1 = between.settings.allowSha1 === true;
  const signers = requireSignatures(root, [root], allowSha1);
  if ('signed' in sent) return isSignedBy(sent, between.metadata.keys, allowSha1);
  if (signers.length === 0) throw refused('It is not signed.');
  const saml = samlFor(between);
  const encoded = Buffer.from(sent.text).toString('base64');
  const verified =
    sent.kind === 'SAMLRequest'
      ? saml.validatePostRequestAsync({ SAMLRequest: encoded })
      : saml.validatePostResponseAsync({ SAMLResponse: encoded });
  return verified.then(
    ({ loggedOut }) => loggedOut,
    (error: Error) => {
      if (/signature/i.test(error.message)) return false;
      throw refused(error.message, error);
    },
  );
}

/** Ends the sessions that the provider names, and says so. */
async function logOut(
  root: XmlElement,
  relayState: string | undefined,
  between: Between,
  { entrance }: LogoutOptions,
): Promise<string> {
  const provider = between.settings.id;
  const window = windowOf(between);
  const notOnOrAfter = timeOf(root.attributes.get('NotOnOrAfter'), 'NotOnOrAfter');
  if (notOnOrAfter !== undefined) requireWithin(window, undefined, notOnOrAfter);
  const { nameId } = subjectOf(onlyChild(root, SAML, 'NameID'));
  const indexes = childrenOf(root, SAMLP, 'SessionIndex').map(({ text }) => text);
  const id = idOf(root);
  await entrance.once(provider, id, requireFresh(window, root.attributes.get('IssueInstant')));
  if (indexes.length === 0) await entrance.over({ provider, subject: nameId });
  for (const index of indexes) await entrance.over({ provider, subject: nameId, index });
  // Whom we did not know any more is not logged in here: what was asked for is so.
  return answerAddress(between, id, relayState);
}

async function answerAddress(between: Between, id: string, relayState: string | undefined): Promise<string> {
  const { logout } = between.metadata;
  if (logout === undefined) return LOGGED_OUT;
  const saml = writerFor(between, { logoutUrl: logout.response });
  const asked = { ID: id, issuer: between.metadata.entityId, nameID: '', nameIDFormat: UNSPECIFIED };
  const address = await promisedAddress(saml, asked, relayState ?? '');
  return signedAddress(address, between.keys.current.key);
}

function promisedAddress(
  saml: ReturnType<typeof samlFor>,
  asked: Parameters<typeof saml.getLogoutResponseUrl>[0],
  relayState: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    saml.getLogoutResponseUrl(asked, relayState, {}, true, (error, url) =>
      error ? reject(error) : resolve(url ?? ''),
    );
  });
}

/** The provider answers a request of ours; our own session ended before we asked. */
function goOn(root: XmlElement, provider: string, tell: Tell): string {
  const codes = statusOf(root);
  const partly = codes.length > 1 || codes[0] !== SUCCESS;
  if (partly) tell('a provider did not log out everywhere', { provider, status: codes.map(shown).join(', ') });
  return LOGGED_OUT;
}
