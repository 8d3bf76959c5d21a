/** Who calls the LRS and what they may do: keys, tokens, rate limits. */
export { type Access, type AccessSettings, createAccess } from './access.ts';
export type { Credentials } from './credentials.ts';
export type { JwtSettings } from './jwt.ts';
export type { Key, KeyPair, Keys, NewKey } from './keys.ts';
export { principalOf, requireScope } from './middleware.ts';
export { may, type Principal, SCOPES, type Scope } from './principal.ts';
export type { Recognised } from './recent.ts';
export type { TokenVerifier } from './tokens.ts';
