/**
 * Cross-origin access (CORS). Content players run on other origins and send their key in the Authorization header, never
 * in a cookie, so any origin may ask: what protects the store is the key.
 */
import type { NextFunction } from 'express';
import type { XapiRequest, XapiResponse } from './exchange.ts';

const METHODS = 'GET, HEAD, PUT, POST, DELETE, OPTIONS';
const REQUEST_HEADERS =
  'Authorization, Content-Type, X-Experience-API-Version, If-Match, If-None-Match, Accept-Language, Accept, ' +
  'Cache-Control, X-Requested-With, X-Request-Id';
const RESPONSE_HEADERS =
  'ETag, Last-Modified, X-Experience-API-Version, X-Experience-API-Consistent-Through, Retry-After, WWW-Authenticate, X-Request-Id';
/** Seconds a browser may keep the answer to a preflight. */
const PREFLIGHT_AGE = '86400';

/** Opens the response to any origin, and answers a preflight at once: browsers send those without credentials. */
export function shareAcrossOrigins(request: XapiRequest, response: XapiResponse, next: NextFunction): void {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Access-Control-Expose-Headers', RESPONSE_HEADERS);
  if (request.method !== 'OPTIONS') {
    next();
    return;
  }
  response.setHeader('Access-Control-Allow-Methods', METHODS);
  response.setHeader('Access-Control-Allow-Headers', REQUEST_HEADERS);
  response.setHeader('Access-Control-Max-Age', PREFLIGHT_AGE);
  response.setHeader('Allow', METHODS);
  response.statusCode = 204;
  response.end();
}
