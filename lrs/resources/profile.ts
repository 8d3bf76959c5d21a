/** The published xAPI profile, at an address of this site. Public: it says how to speak to us, and of nobody. */
import type { Handler } from '../http/exchange.ts';
import { profileDocument } from '../profile/index.ts';

/** The profile overall, and its version 1: one document describes both. */
export const PROFILE_PATHS = ['/xapi-profile', '/xapi-profile/v1'] as const;

export const getProfile: Handler = async (request, response) => {
  const { bytes, etag } = profileDocument();
  response.setHeader('ETag', etag);
  // Asked again each time, and answered in a few bytes: a new release brings a new document.
  response.setHeader('Cache-Control', 'public, no-cache');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (isKnown(request.headers['if-none-match'], etag)) {
    response.statusCode = 304;
    response.end();
    return;
  }
  response.setHeader('Content-Type', 'application/ld+json');
  response.setHeader('Content-Length', bytes.length);
  response.end(bytes);
};

/** RFC 9110 §13.1.2: a list of tags, compared weakly, or any. Proxies that compress make a tag weak. */
const isKnown = (header: string | undefined, etag: string): boolean =>
  header?.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag) ?? false;
