/** The X-Experience-API-Version header (1.0.3 Communication 3.3; IEEE 9274.1.1 §4.1.2). */
import type { NextFunction } from 'express';
import { LivretError } from '../errors.ts';
import type { XapiVersion } from '../xapi/types.ts';
import type { XapiRequest, XapiResponse } from './exchange.ts';

const VERSION_HEADER = 'X-Experience-API-Version';

/** The latest patch of each major version, in the order the About resource lists them. */
export const SUPPORTED_VERSIONS: readonly XapiVersion[] = ['1.0.3', '2.0.0'];

/**
 * The version a header value asks for: `1.0` and `1.0.*` are 1.0.3, `2.0` and `2.0.*` are 2.0.0; undefined for any other.
 */
export function versionOf(header: string | undefined): XapiVersion | undefined {
  if (header === undefined) return undefined;
  if (header === '1.0' || header.startsWith('1.0.')) return '1.0.3';
  if (header === '2.0' || header.startsWith('2.0.')) return '2.0.0';
  return undefined;
}

/** Sets the version of this exchange and says it on the response. */
export function setVersion(response: XapiResponse, version: XapiVersion): void {
  response.locals.version = version;
  response.setHeader(VERSION_HEADER, version);
}

/** Gives the exchange its version, or the fallback for as long as none is known: "in every response", errors too. */
export function announceVersion(fallback: XapiVersion) {
  return function announceVersion(request: XapiRequest, response: XapiResponse, next: NextFunction): void {
    setVersion(response, versionOf(request.get(VERSION_HEADER)) ?? fallback);
    next();
  };
}

/** "The LRS MUST reject requests without a version header", and those of a version it does not speak, with 400. */
export function requireVersion(request: XapiRequest, response: XapiResponse, next: NextFunction): void {
  const version = versionOf(request.get(VERSION_HEADER));
  if (version === undefined) {
    throw new LivretError('request.version', { detail: `This LRS speaks ${SUPPORTED_VERSIONS.join(' and ')}.` });
  }
  setVersion(response, version);
  next();
}
