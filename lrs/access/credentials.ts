/** The Authorization header, taken apart (RFC 7617 Basic, RFC 6750 Bearer). */
import { LivretError } from '../errors.ts';

export type Credentials = { scheme: 'basic'; user: string; password: string } | { scheme: 'bearer'; token: string };

const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
/** b64token of RFC 6750 section 2.1. */
const TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;

const malformed = (detail: string): LivretError => new LivretError('access.invalid', { detail });

function basic(encoded: string): Credentials {
  if (!BASE64.test(encoded)) throw malformed('The Basic credentials are not base64.');
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 1) throw malformed('The Basic credentials are not of the form key:secret.');
  return { scheme: 'basic', user: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

/** Reads an Authorization header. Throws `access.invalid` when it is malformed or of a scheme that is not spoken here. */
export function readCredentials(header: string): Credentials {
  const [, scheme = '', value = ''] = /^([A-Za-z]+) +(\S+) *$/.exec(header) ?? [];
  switch (scheme.toLowerCase()) {
    case 'basic':
      return basic(value);
    case 'bearer':
      if (!TOKEN.test(value)) throw malformed('The Bearer token is malformed.');
      return { scheme: 'bearer', token: value };
    default:
      throw malformed('Authorization must be "Basic …" or "Bearer …".');
  }
}
