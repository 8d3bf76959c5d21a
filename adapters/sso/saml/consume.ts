/** The assertion consumer: from what a browser hands in to a place where it goes on. */
import type { Request, Response } from 'express';
import type { Entrance } from '../provider.ts';
import { isSignedAssertion, type ReadAssertion, readAssertion } from './assertion.ts';
import { decodeBase64, decodeText } from './decode.ts';
import { openAssertion } from './encrypted.ts';
import type { IdpMetadata } from './idp-metadata.ts';
import { type Between, type CheckSignature, type HandedIn, skewOf, UnknownSignature } from './node-saml.ts';
import { refused } from './refused.ts';
import { readResponse } from './response.ts';
import { KNOWN_LONGER } from './time.ts';
import { parseMessage } from './xml.ts';

export interface ConsumeOptions {
  checkSignature: CheckSignature;
  entrance: Entrance;
  /** What is known of the provider now. */
  between(): Promise<Between>;
  /** Looks whether the provider signs with other keys than these now; gives whether it does. */
  renew(used: IdpMetadata): Promise<boolean>;
}

/** Gives the path of ours where the browser goes on. Rejects `sso.refused` and what the entrance rejects. */
export async function consume(request: Request, response: Response, options: ConsumeOptions): Promise<string> {
  if (request.originalUrl.includes('?')) throw refused('The address has a query.');
  const value: unknown = request.body?.SAMLResponse;
  if (typeof value !== 'string') throw refused('There is not one SAMLResponse.');
  const text = decodeText(decodeBase64(value));
  const { id, until, inResponseTo, arrival } = await read(request, response, text, options);
  const { settings } = await options.between();
  await options.entrance.once(settings.id, id, until + KNOWN_LONGER);
  return inResponseTo === undefined
    ? options.entrance.unasked(settings.id, arrival)
    : options.entrance.answered(settings.id, inResponseTo, arrival);
}

async function read(
  request: Request,
  response: Response,
  text: string,
  options: ConsumeOptions,
): Promise<ReadAssertion> {
  const between = await options.between();
  try {
    return await check(request, response, text, between, options);
  } catch (error) {
    if (!(error instanceof UnknownSignature)) throw error;
    // The provider may have changed its certificate since we asked.
    const wrong = refused(`The signature fits no key of this provider (${error.message}).`, error);
    if (!(await options.renew(between.metadata))) throw wrong;
    const renewed = await options.between();
    return check(request, response, text, renewed, options).catch((again: unknown) => {
      throw again instanceof UnknownSignature ? wrong : again;
    });
  }
}

/** What is to be believed is read from what was signed, as node-saml gives it; what stands around it only has to fit. */
async function check(
  request: Request,
  response: Response,
  text: string,
  between: Between,
  { checkSignature, entrance }: Pick<ConsumeOptions, 'checkSignature' | 'entrance'>,
): Promise<ReadAssertion> {
  const { settings, addresses, metadata, keys } = between;
  const allowSha1 = settings.allowSha1 === true;
  const window = { now: Date.now(), skew: skewOf(settings) };
  const expected = { issuer: metadata.entityId, destination: addresses.acs, allowSha1, window };
  const { inResponseTo, signed, assertion } = readResponse(parseMessage(text), expected);
  // Before signatures, which cost most: whoever answers nothing that was asked is sent away for little.
  if (inResponseTo !== undefined) await entrance.awaits(settings.id, inResponseTo);
  else if (settings.idpInitiated !== true) throw refused('Nobody asked for it.');
  const handedIn: HandedIn = { text, between, signed, assertionSigned: false };
  if (assertion.name === 'EncryptedAssertion') {
    const own = keys.next === undefined ? [keys.current.key] : [keys.current.key, keys.next.key];
    const opened = await openAssertion(assertion, own);
    handedIn.assertionSigned = isSignedAssertion(parseMessage(opened.text), allowSha1);
    handedIn.decryptionKey = opened.key;
  } else {
    if (settings.requireEncryption === true) throw refused('The assertion is not encrypted.');
    handedIn.assertionSigned = isSignedAssertion(assertion, allowSha1);
  }
  // SAML Profiles 4.1.4.5: each assertion is protected by a signature, its own or that of the Response around it.
  if (!signed && !handedIn.assertionSigned) throw refused('It is not signed: neither the Response nor the assertion.');
  const checked = parseMessage(await checkSignature(request, response, handedIn));
  const { entityId, acs } = addresses;
  const wanted = { provider: settings.id, issuer: metadata.entityId, audience: entityId, recipient: acs, window };
  const found = readAssertion(checked, wanted);
  if (found.inResponseTo !== inResponseTo) throw refused('Response and assertion answer different requests.');
  return found;
}
